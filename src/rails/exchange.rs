//! A verdict together with what it was judged from, so that the attempt can be recorded.

use std::fmt;

use crate::wire::{Response, WireFault};

/// What came back of one remote call. The bytes name the payee: redact them before they are stored or shown.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Exchange {
    /// The HTTP status, when the head of an answer arrived.
    pub http_status: Option<u16>,
    /// The answer's body, as it came; empty when there was none. The wire bounds it to 64 KiB.
    pub answer: Vec<u8>,
    /// What went wrong on the wire.
    pub fault: Option<WireFault>,
}

impl Exchange {
    /// A call that was not made.
    pub fn none() -> Self {
        Self::default()
    }

    /// What a call to the wire brought back.
    pub fn of(result: Result<Response, WireFault>) -> Self {
        match result {
            Ok(response) => Self {
                http_status: Some(response.status),
                answer: response.body,
                fault: None,
            },
            Err(fault) => Self {
                http_status: match &fault {
                    WireFault::AnsweredBadly { status, .. } => Some(*status),
                    WireFault::NeverSent(_)
                    | WireFault::CertificateRefused(_)
                    | WireFault::MaybeSent(_) => None,
                },
                answer: Vec::new(),
                fault: Some(fault),
            },
        }
    }
}

impl fmt::Debug for Exchange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchange")
            .field("http_status", &self.http_status)
            .field("answer_bytes", &self.answer.len())
            .field("fault", &self.fault)
            .finish()
    }
}

/// A verdict and its evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply<T> {
    /// What we make of it.
    pub verdict: T,
    /// What it was made of.
    pub exchange: Exchange,
}
