//! What a door answered.

use serde_json::Value as Json;

/// An answer, read.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

impl Answer {
    /// What is answered to a request.
    pub async fn of(request: reqwest::RequestBuilder) -> Self {
        Self::read(request.send().await.unwrap()).await
    }

    pub async fn read(response: reqwest::Response) -> Self {
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        Self {
            status,
            headers,
            text: response.text().await.unwrap(),
        }
    }

    pub fn json(&self) -> Json {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("not JSON: {}", self.text))
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// A field of the body, by its JSON pointer.
    pub fn at(&self, pointer: &str) -> Json {
        self.json().pointer(pointer).cloned().unwrap_or(Json::Null)
    }

    /// The body's `id`.
    pub fn id(&self) -> String {
        self.at("/id").as_str().expect("an id").to_owned()
    }

    /// The answer, which has to have this status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// The answer, which has to blame this one field with this word.
    #[track_caller]
    pub fn expect_field(self, field: &str, code: &str) -> Self {
        let this = self.expect_problem(422, "validation_failed");
        assert_eq!(this.at("/errors/0/field"), field, "{}", this.text);
        assert_eq!(this.at("/errors/0/code"), code, "{}", this.text);
        assert!(this.at("/errors/0/message").is_string());
        this
    }

    /// The answer, which has to be a problem of this status and code with its request id in body and header.
    #[track_caller]
    pub fn expect_problem(self, status: u16, code: &str) -> Self {
        let this = self.expect(status);
        assert_eq!(
            this.header("content-type"),
            Some("application/problem+json")
        );
        assert_eq!(this.at("/code"), code, "{}", this.text);
        assert_eq!(this.at("/status"), status);
        assert_eq!(this.at("/request_id").as_str(), this.header("x-request-id"));
        this
    }
}
