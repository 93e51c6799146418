//! Forged forms (`security.md` §12 F).

use reqwest::Method;
use zhanfu::people::Role;

use crate::harness::{Answer, PASSWORD};
use crate::on_both_databases;

const FORM: &str = "application/x-www-form-urlencoded";

on_both_databases! {
    async fn a_form_without_the_sessions_token_is_refused(house) {
        let (shop, other) = (house.empty_shop("tea"), house.empty_shop("rice"));
        let owner = house.signs_in(&shop).await;
        let stranger = house.signs_in(&other).await;
        let colleague = house.signs_in_as(&shop, Role::Owner).await;
        let path = "/admin/account/end-other-sessions";
        let tokens = [
            String::new(),
            "0".repeat(64),
            stranger.form_token(),
            colleague.form_token(),
        ];
        for token in &tokens {
            let request = owner.request(&Method::POST, path).header("content-type", FORM).body(format!("form_token={token}"));
            owner.send(request).await.expect(403);
        }
        let request = owner.request(&Method::POST, path).header("content-type", FORM).body("");
        owner.send(request).await.expect(403);
        colleague.get("/admin").await.expect(200);
        owner.get("/admin").await.expect(200);
        owner.post_form(path, &[]).await.expect(303);
        colleague.get("/admin").await.expect(303);
    }

    async fn a_form_from_elsewhere_is_refused(house) {
        let shop = house.empty_shop("tea");
        let owner = house.signs_in(&shop).await;
        let body = format!("form_token={}", owner.form_token());
        let send = async |headers: &[(&str, &str)]| {
            let mut request = owner
                .bare_request(&Method::POST, "/admin/account/end-other-sessions")
                .header("content-type", FORM)
                .body(body.clone());
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            Answer::read(request.send().await.unwrap()).await.status
        };
        assert_eq!(send(&[("sec-fetch-site", "same-site")]).await, 403);
        assert_eq!(send(&[("sec-fetch-site", "cross-site")]).await, 403);
        assert_eq!(send(&[("sec-fetch-site", "none")]).await, 403);
        assert_eq!(send(&[("origin", "null")]).await, 403);
        assert_eq!(send(&[("origin", "https://evil.example.com")]).await, 403);
        assert_eq!(send(&[]).await, 403);
        // an old browser says its origin only
        assert_eq!(send(&[("origin", house.base.as_str())]).await, 303);
    }

    async fn a_body_that_is_no_form_is_refused(house) {
        let shop = house.empty_shop("tea");
        let owner = house.signs_in(&shop).await;
        let body = format!("{{\"form_token\":\"{}\"}}", owner.form_token());
        for content_type in ["text/plain", "application/json"] {
            let request = owner
                .request(&Method::POST, "/admin/account/end-other-sessions")
                .header("content-type", content_type)
                .body(body.clone());
            let answer = owner.send(request).await.expect(415);
            assert!(answer.text.contains("无法读取提交的内容"));
        }
        let request = owner
            .request(&Method::POST, "/admin/account/end-other-sessions")
            .header("content-type", FORM)
            .body("x".repeat(70_000));
        owner.send(request).await.expect(413);
    }

    async fn a_sign_in_form_that_is_not_ours_is_refused(house) {
        let shop = house.empty_shop("tea");
        let visitor = house.visitor();
        let fields = format!("email={}&password={PASSWORD}", shop.owner());
        // no token, another browser's token, no cookie
        let other = house.visitor();
        other.get("/sign-in").await.expect(200);
        visitor.get("/sign-in").await.expect(200);
        for token in [String::new(), other.form_token()] {
            let body = format!("{fields}&form_token={token}");
            let request = visitor.request(&Method::POST, "/sign-in").header("content-type", FORM).body(body);
            visitor.send(request).await.expect(403);
        }
        let body = format!("{fields}&form_token={}", other.form_token());
        other.loses_cookie("zhanfu-visit");
        let request = other.request(&Method::POST, "/sign-in").header("content-type", FORM).body(body);
        other.send(request).await.expect(403);
    }

    async fn no_page_lets_itself_be_framed(house) {
        let shop = house.empty_shop("tea");
        let owner = house.signs_in(&shop).await;
        for path in ["/admin", "/admin/account", "/admin/members", "/sign-in", "/join", "/nowhere"] {
            let answer = owner.get(path).await;
            let policy = answer.header("content-security-policy").unwrap();
            assert!(policy.contains("frame-ancestors 'none'"), "{path}");
            assert!(!policy.contains("unsafe-inline"), "{path}");
        }
    }
}
