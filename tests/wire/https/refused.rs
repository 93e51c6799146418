//! A server that refuses our certificate in the handshake has processed nothing, and we say so.

use rustls::SupportedProtocolVersion;
use rustls::version::{TLS12, TLS13};
use zhanfu::wire::{CertificateAlert, MaybeSent, WireFault};

use super::certificates::{Authority, Pair};
use super::server::{Doorman, Server, Step, answer};
use super::{PATIENCE, identity, post, remote_to};

/// Every fault of twenty calls with this certificate, and how many requests arrived.
async fn faults(
    doorman: Doorman<'_>,
    shown: &Pair,
    version: &'static SupportedProtocolVersion,
) -> (Vec<WireFault>, usize) {
    let servers = Authority::new("servers");
    let server = Server::start(&servers.server("127.0.0.1"), doorman, &[version], |_, _| {
        Step::Answer(answer("200 OK", "ok"))
    })
    .await;
    let remote = remote_to(&server.address, &servers, PATIENCE, 10);
    let me = identity(1, 1, shown);
    let mut faults = Vec::new();
    for _ in 0..20 {
        faults.push(post(&remote, &me, "<xml/>").await.unwrap_err());
    }
    (faults, server.requests())
}

/// In TLS 1.3 the request is on its way before the alert comes back. When the server's end of the connection
/// is gone first, the alert is lost and the honest word is "perhaps sent".
fn assert_refused(faults: &[WireFault], alert: CertificateAlert) {
    let refused = WireFault::CertificateRefused(alert);
    let lost = WireFault::MaybeSent(MaybeSent::ConnectionLost);
    assert!(faults.contains(&refused), "{faults:?}");
    assert!(
        faults
            .iter()
            .all(|fault| *fault == refused || *fault == lost),
        "{faults:?}"
    );
}

#[tokio::test]
async fn a_certificate_of_another_authority_is_refused_in_the_handshake() {
    for version in [&TLS12, &TLS13] {
        let merchants = Authority::new("merchants");
        let stranger = Authority::new("strangers").merchant("10000098");
        let (faults, requests) = faults(Doorman::Required(&merchants), &stranger, version).await;
        assert_refused(&faults, CertificateAlert::UnknownAuthority);
        assert_eq!(requests, 0);
    }
}

#[tokio::test]
async fn an_expired_certificate_is_refused_in_the_handshake() {
    for version in [&TLS12, &TLS13] {
        let merchants = Authority::new("merchants");
        let expired = merchants.expired_merchant("10000098");
        let (faults, requests) = faults(Doorman::Required(&merchants), &expired, version).await;
        assert_refused(&faults, CertificateAlert::Expired);
        assert_eq!(requests, 0);
    }
}

#[tokio::test]
async fn a_missing_certificate_is_refused_in_the_handshake() {
    let merchants = Authority::new("merchants");
    let pair = merchants.merchant("10000098");
    for version in [&TLS12, &TLS13] {
        let (faults, requests) = faults(Doorman::RequiredRsa(&merchants), &pair, version).await;
        assert_refused(&faults, CertificateAlert::Required);
        assert_eq!(requests, 0);
    }
}
