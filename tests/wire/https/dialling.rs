//! Webhooks over the real wire: what is dialled, what is not, and how much of an answer is read (`security.md` §12 group S).

use std::io;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rustls::ALL_VERSIONS;
use zhanfu::wire::{
    Blocked, BoxFuture, DialFault, Dialler, DiallerSetup, HttpsDialler, Letter, MaybeSent, Names,
    NeverSent, Receipt, Roots, Target, WireFault,
};

use super::PATIENCE;
use super::certificates::Authority;
use super::server::{Doorman, Server, Step, answer};

const HOST: &str = "hooks.example.com";

/// Names that a test makes up: each look-up gives the next of these answers, and the last for ever.
struct MadeUp {
    answers: Vec<Vec<SocketAddr>>,
    asked: AtomicUsize,
}

impl Names for MadeUp {
    fn look_up<'a>(&'a self, _: &'a str) -> BoxFuture<'a, io::Result<Vec<SocketAddr>>> {
        let number = self.asked.fetch_add(1, Ordering::Relaxed);
        let last = self.answers.len() - 1;
        let found = self.answers[number.min(last)].clone();
        Box::pin(async move { Ok(found) })
    }
}

struct Setting {
    server: Server,
    dialler: HttpsDialler,
    names: Arc<MadeUp>,
}

fn public(ip: &str) -> SocketAddr {
    SocketAddr::new(ip.parse().unwrap(), 0)
}

/// A server on this machine, and a dialler for which the name stands for these addresses; `None` is the server's.
async fn setting(
    answers: &[&[Option<SocketAddr>]],
    timeout: Duration,
    script: impl Fn(usize, usize) -> Step + Send + Sync + 'static,
) -> Setting {
    setting_with(answers, timeout, HOST, script).await
}

async fn setting_with(
    answers: &[&[Option<SocketAddr>]],
    timeout: Duration,
    certified_name: &str,
    script: impl Fn(usize, usize) -> Step + Send + Sync + 'static,
) -> Setting {
    let authority = Authority::new("servers");
    let pair = authority.server(certified_name);
    let server = Server::start(&pair, Doorman::Nobody, ALL_VERSIONS, script).await;
    let here: SocketAddr = server
        .address
        .trim_start_matches("https://")
        .parse()
        .unwrap();
    let answers = answers
        .iter()
        .map(|answer| answer.iter().map(|it| it.unwrap_or(here)).collect());
    let names = Arc::new(MadeUp {
        answers: answers.collect(),
        asked: AtomicUsize::new(0),
    });
    let setup = DiallerSetup {
        roots: Roots::Pem(authority.pem()),
        names: names.clone(),
        connect_timeout: timeout,
        timeout,
    };
    let dialler = HttpsDialler::with_exempt(setup, vec![here]).unwrap();
    Setting {
        server,
        dialler,
        names,
    }
}

async fn post(dialler: &HttpsDialler, url: &str) -> Result<Receipt, DialFault> {
    let to = Target::parse(url).unwrap();
    let headers = [("webhook-id", "1".to_owned())];
    let letter = Letter {
        to: &to,
        headers: &headers,
        body: b"{\"type\":\"webhook.test\"}",
    };
    dialler.post(letter).await
}

fn ok() -> Step {
    Step::Answer(answer("200 OK", "thanks"))
}

#[tokio::test]
async fn a_letter_arrives_as_it_was_signed() {
    let setting = setting(&[&[None]], PATIENCE, |_, _| ok()).await;
    let receipt = post(&setting.dialler, "https://hooks.example.com/a?b=c#d")
        .await
        .unwrap();
    assert_eq!(
        (receipt.status, receipt.beginning.as_slice()),
        (200, b"thanks".as_slice())
    );
    let connections = setting.server.connections();
    let request = String::from_utf8(connections[0].requests[0].clone()).unwrap();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let head = head.to_lowercase();
    assert!(head.starts_with("post /a?b=c http/1.1\r\n"), "{head}");
    assert!(head.contains("host: hooks.example.com\r\n"), "{head}");
    assert!(head.contains("webhook-id: 1"), "{head}");
    assert!(head.contains("content-type: application/json"), "{head}");
    for unwanted in ["cookie", "authorization", "referer", "accept-encoding"] {
        assert!(!head.contains(unwanted), "{head}");
    }
    assert_eq!(body, "{\"type\":\"webhook.test\"}");
    assert!(connections[0].certificate.is_none());
}

/// S-05 and S-20: what a name stands for decides, be it its own address or that of another name.
#[tokio::test]
async fn a_name_that_stands_for_the_inside_is_not_dialled() {
    for inside in [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.100.100.200",
        "100.64.0.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "0.0.0.0",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fd00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::7f00:1",
        "2002:7f00:1::1",
        "2001:db8::1",
    ] {
        let setting = setting(&[&[Some(public(inside))]], PATIENCE, |_, _| ok()).await;
        let fault = post(&setting.dialler, "https://hooks.example.com/")
            .await
            .unwrap_err();
        assert_eq!(fault, DialFault::Blocked(Blocked(inside.parse().unwrap())));
        let to = Target::parse("https://hooks.example.com/").unwrap();
        assert_eq!(
            setting.dialler.could_dial(&to).await.unwrap_err(),
            fault,
            "at saving, too"
        );
        assert_eq!(setting.server.requests(), 0);
    }
}

/// One public address beside a private one does not help.
#[tokio::test]
async fn one_address_of_the_inside_spoils_all() {
    let answers: &[&[Option<SocketAddr>]] = &[&[None, Some(public("10.0.0.1"))]];
    let setting = setting(answers, PATIENCE, |_, _| ok()).await;
    let fault = post(&setting.dialler, "https://hooks.example.com/")
        .await
        .unwrap_err();
    assert!(matches!(fault, DialFault::Blocked(_)), "{fault:?}");
    assert_eq!(setting.server.requests(), 0);
}

/// S-07: the first look-up says something else than the second. The address that is judged is the one that is dialled, because there is
/// one look-up for both.
#[tokio::test]
async fn a_name_that_changes_between_looks_is_judged_each_time() {
    let answers: &[&[Option<SocketAddr>]] = &[&[None], &[Some(public("127.0.0.1"))]];
    let setting = setting(answers, PATIENCE, |_, _| {
        Step::AnswerAndHangUp(answer("200 OK", "thanks"))
    })
    .await;
    let to = Target::parse("https://hooks.example.com/").unwrap();
    setting.dialler.could_dial(&to).await.unwrap();
    let fault = post(&setting.dialler, "https://hooks.example.com/")
        .await
        .unwrap_err();
    assert_eq!(
        fault,
        DialFault::Blocked(Blocked("127.0.0.1".parse().unwrap()))
    );
    assert_eq!(
        setting.names.asked.load(Ordering::Relaxed),
        2,
        "one look for each"
    );
    assert_eq!(setting.server.requests(), 0);
}

/// S-01, S-02, S-04 at the sending: a number that was saved when it was thought public.
#[tokio::test]
async fn a_public_address_of_this_machine_is_not_dialled() {
    // the address from which this machine speaks to the world, when there is one
    let socket = std::net::UdpSocket::bind("0.0.0.0:0").unwrap();
    let own = socket
        .connect("8.8.8.8:9")
        .and_then(|()| socket.local_addr());
    let Ok(own) = own else { return };
    let setting = setting(
        &[&[Some(SocketAddr::new(own.ip(), 0))]],
        PATIENCE,
        |_, _| ok(),
    )
    .await;
    let fault = post(&setting.dialler, "https://hooks.example.com/")
        .await
        .unwrap_err();
    assert_eq!(fault, DialFault::Blocked(Blocked(own.ip())));
}

/// S-08
#[tokio::test]
async fn no_redirect_is_followed() {
    for (status, location) in [
        ("302 Found", "http://169.254.169.254/latest/meta-data"),
        ("307 Temporary Redirect", "https://elsewhere.example.com/"),
        ("301 Moved Permanently", "https://hooks.example.com/again"),
    ] {
        let head =
            format!("HTTP/1.1 {status}\r\nlocation: {location}\r\ncontent-length: 0\r\n\r\n");
        let setting = setting(&[&[None]], PATIENCE, move |_, _| {
            Step::Answer(head.clone().into_bytes())
        })
        .await;
        let receipt = post(&setting.dialler, "https://hooks.example.com/")
            .await
            .unwrap();
        assert!(status.starts_with(&receipt.status.to_string()));
        assert_eq!(setting.server.requests(), 1);
        assert_eq!(setting.names.asked.load(Ordering::Relaxed), 1);
    }
}

/// S-13: a body of a gigabyte, one that never ends, and one that would be a gigabyte when it was inflated.
#[tokio::test]
async fn of_a_long_answer_the_first_64_kib_are_read() {
    let long = "x".repeat(80_000);
    let setting = setting(&[&[None]], PATIENCE, move |_, _| {
        let head = "HTTP/1.1 200 OK\r\ncontent-length: 1073741824\r\n\r\n";
        Step::AnswerAndHangUp(format!("{head}{long}").into_bytes())
    })
    .await;
    let receipt = post(&setting.dialler, "https://hooks.example.com/")
        .await
        .unwrap();
    assert_eq!((receipt.status, receipt.beginning.len()), (200, 64 * 1024));
}

#[tokio::test]
async fn a_compressed_answer_stays_compressed() {
    let setting = setting(&[&[None]], PATIENCE, |_, _| {
        let head = "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\n";
        Step::Answer([head.as_bytes(), b"\x1f\x8b\x08\x00"].concat())
    })
    .await;
    let receipt = post(&setting.dialler, "https://hooks.example.com/")
        .await
        .unwrap();
    assert_eq!(receipt.beginning, b"\x1f\x8b\x08\x00");
}

/// S-13: one byte now and then. The status counts, and the time for a call ends it.
#[tokio::test]
async fn a_body_that_drips_is_cut_when_the_time_is_over() {
    let setting = setting(&[&[None]], Duration::from_millis(500), |_, _| {
        Step::Drip(b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n".to_vec())
    })
    .await;
    let receipt = post(&setting.dialler, "https://hooks.example.com/")
        .await
        .unwrap();
    assert_eq!(receipt.status, 200);
    assert!(receipt.beginning.len() < 1_000);
}

#[tokio::test]
async fn who_never_answers_is_left_when_the_time_is_over() {
    let setting = setting(&[&[None]], Duration::from_millis(500), |_, _| Step::Silence).await;
    let fault = post(&setting.dialler, "https://hooks.example.com/")
        .await
        .unwrap_err();
    assert_eq!(fault, WireFault::MaybeSent(MaybeSent::Timeout).into());
}

#[tokio::test]
async fn a_name_that_nobody_knows_is_a_fault_of_its_own() {
    let setting = setting(&[&[]], PATIENCE, |_, _| ok()).await;
    let fault = post(&setting.dialler, "https://hooks.example.com/")
        .await
        .unwrap_err();
    assert_eq!(fault, WireFault::NeverSent(NeverSent::NameNotFound).into());
}

/// S-16
#[tokio::test]
async fn a_server_that_cannot_prove_who_it_is_gets_nothing() {
    let wrong_name = setting_with(&[&[None]], PATIENCE, "other.example.com", |_, _| ok()).await;
    let fault = post(&wrong_name.dialler, "https://hooks.example.com/")
        .await
        .unwrap_err();
    assert!(
        matches!(
            fault,
            DialFault::Wire(WireFault::NeverSent(NeverSent::ServerNotTrusted(_)))
        ),
        "{fault:?}"
    );
    let stranger = setting(&[&[None]], PATIENCE, |_, _| ok()).await;
    let here = stranger.server.address.trim_start_matches("https://");
    let here: SocketAddr = here.parse().unwrap();
    let names = MadeUp {
        answers: vec![vec![here]],
        asked: AtomicUsize::new(0),
    };
    let setup = DiallerSetup {
        roots: Roots::BuiltIn,
        names: Arc::new(names),
        connect_timeout: PATIENCE,
        timeout: PATIENCE,
    };
    let dialler = HttpsDialler::with_exempt(setup, vec![here]).unwrap();
    let fault = post(&dialler, "https://hooks.example.com/")
        .await
        .unwrap_err();
    assert!(
        matches!(
            fault,
            DialFault::Wire(WireFault::NeverSent(NeverSent::ServerNotTrusted(_)))
        ),
        "{fault:?}"
    );
    assert_eq!(stranger.server.requests() + wrong_name.server.requests(), 0);
}

#[tokio::test]
async fn nobody_listening_is_not_connected() {
    let setting = setting(&[&[None]], PATIENCE, |_, _| ok()).await;
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let here = silent.local_addr().unwrap();
    drop(silent);
    let names = MadeUp {
        answers: vec![vec![here]],
        asked: AtomicUsize::new(0),
    };
    let setup = DiallerSetup {
        roots: Roots::BuiltIn,
        names: Arc::new(names),
        connect_timeout: PATIENCE,
        timeout: PATIENCE,
    };
    let dialler = HttpsDialler::with_exempt(setup, vec![here]).unwrap();
    let fault = post(&dialler, "https://hooks.example.com/")
        .await
        .unwrap_err();
    let refused = NeverSent::NotConnected(io::ErrorKind::ConnectionRefused);
    assert_eq!(fault, WireFault::NeverSent(refused).into());
    drop(setting);
}

/// Many letters at once share few connections, and each look-up is judged.
#[tokio::test]
async fn connections_are_used_again() {
    let setting = setting(&[&[None]], PATIENCE, |_, _| ok()).await;
    let statuses: Mutex<Vec<u16>> = Mutex::default();
    for _ in 0..10 {
        let receipt = post(&setting.dialler, "https://hooks.example.com/")
            .await
            .unwrap();
        statuses.lock().unwrap().push(receipt.status);
    }
    assert_eq!(setting.server.requests(), 10);
    assert_eq!(setting.server.connections().len(), 1);
    assert_eq!(setting.names.asked.load(Ordering::Relaxed), 1);
}
