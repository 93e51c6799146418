//! Plain HTTP to a server on this machine: how the demo's storefront and the benchmark call our own API.

use std::sync::Arc;

use reqwest::{Client, Method, redirect};
use rustls::crypto::ring;
use rustls::{ClientConfig, RootCertStore};

/// Why no answer came.
#[derive(Debug, thiserror::Error)]
pub enum LoopbackFault {
    /// The client cannot be built.
    #[error("the client for this machine cannot be built")]
    Setup(#[from] rustls::Error),
    /// Nobody answered.
    #[error("the server on this machine does not answer")]
    NoAnswer(#[from] reqwest::Error),
}

/// A client for one server on this machine.
#[derive(Clone, Debug)]
pub struct Loopback {
    client: Client,
    base: String,
}

impl Loopback {
    /// A client for the server at `http://…`, without a slash at the end.
    pub fn new(base: &str) -> Result<Self, LoopbackFault> {
        // it speaks no TLS, but reqwest builds no client without a configuration for it: this one trusts nobody
        let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?
            .with_root_certificates(RootCertStore::empty())
            .with_no_client_auth();
        #[expect(
            clippy::disallowed_methods,
            reason = "wire is where HTTP clients are built"
        )]
        let builder = Client::builder();
        let client = builder
            .tls_backend_preconfigured(tls)
            .no_proxy()
            .redirect(redirect::Policy::none())
            .build()?;
        Ok(Self {
            client,
            base: base.to_owned(),
        })
    }

    /// Sends a JSON call with a bearer key, and gives the status and the text of the answer.
    pub async fn call(
        &self,
        method: Method,
        path: &str,
        key: &str,
        idempotency_key: Option<&str>,
        body: Option<String>,
    ) -> Result<(u16, String), LoopbackFault> {
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.base))
            .bearer_auth(key);
        if let Some(key) = idempotency_key {
            request = request.header("idempotency-key", key);
        }
        if let Some(body) = body {
            request = request
                .header("content-type", "application/json")
                .body(body);
        }
        let answer = request.send().await?;
        let status = answer.status().as_u16();
        Ok((status, answer.text().await?))
    }
}
