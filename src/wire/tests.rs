//! What each kind of error proves. The sockets themselves are in `tests/wire`.

use std::io;

use rustls::{AlertDescription, CertificateError, Error as Tls};

use super::proof::{Facts, Stage, cause};
use super::{CertificateAlert, MaybeSent, NeverSent, WireFault};

const CERTIFICATE_ALERTS: [(AlertDescription, CertificateAlert); 8] = [
    (AlertDescription::BadCertificate, CertificateAlert::Bad),
    (
        AlertDescription::UnsupportedCertificate,
        CertificateAlert::Unsupported,
    ),
    (
        AlertDescription::CertificateRevoked,
        CertificateAlert::Revoked,
    ),
    (
        AlertDescription::CertificateExpired,
        CertificateAlert::Expired,
    ),
    (
        AlertDescription::CertificateUnknown,
        CertificateAlert::Unknown,
    ),
    (
        AlertDescription::UnknownCA,
        CertificateAlert::UnknownAuthority,
    ),
    (
        AlertDescription::AccessDenied,
        CertificateAlert::AccessDenied,
    ),
    (
        AlertDescription::CertificateRequired,
        CertificateAlert::Required,
    ),
];

#[test]
fn an_alert_about_the_certificate_that_this_call_showed_proves_that_nothing_was_processed() {
    for (alert, refused) in CERTIFICATE_ALERTS {
        for stage in [Stage::Connecting, Stage::Connected] {
            let facts = Facts {
                stage,
                tls: Some(Tls::AlertReceived(alert)),
                certificate_shown: true,
                ..Facts::default()
            };
            assert_eq!(facts.verdict(), WireFault::CertificateRefused(refused));
        }
    }
}

#[test]
fn the_same_alert_on_a_connection_of_an_earlier_call_proves_nothing() {
    for (alert, _) in CERTIFICATE_ALERTS {
        let facts = Facts {
            tls: Some(Tls::AlertReceived(alert)),
            ..Facts::default()
        };
        assert_eq!(
            facts.verdict(),
            WireFault::MaybeSent(MaybeSent::Alert(format!("{alert:?}")))
        );
    }
}

#[test]
fn an_alert_about_something_else_proves_nothing_once_connected() {
    for code in 0..=u8::MAX {
        let alert = AlertDescription::from(code);
        if CertificateAlert::of(alert).is_some() {
            continue;
        }
        let facts = Facts {
            tls: Some(Tls::AlertReceived(alert)),
            certificate_shown: true,
            ..Facts::default()
        };
        assert_eq!(
            facts.verdict(),
            WireFault::MaybeSent(MaybeSent::Alert(format!("{alert:?}")))
        );
    }
}

#[test]
fn only_a_failure_while_connecting_is_never_sent() {
    type Case = (fn() -> Facts, NeverSent, MaybeSent);
    let cases: [Case; 5] = [
        (
            || Facts {
                name: true,
                ..Facts::default()
            },
            NeverSent::NameNotFound,
            MaybeSent::ConnectionLost,
        ),
        (
            || Facts {
                timeout: true,
                ..Facts::default()
            },
            NeverSent::ConnectTimeout,
            MaybeSent::Timeout,
        ),
        (
            || Facts {
                io: Some(io::ErrorKind::ConnectionReset),
                ..Facts::default()
            },
            NeverSent::NotConnected(io::ErrorKind::ConnectionReset),
            MaybeSent::ConnectionLost,
        ),
        (
            || Facts {
                tls: Some(Tls::InvalidCertificate(CertificateError::Expired)),
                ..Facts::default()
            },
            NeverSent::ServerNotTrusted("Expired".to_owned()),
            MaybeSent::ConnectionLost,
        ),
        (
            || Facts {
                tls: Some(Tls::DecryptError),
                ..Facts::default()
            },
            NeverSent::Handshake("cannot decrypt peer's message".to_owned()),
            MaybeSent::ConnectionLost,
        ),
    ];
    for (facts, never, maybe) in cases {
        let connecting = Facts {
            stage: Stage::Connecting,
            ..facts()
        };
        assert_eq!(connecting.verdict(), WireFault::NeverSent(never));
        assert_eq!(facts().verdict(), WireFault::MaybeSent(maybe));
    }
}

#[test]
fn a_cause_is_found_inside_of_io_errors() {
    let alert = Tls::AlertReceived(AlertDescription::UnknownCA);
    let wrapped = io::Error::other(io::Error::new(io::ErrorKind::InvalidData, alert.clone()));
    assert_eq!(cause::<Tls>(&wrapped), Some(&alert));
    assert_eq!(
        cause::<Tls>(&io::Error::from(io::ErrorKind::BrokenPipe)),
        None
    );
}
