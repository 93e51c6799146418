//! One HTTP request over one connection.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::header::{CONTENT_TYPE, SERVER};
use hyper::{Method, Request, Response};
use thiserror::Error;
use tokio::time::{sleep, timeout};

use super::wire::{Mode, Tap};
use crate::simulator::Now;
use crate::simulator::answer::{Delivery, Ending, Pace, Reply};
use crate::simulator::arrival::Arrival;
use crate::simulator::certificates::CertificateInfo;
use crate::simulator::faults::Action;
use crate::simulator::gateway::Gateway;

/// The longest request body: no v2 request comes near it.
const MAX_BODY_BYTES: usize = 64 * 1024;
/// How long a client may take to send its body.
const BODY_SECONDS: u64 = 30;

/// What all requests of one connection have in common.
pub(super) struct Connection {
    pub(super) gateway: Arc<Gateway>,
    pub(super) now: Now,
    pub(super) certificate: Option<CertificateInfo>,
    pub(super) source: IpAddr,
    pub(super) tap: Tap,
}

/// No answer: the connection ends.
#[derive(Debug, Error)]
#[error("the connection ends without an answer")]
pub(super) struct HungUp;

impl Connection {
    /// Answers one request.
    pub(super) async fn exchange(
        &self,
        request: Request<Incoming>,
    ) -> Result<Response<Full<Bytes>>, HungUp> {
        let path = request.uri().path().to_owned();
        let certificate = self.certificate.as_ref();
        match self.gateway.fault_at_head(&path, certificate) {
            Some(Action::ResetMidRequest { after_bytes }) => {
                read_some(request.into_body(), after_bytes).await;
                return self.end(Ending::Reset);
            }
            Some(_) => return self.end(Ending::Closed),
            None => {}
        }
        if request.method() != Method::POST {
            return self.reply(Reply::status_page(405)).await;
        }
        let content_type = request.headers().get(CONTENT_TYPE).cloned();
        let body = Limited::new(request.into_body(), MAX_BODY_BYTES).collect();
        let body = match timeout(Duration::from_secs(BODY_SECONDS), body).await {
            Ok(Ok(collected)) => collected.to_bytes(),
            Ok(Err(fault)) if fault.is::<LengthLimitError>() => {
                return self.reply(Reply::status_page(413)).await;
            }
            Ok(Err(_)) | Err(_) => return self.end(Ending::Closed),
        };
        let arrival = Arrival {
            certificate,
            source: Some(self.source),
            content_type: content_type.as_ref().and_then(|value| value.to_str().ok()),
            path: &path,
            body: &body,
        };
        match self.gateway.judge(&arrival, (self.now)()).delivery {
            Delivery::Reply(reply) => self.reply(reply).await,
            Delivery::End { after_ms, ending } => {
                sleep(Duration::from_millis(after_ms)).await;
                self.end(ending)
            }
        }
    }

    fn end(&self, ending: Ending) -> Result<Response<Full<Bytes>>, HungUp> {
        self.tap.set(Mode::Ended(ending));
        Err(HungUp)
    }

    async fn reply(&self, reply: Reply) -> Result<Response<Full<Bytes>>, HungUp> {
        if reply.delay_ms > 0 {
            sleep(Duration::from_millis(reply.delay_ms)).await;
        }
        self.tap.set(match reply.pace {
            Pace::Whole => Mode::Whole,
            Pace::CutAfter(bytes) => Mode::CutAfter(bytes),
            Pace::Trickle(every_ms) => Mode::Trickle(Duration::from_millis(every_ms)),
        });
        Response::builder()
            .status(reply.status)
            .header(SERVER, "nginx")
            .header(CONTENT_TYPE, reply.content_type)
            .body(Full::new(Bytes::from(reply.body)))
            .map_err(|_| HungUp)
    }
}

/// Reads about so many bytes of a body, and leaves the rest unread.
async fn read_some(mut body: Incoming, bytes: usize) {
    let mut read = 0_usize;
    while read < bytes {
        let Some(Ok(frame)) = body.frame().await else {
            return;
        };
        read = read.saturating_add(frame.data_ref().map_or(0, Bytes::len));
    }
}
