//! The server has to prove who it is, every time, with nothing to switch that off.

use rustls::ALL_VERSIONS;
use zhanfu::wire::{NeverSent, WireFault};

use super::certificates::{Authority, Pair};
use super::server::{Doorman, Server, Step, answer};
use super::{PATIENCE, identity, post, remote_to};

async fn fault_of(servers: &Authority, pair: &Pair) -> (WireFault, usize) {
    let server = Server::start(pair, Doorman::Nobody, ALL_VERSIONS, |_, _| {
        Step::Answer(answer("200 OK", "ok"))
    })
    .await;
    let remote = remote_to(&server.address, servers, PATIENCE, 10);
    let me = identity(1, 1, &servers.merchant("10000098"));
    let fault = post(&remote, &me, "<xml/>").await.unwrap_err();
    (fault, server.requests())
}

#[tokio::test]
async fn a_server_of_another_authority_gets_nothing() {
    let servers = Authority::new("servers");
    let strangers = Authority::new("servers");
    let (fault, requests) = fault_of(&servers, &strangers.server("127.0.0.1")).await;
    let WireFault::NeverSent(NeverSent::ServerNotTrusted(why)) = fault else {
        panic!("{fault:?}");
    };
    assert!(!why.is_empty());
    assert_eq!(requests, 0);
}

#[tokio::test]
async fn a_server_with_another_name_gets_nothing() {
    let servers = Authority::new("servers");
    for name in ["127.0.0.2", "localhost", "api.mch.weixin.qq.com"] {
        let (fault, requests) = fault_of(&servers, &servers.server(name)).await;
        assert!(
            matches!(fault, WireFault::NeverSent(NeverSent::ServerNotTrusted(_))),
            "{fault:?}"
        );
        assert_eq!(requests, 0);
    }
}

#[tokio::test]
async fn a_server_with_an_expired_certificate_gets_nothing() {
    let servers = Authority::new("servers");
    let (fault, requests) = fault_of(&servers, &servers.expired_server("127.0.0.1")).await;
    assert!(
        matches!(fault, WireFault::NeverSent(NeverSent::ServerNotTrusted(_))),
        "{fault:?}"
    );
    assert_eq!(requests, 0);
}

#[tokio::test]
async fn a_client_certificate_does_not_make_a_server() {
    let servers = Authority::new("servers");
    let (fault, requests) = fault_of(&servers, &servers.merchant("127.0.0.1")).await;
    assert!(
        matches!(fault, WireFault::NeverSent(NeverSent::ServerNotTrusted(_))),
        "{fault:?}"
    );
    assert_eq!(requests, 0);
}
