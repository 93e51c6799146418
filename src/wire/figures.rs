//! What the wire did, counted.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counters since the start of the process. Shared, never reset.
#[derive(Debug, Default)]
pub struct WireFigures {
    requests: AtomicU64,
    answers: AtomicU64,
    connections: AtomicU64,
    certificates_shown: AtomicU64,
    resumptions_offered: AtomicU64,
    clients_built: AtomicU64,
}

/// The counters at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Calls of [`super::Remote::post`].
    pub requests: u64,
    /// Whole answers, whatever their status.
    pub answers: u64,
    /// TLS handshakes begun; each is one connection.
    pub connections: u64,
    /// Full handshakes in which the server asked for our certificate and got it.
    pub certificates_shown: u64,
    /// Handshakes that offered to resume an earlier session of the same identity.
    pub resumptions_offered: u64,
    /// TLS clients built; one for each identity, and one more after an eviction.
    pub clients_built: u64,
}

impl WireFigures {
    /// The counters now.
    pub fn read(&self) -> Figures {
        Figures {
            requests: self.requests.load(Ordering::Relaxed),
            answers: self.answers.load(Ordering::Relaxed),
            connections: self.connections.load(Ordering::Relaxed),
            certificates_shown: self.certificates_shown.load(Ordering::Relaxed),
            resumptions_offered: self.resumptions_offered.load(Ordering::Relaxed),
            clients_built: self.clients_built.load(Ordering::Relaxed),
        }
    }

    pub(super) fn request(&self) {
        self.requests.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn answer(&self) {
        self.answers.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn connection(&self) {
        self.connections.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn certificate_shown(&self) {
        self.certificates_shown.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn resumption_offered(&self) {
        self.resumptions_offered.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn client_built(&self) {
        self.clients_built.fetch_add(1, Ordering::Relaxed);
    }
}
