//! What becomes of a request: sent once, perhaps sent, never sent; and what is read of an answer.

use std::time::Duration;

use rustls::ALL_VERSIONS;
use tokio::net::TcpListener;
use zhanfu::wire::https::ANSWER_MOST_BYTES;
use zhanfu::wire::{
    BadAnswer, HttpsRemote, HttpsSetup, IdentityFault, MaybeSent, NeverSent, Remote, Request,
    Roots, SetupFault, WireFault,
};

use super::certificates::Authority;
use super::server::{Doorman, Server, Step, answer};
use super::{PATIENCE, identity, post, remote_to};

/// A server with a script, and a remote that trusts it.
async fn pair_up(
    timeout: Duration,
    script: impl Fn(usize, usize) -> Step + Send + Sync + 'static,
) -> (
    Server,
    HttpsRemote,
    std::sync::Arc<zhanfu::wire::ClientIdentity>,
) {
    let servers = Authority::new("servers");
    let merchants = Authority::new("merchants");
    let server = Server::start(
        &servers.server("127.0.0.1"),
        Doorman::Required(&merchants),
        ALL_VERSIONS,
        script,
    )
    .await;
    let remote = remote_to(&server.address, &servers, timeout, 10);
    let me = identity(1, 1, &merchants.merchant("10000098"));
    (server, remote, me)
}

#[tokio::test]
async fn the_bytes_arrive_unchanged_and_the_answer_comes_back() {
    let (server, remote, me) = pair_up(PATIENCE, |_, _| {
        Step::Answer(answer("200 OK", "<xml>好</xml>"))
    })
    .await;
    let sent = "<xml><desc>节日快乐 & \u{1F600}</desc></xml>";
    let response = post(&remote, &me, sent).await.unwrap();
    assert_eq!(response.status, 200);
    assert_eq!(response.content_type.as_deref(), Some("text/xml"));
    assert_eq!(response.body, "<xml>好</xml>".as_bytes());
    let request = String::from_utf8(server.connections()[0].requests[0].clone()).unwrap();
    assert!(request.starts_with("POST /pay HTTP/1.1\r\n"), "{request}");
    assert!(request.contains("content-type: text/xml; charset=utf-8\r\n"));
    assert!(request.ends_with(&format!("\r\n\r\n{sent}")));
}

#[tokio::test]
async fn connections_are_reused_and_counted() {
    let (server, remote, me) = pair_up(PATIENCE, |_, _| Step::Answer(answer("200 OK", "ok"))).await;
    for _ in 0..5 {
        post(&remote, &me, "<xml/>").await.unwrap();
    }
    let figures = remote.figures();
    assert_eq!(server.connections().len(), 1);
    assert_eq!(server.requests(), 5);
    assert_eq!((figures.requests, figures.answers), (5, 5));
    assert_eq!((figures.connections, figures.certificates_shown), (1, 1));
    assert_eq!((figures.resumptions_offered, figures.clients_built), (0, 1));
}

#[tokio::test]
async fn every_connection_is_counted_and_later_ones_resume_the_session() {
    for versions in [
        &[&rustls::version::TLS12][..],
        &[&rustls::version::TLS13][..],
    ] {
        let servers = Authority::new("servers");
        let merchants = Authority::new("merchants");
        let server = Server::start(
            &servers.server("127.0.0.1"),
            Doorman::Required(&merchants),
            versions,
            |_, _| {
                Step::AnswerAndHangUp(
                    b"HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok".to_vec(),
                )
            },
        )
        .await;
        let remote = remote_to(&server.address, &servers, PATIENCE, 10);
        let me = identity(1, 1, &merchants.merchant("10000098"));
        for _ in 0..3 {
            post(&remote, &me, "<xml/>").await.unwrap();
        }
        let figures = remote.figures();
        assert_eq!((figures.connections, server.connections().len()), (3, 3));
        // Only the first handshake was a full one, in which the certificate is asked for.
        assert_eq!(figures.resumptions_offered, 2, "{versions:?}");
        assert_eq!(figures.certificates_shown, 1, "{versions:?}");
    }
}

#[tokio::test]
async fn a_refused_connection_is_never_sent() {
    let servers = Authority::new("servers");
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("https://{}", listener.local_addr().unwrap());
    drop(listener);
    let remote = remote_to(&address, &servers, PATIENCE, 10);
    let me = identity(1, 1, &servers.merchant("10000098"));
    assert_eq!(
        post(&remote, &me, "<xml/>").await.unwrap_err(),
        WireFault::NeverSent(NeverSent::NotConnected(
            std::io::ErrorKind::ConnectionRefused
        ))
    );
}

#[tokio::test]
async fn a_server_that_never_answers_the_handshake_is_never_sent() {
    let servers = Authority::new("servers");
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("https://{}", listener.local_addr().unwrap());
    let remote = remote_to(&address, &servers, Duration::from_millis(400), 10);
    let me = identity(1, 1, &servers.merchant("10000098"));
    assert_eq!(
        post(&remote, &me, "<xml/>").await.unwrap_err(),
        WireFault::NeverSent(NeverSent::ConnectTimeout)
    );
    drop(listener);
}

#[tokio::test]
async fn a_server_that_hangs_up_in_the_handshake_is_never_sent() {
    let servers = Authority::new("servers");
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            drop(socket);
        }
    });
    let remote = remote_to(&address, &servers, PATIENCE, 10);
    let me = identity(1, 1, &servers.merchant("10000098"));
    let fault = post(&remote, &me, "<xml/>").await.unwrap_err();
    assert!(
        matches!(fault, WireFault::NeverSent(NeverSent::NotConnected(_))),
        "{fault:?}"
    );
}

#[tokio::test]
async fn a_connection_that_ends_after_the_handshake_is_perhaps_sent() {
    for step in [Step::HangUp, Step::ReadAndHangUp] {
        let (_server, remote, me) = pair_up(PATIENCE, move |_, _| step.clone()).await;
        for _ in 0..20 {
            assert_eq!(
                post(&remote, &me, "<xml/>").await.unwrap_err(),
                WireFault::MaybeSent(MaybeSent::ConnectionLost)
            );
        }
    }
}

#[tokio::test]
async fn silence_is_perhaps_sent_when_the_time_is_over() {
    let (server, remote, me) = pair_up(Duration::from_millis(500), |_, _| Step::Silence).await;
    assert_eq!(
        post(&remote, &me, "<xml/>").await.unwrap_err(),
        WireFault::MaybeSent(MaybeSent::Timeout)
    );
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn an_answer_that_drips_past_the_time_is_cut_short() {
    let (_server, remote, me) = pair_up(Duration::from_millis(500), |_, _| {
        Step::Drip(b"HTTP/1.1 200 OK\r\ncontent-length: 60000\r\n\r\n".to_vec())
    })
    .await;
    assert_eq!(
        post(&remote, &me, "<xml/>").await.unwrap_err(),
        WireFault::AnsweredBadly {
            status: 200,
            why: BadAnswer::CutShort
        }
    );
}

#[tokio::test]
async fn an_answer_that_ends_early_is_cut_short() {
    let (_server, remote, me) = pair_up(PATIENCE, |_, _| {
        Step::AnswerAndHangUp(b"HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n<xml>".to_vec())
    })
    .await;
    assert_eq!(
        post(&remote, &me, "<xml/>").await.unwrap_err(),
        WireFault::AnsweredBadly {
            status: 200,
            why: BadAnswer::CutShort
        }
    );
}

#[tokio::test]
async fn an_answer_that_is_no_http_is_perhaps_sent() {
    let (_server, remote, me) = pair_up(PATIENCE, |_, _| {
        Step::AnswerAndHangUp(b"<xml></xml>".to_vec())
    })
    .await;
    assert_eq!(
        post(&remote, &me, "<xml/>").await.unwrap_err(),
        WireFault::MaybeSent(MaybeSent::ConnectionLost)
    );
}

#[tokio::test]
async fn an_answer_is_read_up_to_the_limit_and_not_a_byte_further() {
    for (length, whole) in [(ANSWER_MOST_BYTES, true), (ANSWER_MOST_BYTES + 1, false)] {
        let (_server, remote, me) = pair_up(PATIENCE, move |_, _| {
            Step::AnswerAndHangUp(answer("200 OK", &"x".repeat(length)))
        })
        .await;
        match post(&remote, &me, "<xml/>").await {
            Ok(response) => assert!(whole && response.body.len() == length),
            Err(fault) => {
                assert!(!whole);
                assert_eq!(
                    fault,
                    WireFault::AnsweredBadly {
                        status: 200,
                        why: BadAnswer::TooLong {
                            limit: ANSWER_MOST_BYTES
                        }
                    }
                );
            }
        }
    }
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_is_not_followed() {
    for status in [
        "302 Found",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ] {
        let (server, remote, me) = pair_up(PATIENCE, move |_, _| {
            Step::Answer(
                format!("HTTP/1.1 {status}\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n")
                    .into_bytes(),
            )
        })
        .await;
        let response = post(&remote, &me, "<xml/>").await.unwrap();
        assert!(status.starts_with(&response.status.to_string()));
        assert_eq!(server.requests(), 1);
    }
}

#[tokio::test]
async fn error_statuses_are_answers_and_are_not_tried_again() {
    for status in [
        "400 Bad Request",
        "429 Too Many Requests",
        "500 Oops",
        "503 Busy",
    ] {
        let (server, remote, me) =
            pair_up(PATIENCE, move |_, _| Step::Answer(answer(status, "no"))).await;
        let response = post(&remote, &me, "<xml/>").await.unwrap();
        assert!(status.starts_with(&response.status.to_string()));
        assert_eq!(server.requests(), 1);
    }
}

/// The server closes every connection after its first answer without saying so. A pooled connection is then
/// dead when the next request wants it; the client may move the request to another one only when nothing of it
/// was written. Whatever happens in each round, no request may be seen twice.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_that_meets_a_dying_connection_is_sent_at_most_once() {
    let (server, remote, me) = pair_up(PATIENCE, |_, _| {
        Step::AnswerAndHangUp(answer("200 OK", "ok"))
    })
    .await;
    let mut answered = 0;
    for round in 0..200 {
        match post(&remote, &me, &format!("<xml>round {round}</xml>")).await {
            Ok(_) => answered += 1,
            Err(fault) => assert_eq!(fault, WireFault::MaybeSent(MaybeSent::ConnectionLost)),
        }
    }
    let mut bodies: Vec<Vec<u8>> = server
        .connections()
        .into_iter()
        .flat_map(|connection| connection.requests)
        .collect();
    let arrived = bodies.len();
    bodies.sort();
    bodies.dedup();
    assert_eq!(bodies.len(), arrived, "a request arrived twice");
    assert!(answered > 0 && arrived >= answered);
}

#[tokio::test]
async fn a_path_cannot_lead_to_another_host() {
    let (server, remote, me) = pair_up(PATIENCE, |_, _| Step::Answer(answer("200 OK", "ok"))).await;
    for path in ["//127.0.0.2/x", "/a?b#c", "/../x"] {
        let request = Request {
            identity: &me,
            path,
            content_type: "text/xml",
            body: b"x",
        };
        remote.post(request).await.unwrap();
    }
    for (path, content_type) in [
        ("", "text/xml"),
        ("pay", "text/xml"),
        ("https://127.0.0.2/", "text/xml"),
        ("@127.0.0.2/", "text/xml"),
        ("/pay", "text/xml\r\nhost: elsewhere"),
    ] {
        let request = Request {
            identity: &me,
            path,
            content_type,
            body: b"x",
        };
        assert_eq!(
            remote.post(request).await.unwrap_err(),
            WireFault::NeverSent(NeverSent::NotARequest)
        );
    }
    assert_eq!(server.requests(), 3);
}

#[tokio::test]
async fn a_credential_that_cannot_work_is_never_sent() {
    let (server, remote, _) = pair_up(PATIENCE, |_, _| Step::Silence).await;
    let merchants = Authority::new("merchants");
    let good = merchants.merchant("10000098");
    let mut foreign_key = good.clone();
    foreign_key.key = merchants.merchant("10000099").key;
    let mut no_key = good.clone();
    no_key.key = b"-----BEGIN PRIVATE KEY-----".to_vec();
    let mut no_certificate = good;
    no_certificate.certificate = b"not DER".to_vec();
    for (pair, fault) in [
        (foreign_key, IdentityFault::Mismatch),
        (no_key, IdentityFault::Key),
        (no_certificate, IdentityFault::Mismatch),
    ] {
        assert_eq!(
            post(&remote, &identity(1, 1, &pair), "<xml/>")
                .await
                .unwrap_err(),
            WireFault::NeverSent(NeverSent::Identity(fault))
        );
    }
    assert!(server.connections().is_empty());
}

#[test]
fn a_base_address_is_https_and_a_host_and_nothing_else() {
    let setup = |base: &str, roots: &[u8], timeout| {
        HttpsRemote::new(HttpsSetup {
            base: url::Url::parse(base).unwrap(),
            roots: Roots::Pem(roots.to_vec()),
            timeout,
            clients_most: 10,
        })
        .err()
    };
    let roots = Authority::new("servers").pem();
    assert_eq!(setup("https://127.0.0.1:8443", &roots, PATIENCE), None);
    assert_eq!(
        setup("https://api.mch.weixin.qq.com", &roots, PATIENCE),
        None
    );
    assert_eq!(setup("https://[::1]:8443", &roots, PATIENCE), None);
    for base in [
        "http://127.0.0.1",
        "https://user@127.0.0.1",
        "https://127.0.0.1/path",
        "https://127.0.0.1/?query",
        "https://127.0.0.1/#fragment",
        "unix:/socket",
        "https://a_label_of_more_than_63_characters_is_no_name_that_a_certificate_can_have.test",
    ] {
        assert_eq!(
            setup(base, &roots, PATIENCE),
            Some(SetupFault::Base),
            "{base}"
        );
    }
    for roots in [
        &b""[..],
        b"no PEM",
        b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    ] {
        assert_eq!(
            setup("https://127.0.0.1", roots, PATIENCE),
            Some(SetupFault::Roots)
        );
    }
    assert_eq!(
        setup("https://127.0.0.1", &roots, Duration::ZERO),
        Some(SetupFault::Timeout)
    );
}
