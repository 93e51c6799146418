//! A small TLS server that follows a script and remembers who asked for what over which connection.

use std::sync::{Arc, Mutex};

use rustls::crypto::{CryptoProvider, ring};
use rustls::server::WebPkiClientVerifier;
use rustls::server::danger::ClientCertVerifier;
use rustls::{RootCertStore, ServerConfig, SignatureScheme, SupportedProtocolVersion};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::certificates::{Authority, Pair};

/// What the server does about one request of a connection.
#[derive(Clone)]
pub(super) enum Step {
    /// Reads it and answers with these bytes.
    Answer(Vec<u8>),
    /// Reads it, answers and closes the connection without saying so in the answer.
    AnswerAndHangUp(Vec<u8>),
    /// Closes the connection before it reads anything.
    HangUp,
    /// Reads it and closes the connection.
    ReadAndHangUp,
    /// Reads it and never answers.
    Silence,
    /// Answers and then sends one byte of body every 20 ms.
    Drip(Vec<u8>),
}

/// What was seen of one connection.
#[derive(Clone, Default)]
pub(super) struct Connection {
    pub(super) certificate: Option<Vec<u8>>,
    pub(super) requests: Vec<Vec<u8>>,
}

/// Whose certificates the server accepts.
pub(super) enum Doorman<'a> {
    Required(&'a Authority),
    /// Also required, but only keys are acceptable that our identities do not have, so that they come without.
    RequiredRsa(&'a Authority),
    Nobody,
}

type Script = Arc<dyn Fn(usize, usize) -> Step + Send + Sync>;
type Seen = Arc<Mutex<Vec<Connection>>>;

pub(super) struct Server {
    pub(super) address: String,
    seen: Seen,
    task: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    /// Listens on 127.0.0.1. The script is asked with the connection's and the request's number, both from 0.
    pub(super) async fn start(
        pair: &Pair,
        doorman: Doorman<'_>,
        versions: &[&'static SupportedProtocolVersion],
        script: impl Fn(usize, usize) -> Step + Send + Sync + 'static,
    ) -> Self {
        let provider = Arc::new(ring::default_provider());
        let config = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_protocol_versions(versions)
            .unwrap();
        let config = match doorman {
            Doorman::Nobody => config.with_no_client_auth(),
            Doorman::Required(authority) => {
                config.with_client_cert_verifier(accepting(authority, provider))
            }
            Doorman::RequiredRsa(authority) => {
                config.with_client_cert_verifier(accepting(authority, Arc::new(rsa_only())))
            }
        };
        let (certificate, key) = pair.for_rustls();
        let config = config.with_single_cert(vec![certificate], key).unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!(
            "https://127.0.0.1:{}",
            listener.local_addr().unwrap().port()
        );
        let seen = Seen::default();
        let script: Script = Arc::new(script);
        let task = tokio::spawn(serve(listener, acceptor, Arc::clone(&seen), script));
        Self {
            address,
            seen,
            task,
        }
    }

    /// The connections whose handshake succeeded.
    pub(super) fn connections(&self) -> Vec<Connection> {
        self.seen.lock().unwrap().clone()
    }

    pub(super) fn requests(&self) -> usize {
        self.connections().iter().map(|c| c.requests.len()).sum()
    }
}

/// A provider that takes signatures of one kind only.
fn rsa_only() -> CryptoProvider {
    let mut provider = ring::default_provider();
    let algorithms = &mut provider.signature_verification_algorithms;
    algorithms.mapping = algorithms
        .mapping
        .chunks(1)
        .find(|one| one[0].0 == SignatureScheme::RSA_PSS_SHA256)
        .unwrap();
    provider
}

fn accepting(authority: &Authority, provider: Arc<CryptoProvider>) -> Arc<dyn ClientCertVerifier> {
    let mut roots = RootCertStore::empty();
    roots.add(authority.der()).unwrap();
    WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider)
        .build()
        .unwrap()
}

async fn serve(listener: TcpListener, acceptor: TlsAcceptor, seen: Seen, script: Script) {
    loop {
        let (socket, _) = listener.accept().await.unwrap();
        tokio::spawn(one_connection(
            socket,
            acceptor.clone(),
            Arc::clone(&seen),
            Arc::clone(&script),
        ));
    }
}

async fn one_connection(socket: TcpStream, acceptor: TlsAcceptor, seen: Seen, script: Script) {
    let Ok(mut stream) = acceptor.accept(socket).await else {
        return;
    };
    let certificate = stream
        .get_ref()
        .1
        .peer_certificates()
        .and_then(<[_]>::first)
        .map(|certificate| certificate.to_vec());
    let number = {
        let mut seen = seen.lock().unwrap();
        seen.push(Connection {
            certificate,
            requests: Vec::new(),
        });
        seen.len() - 1
    };
    for request in 0.. {
        let step = script(number, request);
        if matches!(step, Step::HangUp) {
            return;
        }
        let Some(bytes) = read_request(&mut stream).await else {
            return;
        };
        seen.lock().unwrap()[number].requests.push(bytes);
        match step {
            Step::Answer(bytes) => stream.write_all(&bytes).await.unwrap(),
            Step::AnswerAndHangUp(bytes) => {
                stream.write_all(&bytes).await.unwrap();
                return;
            }
            Step::HangUp | Step::ReadAndHangUp => return,
            Step::Silence => std::future::pending().await,
            Step::Drip(bytes) => drip(&mut stream, &bytes).await,
        }
    }
}

async fn drip(stream: &mut TlsStream<TcpStream>, head: &[u8]) {
    let mut ticks = tokio::time::interval(std::time::Duration::from_millis(20));
    let mut open = stream.write_all(head).await.is_ok();
    while open {
        ticks.tick().await;
        open = stream.write_all(b"x").await.is_ok() && stream.flush().await.is_ok();
    }
}

/// Head and body of one request, or nothing when the client hung up.
async fn read_request(stream: &mut TlsStream<TcpStream>) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    loop {
        if let Some(whole) = length_of(&bytes)
            && bytes.len() >= whole
        {
            return Some(bytes);
        }
        let mut chunk = [0; 4096];
        match stream.read(&mut chunk).await {
            Ok(0) | Err(_) => return None,
            Ok(count) => bytes.extend_from_slice(&chunk[..count]),
        }
    }
}

fn length_of(bytes: &[u8]) -> Option<usize> {
    let head = bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(&bytes[..head]).unwrap().to_lowercase();
    let length = text
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .unwrap();
    Some(head + length.parse::<usize>().unwrap())
}

/// A whole answer with a length.
pub(super) fn answer(status: &str, body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: text/xml\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}
