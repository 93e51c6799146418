//! What went wrong, told by what it proves about the request.
//!
//! The engine may send again at once only after [`WireFault::NeverSent`], so that word is kept for what can be
//! proved: the failure happened before a connection was handed a request. Everything that cannot be proved is
//! [`WireFault::MaybeSent`], also where "almost certainly not sent" would be true.

use std::io;

use rustls::AlertDescription;

/// No usable answer. Which of the four it is decides what may be done next.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WireFault {
    /// Not one byte of the request left this process.
    #[error("the request was not sent: {0}")]
    NeverSent(NeverSent),
    /// The server refused our certificate in the TLS handshake. Bytes of the request may have left (in TLS 1.3
    /// the client speaks first), but a server reads a request only after its handshake, which it broke off:
    /// the request was provably not processed.
    #[error("the server refused our certificate in the handshake: {0}")]
    CertificateRefused(CertificateAlert),
    /// Some or all of the request may have arrived and been acted upon.
    #[error("the request was perhaps sent: {0}")]
    MaybeSent(MaybeSent),
    /// The head of an answer arrived and its body is of no use.
    #[error("the answer with status {status} is unusable: {why}")]
    AnsweredBadly {
        /// The HTTP status in the head.
        status: u16,
        /// What is wrong with the body.
        why: BadAnswer,
    },
}

/// Why a request never left.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NeverSent {
    /// The host's name was not resolved.
    #[error("the name of the server was not found")]
    NameNotFound,
    /// No TCP connection.
    #[error("no connection: {0}")]
    NotConnected(io::ErrorKind),
    /// TCP and TLS together took too long.
    #[error("no connection within the time for connecting")]
    ConnectTimeout,
    /// The server's chain or host name did not verify.
    #[error("the server's certificate is not to be trusted: {0}")]
    ServerNotTrusted(String),
    /// The handshake failed for another reason.
    #[error("the TLS handshake failed: {0}")]
    Handshake(String),
    /// Our own certificate or key cannot be used.
    #[error("our certificate cannot be used: {0}")]
    Identity(IdentityFault),
    /// The path or the content type does not make a request.
    #[error("the path or the content type does not make a request")]
    NotARequest,
}

/// Why a certificate and its key cannot make a TLS client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentityFault {
    /// The chain is empty.
    #[error("there is no certificate")]
    NoCertificate,
    /// The key is no PKCS#8 key that we can sign with.
    #[error("the private key is unreadable")]
    Key,
    /// The certificate is not of this key, or is unreadable.
    #[error("the certificate does not belong to the private key")]
    Mismatch,
    /// The TLS library refused the configuration.
    #[error("the TLS client could not be built")]
    Client,
}

/// Why a request may have been acted upon.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MaybeSent {
    /// The time for the whole call passed.
    #[error("no answer within the time for the call")]
    Timeout,
    /// The connection ended: a reset, an end of stream, a broken answer head.
    #[error("the connection ended without an answer")]
    ConnectionLost,
    /// A TLS alert that does not prove that the request was left unread.
    #[error("the connection ended with a TLS alert: {0}")]
    Alert(String),
}

/// What is wrong with an answer's body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadAnswer {
    /// Longer than we are willing to read.
    #[error("it is longer than {limit} bytes")]
    TooLong {
        /// The most that is read.
        limit: usize,
    },
    /// The connection ended, or the time passed, before the body did.
    #[error("it is cut short")]
    CutShort,
}

/// The TLS alerts by which a server says that it does not accept our certificate (RFC 8446 §6.2). All of them
/// belong to the handshake.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CertificateAlert {
    /// `bad_certificate`
    #[error("bad_certificate")]
    Bad,
    /// `unsupported_certificate`
    #[error("unsupported_certificate")]
    Unsupported,
    /// `certificate_revoked`
    #[error("certificate_revoked")]
    Revoked,
    /// `certificate_expired`
    #[error("certificate_expired")]
    Expired,
    /// `certificate_unknown`
    #[error("certificate_unknown")]
    Unknown,
    /// `unknown_ca`
    #[error("unknown_ca")]
    UnknownAuthority,
    /// `access_denied`
    #[error("access_denied")]
    AccessDenied,
    /// `certificate_required`
    #[error("certificate_required")]
    Required,
}

impl CertificateAlert {
    /// The alert, when it is one about our certificate.
    pub fn of(alert: AlertDescription) -> Option<Self> {
        if alert == AlertDescription::BadCertificate {
            Some(Self::Bad)
        } else if alert == AlertDescription::UnsupportedCertificate {
            Some(Self::Unsupported)
        } else if alert == AlertDescription::CertificateRevoked {
            Some(Self::Revoked)
        } else if alert == AlertDescription::CertificateExpired {
            Some(Self::Expired)
        } else if alert == AlertDescription::CertificateUnknown {
            Some(Self::Unknown)
        } else if alert == AlertDescription::UnknownCA {
            Some(Self::UnknownAuthority)
        } else if alert == AlertDescription::AccessDenied {
            Some(Self::AccessDenied)
        } else if alert == AlertDescription::CertificateRequired {
            Some(Self::Required)
        } else {
            None
        }
    }
}
