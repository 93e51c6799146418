//! Requests written byte by byte, for what no HTTP library would send.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::House;

/// What came back.
#[derive(Clone, Debug)]
pub struct RawAnswer {
    /// The status; 0 when the connection ended without an answer.
    pub status: u16,
    /// Status line and headers.
    pub head: String,
    /// The body, as far as it came.
    pub body: String,
    /// Whether the server ended the connection.
    pub closed: bool,
}

impl RawAnswer {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim())
        })
    }

    /// The problem's code.
    pub fn code(&self) -> String {
        let body: serde_json::Value = serde_json::from_str(&self.body).unwrap_or_default();
        body["code"].as_str().unwrap_or_default().to_owned()
    }
}

/// Sends these bytes over one connection and reads the first answer.
pub async fn raw(house: &House, bytes: &[u8]) -> RawAnswer {
    let mut stream = TcpStream::connect(house.address()).await.unwrap();
    // the server may have answered and closed before everything was written
    let _written = stream.write_all(bytes).await;
    let mut received = Vec::new();
    let mut closed = false;
    let (mut status, mut head, mut body) = (0, String::new(), String::new());
    loop {
        let mut chunk = vec![0; 16 * 1024];
        match stream.read(&mut chunk).await {
            Ok(0) | Err(_) => closed = true,
            Ok(count) => received.extend_from_slice(&chunk[..count]),
        }
        let text = String::from_utf8_lossy(&received).into_owned();
        if let Some((first, rest)) = text.split_once("\r\n\r\n") {
            (head, body) = (first.to_owned(), rest.to_owned());
            status = head
                .split(' ')
                .nth(1)
                .and_then(|text| text.parse().ok())
                .unwrap_or(0);
        }
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length")
                .then(|| value.trim().parse::<usize>().unwrap())
        });
        let ends = head.to_lowercase().contains("connection: close");
        let whole = status != 0 && length.is_some_and(|length| body.len() >= length);
        if closed || (whole && !ends) {
            return RawAnswer {
                status,
                head,
                body,
                closed,
            };
        }
    }
}
