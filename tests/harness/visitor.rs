//! Somebody at a browser: keeps cookies, sends what a browser sends, and carries the form token of the page that was seen last.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use reqwest::{Method, RequestBuilder};
use zhanfu::audit::By;
use zhanfu::basics::{Clock as _, EmailAddress};
use zhanfu::db::Scope;
use zhanfu::people::{self, Password, Role};

use super::shop::PASSWORD;
use super::{Answer, House, Shop};

/// What separates the parts of a form with files.
const BOUNDARY: &str = "----a-line-that-no-file-has";

/// One file of a form.
#[derive(Clone, Copy, Debug)]
pub struct FormFile<'a> {
    /// The form's field.
    pub field: &'a str,
    /// The file's name.
    pub name: &'a str,
    /// What is in it.
    pub bytes: &'a [u8],
}

/// A browser.
pub struct Visitor {
    base: String,
    http: reqwest::Client,
    cookies: Mutex<BTreeMap<String, String>>,
    form_token: Mutex<String>,
    address: Mutex<String>,
}

/// A network address that no other visitor has.
fn fresh_address() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0x0A00_0001);
    Ipv4Addr::from(NEXT.fetch_add(1, Ordering::Relaxed)).to_string()
}

impl House {
    /// A browser in which nobody is signed in.
    pub fn visitor(&self) -> Visitor {
        Visitor {
            base: self.base.clone(),
            http: self.http.clone(),
            cookies: Mutex::default(),
            form_token: Mutex::default(),
            address: Mutex::new(fresh_address()),
        }
    }

    /// The shop's owner signs in by the page.
    pub async fn signs_in(&self, shop: &Shop) -> Visitor {
        self.signs_in_with(&shop.owner(), PASSWORD).await
    }

    /// A new member of this role signs in by the page; a second one of the same role by `joins` and `signs_in_with`.
    pub async fn signs_in_as(&self, shop: &Shop, role: Role) -> Visitor {
        let email = format!("{}@{}.example.com", role.as_str(), shop.slug);
        if role != Role::Owner {
            self.joins(shop, &email, role);
        }
        self.signs_in_with(&email, PASSWORD).await
    }

    /// Makes somebody a member, with the tests' password.
    pub fn joins(&self, shop: &Shop, email: &str, role: Role) {
        let now = self.clock.now();
        let email = EmailAddress::parse(email).unwrap();
        let hash = Password::chosen(PASSWORD, &[])
            .unwrap()
            .hash(&*self.ground.random);
        self.ground
            .database
            .write_blocking("a member", Scope::Tenant(shop.tenant), |tx| {
                people::add_member(tx, shop.tenant, &email, &hash, role, &By::COMMAND_LINE, now)
            })
            .unwrap();
    }

    /// Somebody signs in by the page, and stands on the first page.
    pub async fn signs_in_with(&self, email: &str, password: &str) -> Visitor {
        let visitor = self.visitor();
        visitor.get("/sign-in").await.expect(200);
        let fields = [("email", email), ("password", password)];
        let answer = visitor.post_form("/sign-in", &fields).await.expect(303);
        visitor.follow(&answer).await.expect(200);
        visitor
    }
}

impl Visitor {
    /// Goes on from another network address.
    pub fn moves_to(&self, address: &str) {
        address.clone_into(&mut self.address.lock().unwrap());
    }

    /// What a cookie holds.
    pub fn cookie(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }

    /// Sets a cookie as if a page had set it.
    pub fn keeps_cookie(&self, name: &str, value: &str) {
        self.cookies
            .lock()
            .unwrap()
            .insert(name.to_owned(), value.to_owned());
    }

    /// Loses a cookie.
    pub fn loses_cookie(&self, name: &str) {
        self.cookies.lock().unwrap().remove(name);
    }

    /// Tries to sign in.
    pub async fn tries(&self, email: &str, password: &str) -> Answer {
        self.get("/sign-in").await.expect(200);
        let fields = [("email", email), ("password", password)];
        self.post_form("/sign-in", &fields).await
    }

    /// A request with the cookies, as a page of ours would send it.
    pub fn request(&self, method: &Method, path: &str) -> RequestBuilder {
        let request = self.bare_request(method, path);
        if *method == Method::GET {
            request.header("sec-fetch-site", "same-origin")
        } else {
            request
                .header("sec-fetch-site", "same-origin")
                .header("origin", &self.base)
        }
    }

    /// A request with the cookies that does not say where it comes from.
    pub fn bare_request(&self, method: &Method, path: &str) -> RequestBuilder {
        let cookies: Vec<String> = self
            .cookies
            .lock()
            .unwrap()
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        self.http
            .request(method.clone(), format!("{}{path}", self.base))
            .header("cookie", cookies.join("; "))
            .header("x-forwarded-for", self.address.lock().unwrap().as_str())
    }

    /// Sends a request, and keeps the cookies and the form token of the answer.
    pub async fn send(&self, request: RequestBuilder) -> Answer {
        let answer = Answer::read(request.send().await.unwrap()).await;
        let mut cookies = self.cookies.lock().unwrap();
        for cookie in answer.headers.get_all("set-cookie") {
            let text = cookie.to_str().unwrap();
            let (pair, attributes) = text.split_once(';').unwrap_or((text, ""));
            let (name, value) = pair.split_once('=').unwrap();
            if value.is_empty() || attributes.contains("Max-Age=0") {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        if let Some(token) = hidden(&answer.text, "form_token") {
            *self.form_token.lock().unwrap() = token;
        }
        answer
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(&Method::GET, path)).await
    }

    /// Goes where an answer sends the browser.
    pub async fn follow(&self, answer: &Answer) -> Answer {
        let location = answer.header("location").expect("a location").to_owned();
        self.get(&location).await
    }

    /// The form token of the page that was seen last.
    pub fn form_token(&self) -> String {
        self.form_token.lock().unwrap().clone()
    }

    /// Sends a form with its token.
    pub async fn post_form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("form_token", &self.form_token())
            .extend_pairs(fields)
            .finish();
        let request = self
            .request(&Method::POST, path)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body);
        self.send(request).await
    }

    /// Sends a form with files, its token first.
    pub async fn post_multipart(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[FormFile<'_>],
    ) -> Answer {
        let token = self.form_token();
        let mut all = vec![("form_token", token.as_str())];
        all.extend(fields);
        let request = self
            .request(&Method::POST, path)
            .header(
                "content-type",
                format!("multipart/form-data; boundary={BOUNDARY}"),
            )
            .body(multipart_body(&all, files));
        self.send(request).await
    }
}

/// The body of a form with files, as a browser writes it.
pub fn multipart_body(fields: &[(&str, &str)], files: &[FormFile<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend_from_slice(
            format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            )
            .as_bytes(),
        );
    }
    for file in files {
        body.extend_from_slice(
            format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{}\"; filename=\"{}\"\r\nContent-Type: \
                 application/octet-stream\r\n\r\n",
                file.field, file.name
            )
            .as_bytes(),
        );
        body.extend_from_slice(file.bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    body
}

/// The value of a page's first hidden field of this name.
pub fn hidden(page: &str, name: &str) -> Option<String> {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\""))?;
    rest.split_once('"').map(|(value, _)| value.to_owned())
}
