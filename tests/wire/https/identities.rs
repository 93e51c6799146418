//! A request leaves over a connection of its own identity, whatever else is going on.

use std::sync::Arc;

use rustls::ALL_VERSIONS;
use zhanfu::wire::{ClientIdentity, HttpsRemote};

use super::certificates::{Authority, Pair};
use super::server::{Doorman, Server, Step, answer};
use super::{PATIENCE, identity, post, remote_to};

async fn start(clients_most: u64) -> (Authority, Server, HttpsRemote) {
    let servers = Authority::new("servers");
    let merchants = Authority::new("merchants");
    let server = Server::start(
        &servers.server("127.0.0.1"),
        Doorman::Required(&merchants),
        ALL_VERSIONS,
        |_, _| Step::Answer(answer("200 OK", "ok")),
    )
    .await;
    let remote = remote_to(&server.address, &servers, PATIENCE, clients_most);
    (merchants, server, remote)
}

/// Every request names the certificate it should have come with.
fn assert_nobody_travels_with_another(server: &Server, pairs: &[(String, Pair)]) {
    let mut requests = 0;
    for connection in server.connections() {
        let shown = connection.certificate.unwrap();
        for request in connection.requests {
            let request = String::from_utf8(request).unwrap();
            let (_, body) = request.split_once("\r\n\r\n").unwrap();
            let (_, pair) = pairs.iter().find(|(name, _)| name == body).unwrap();
            assert!(
                pair.certificate == shown,
                "{body} came with another certificate"
            );
            requests += 1;
        }
    }
    assert!(requests > 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn identities_never_share_a_connection() {
    let (merchants, server, remote) = start(100).await;
    let remote = Arc::new(remote);
    let pairs: Vec<(String, Pair)> = (0..8)
        .map(|n| (format!("merchant {n}"), merchants.merchant("10000098")))
        .collect();
    let mut running = Vec::new();
    for (n, (name, pair)) in (0_u128..).zip(&pairs) {
        let (remote, name) = (Arc::clone(&remote), name.clone());
        // Ids of certificates need not differ between tenants.
        let me = identity(n, 1, pair);
        running.push(tokio::spawn(async move {
            for _ in 0..50 {
                post(&remote, &me, &name).await.unwrap();
            }
        }));
    }
    for task in running {
        task.await.unwrap();
    }
    assert_eq!(server.requests(), 400);
    assert_eq!(remote.figures().clients_built, 8);
    assert_nobody_travels_with_another(&server, &pairs);
}

#[tokio::test]
async fn the_same_certificate_in_two_tenants_is_two_clients() {
    let (merchants, server, remote) = start(100).await;
    let pair = merchants.merchant("10000098");
    for tenant in [1, 2] {
        post(&remote, &identity(tenant, 1, &pair), "x")
            .await
            .unwrap();
    }
    assert_eq!(server.connections().len(), 2);
    assert_eq!(remote.figures().clients_built, 2);
}

#[tokio::test]
async fn a_replaced_certificate_gets_a_client_of_its_own() {
    let (merchants, server, remote) = start(100).await;
    let pairs = [
        ("old".to_owned(), merchants.merchant("10000098")),
        ("new".to_owned(), merchants.merchant("10000098")),
        (
            "same id, other content".to_owned(),
            merchants.merchant("10000098"),
        ),
    ];
    let identities: Vec<Arc<ClientIdentity>> = vec![
        identity(1, 1, &pairs[0].1),
        identity(1, 2, &pairs[1].1),
        identity(1, 2, &pairs[2].1),
    ];
    for _ in 0..2 {
        for ((name, _), me) in pairs.iter().zip(&identities) {
            post(&remote, me, name).await.unwrap();
        }
    }
    assert_eq!(server.connections().len(), 3);
    assert_nobody_travels_with_another(&server, &pairs);
}

#[tokio::test]
async fn an_evicted_client_is_built_again_and_the_cache_stays_small() {
    let (merchants, server, remote) = start(3).await;
    let pairs: Vec<(String, Pair)> = (0..10)
        .map(|n| (format!("merchant {n}"), merchants.merchant("10000098")))
        .collect();
    for _ in 0..2 {
        for (n, (name, pair)) in (0_u128..).zip(&pairs) {
            post(&remote, &identity(n, n, pair), name).await.unwrap();
            assert!(remote.clients_kept().await <= 3);
        }
    }
    assert!(remote.figures().clients_built > 10);
    assert_eq!(server.requests(), 20);
    assert_nobody_travels_with_another(&server, &pairs);
}
