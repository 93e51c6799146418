//! The port: bytes in, bytes out. A simulation puts a world of its own behind it.

use std::pin::Pin;
use std::sync::Arc;

use super::{ClientIdentity, WireFault};

/// A boxed future, so that a trait with asynchronous verbs can be an object.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// One POST.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// The certificate that is shown to the server. No connection made with another one carries this request.
    pub identity: &'a Arc<ClientIdentity>,
    /// The path at the remote's base address; it begins with `/`.
    pub path: &'a str,
    /// The `Content-Type` of the body.
    pub content_type: &'static str,
    /// The exact bytes that leave.
    pub body: &'a [u8],
}

/// A whole answer: its head arrived and its body ended where the head said.
#[derive(Clone, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The `Content-Type`, when there is a readable one.
    pub content_type: Option<String>,
    /// The body; never longer than [`super::https::ANSWER_MOST_BYTES`] when it came over the real wire.
    pub body: Vec<u8>,
}

impl std::fmt::Debug for Response {
    /// Without the body: it names the payee.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("content_type", &self.content_type)
            .field("body_bytes", &self.body.len())
            .finish()
    }
}

/// The other side of the wire.
pub trait Remote: Send + Sync {
    /// Sends the request once, or not at all. When the returned future is dropped early, the request may
    /// have been sent.
    fn post<'a>(&'a self, request: Request<'a>) -> BoxFuture<'a, Result<Response, WireFault>>;
}
