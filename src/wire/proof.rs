//! What an error of the HTTP client proves about the request.
//!
//! Three facts about the client carry the proof; the versions in `Cargo.lock` were read for them, and
//! `tests/wire` holds them to it.
//!
//! 1. *An error while connecting* means that no connection was there to be given the request. The client calls
//!    everything up to and including our side of the TLS handshake connecting.
//! 2. *A request leaves once.* The pool hands a request to another connection only when the first one died
//!    before it took the request out of its queue, with not one byte written. The retries of the layer above
//!    are switched off.
//! 3. *An alert about a certificate ends a handshake.* In TLS 1.3 our side is done, and the request written,
//!    before the server has judged our certificate; its alert then comes in place of an answer. RFC 8446 allows
//!    such alerts in the handshake only, and a server reads a request only after it. We ask for one thing more:
//!    the certificate was shown in a full handshake of this very call. So an alert on a connection that had
//!    already served another call, which no correct server sends, stays "perhaps sent".

use std::error::Error;
use std::io;

use super::{CertificateAlert, MaybeSent, NeverSent, WireFault};

/// Causes are nested a handful deep; a chain that is longer than this is not followed.
const CAUSES_MOST: usize = 16;

/// How far a call came.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Stage {
    /// The client could not even make the request.
    Making,
    /// There was no connection to give the request to.
    Connecting,
    /// A connection was given the request, or may have been.
    #[default]
    Connected,
}

/// What is known of a failed call.
#[derive(Default)]
pub(super) struct Facts {
    /// How far it came.
    pub(super) stage: Stage,
    /// It was the name that failed.
    pub(super) name: bool,
    /// A time limit passed: the one for connecting, or the one for the call.
    pub(super) timeout: bool,
    /// What TLS said.
    pub(super) tls: Option<rustls::Error>,
    /// What the socket said.
    pub(super) io: Option<io::ErrorKind>,
    /// This call made a full handshake and showed our certificate in it.
    pub(super) certificate_shown: bool,
}

impl Facts {
    /// Reads them out of the client's error.
    pub(super) fn of(error: &reqwest::Error, certificate_shown: bool) -> Self {
        let stage = if error.is_builder() {
            Stage::Making
        } else if error.is_connect() {
            Stage::Connecting
        } else {
            Stage::Connected
        };
        Self {
            stage,
            name: error.is_dns(),
            timeout: error.is_timeout(),
            tls: cause::<rustls::Error>(error).cloned(),
            io: cause::<io::Error>(error).map(io::Error::kind),
            certificate_shown,
        }
    }

    /// What they prove.
    pub(super) fn verdict(self) -> WireFault {
        let refused = match &self.tls {
            Some(rustls::Error::AlertReceived(alert)) if self.certificate_shown => {
                CertificateAlert::of(*alert)
            }
            _ => None,
        };
        if let Some(alert) = refused {
            return WireFault::CertificateRefused(alert);
        }
        match self.stage {
            Stage::Making => WireFault::NeverSent(NeverSent::NotARequest),
            Stage::Connecting => WireFault::NeverSent(self.why_no_connection()),
            Stage::Connected => WireFault::MaybeSent(match self.tls {
                Some(rustls::Error::AlertReceived(alert)) => MaybeSent::Alert(format!("{alert:?}")),
                _ if self.timeout => MaybeSent::Timeout,
                _ => MaybeSent::ConnectionLost,
            }),
        }
    }

    fn why_no_connection(self) -> NeverSent {
        match self.tls {
            Some(rustls::Error::InvalidCertificate(why)) => {
                NeverSent::ServerNotTrusted(why.to_string())
            }
            Some(other) => NeverSent::Handshake(other.to_string()),
            None if self.name => NeverSent::NameNotFound,
            None if self.timeout => NeverSent::ConnectTimeout,
            None => NeverSent::NotConnected(self.io.unwrap_or(io::ErrorKind::Other)),
        }
    }
}

/// The first cause of type `T`. An `io::Error` hides what it wraps from `source`, so it is asked separately.
pub(super) fn cause<'e, T: Error + 'static>(error: &'e (dyn Error + 'static)) -> Option<&'e T> {
    let mut next = Some(error);
    for _ in 0..CAUSES_MOST {
        let here = next?;
        if let Some(found) = here.downcast_ref::<T>() {
            return Some(found);
        }
        next = match here.downcast_ref::<io::Error>() {
            Some(io) => io.get_ref().map(|inner| inner as &(dyn Error + 'static)),
            None => here.source(),
        };
    }
    None
}
