//! What the client gets: an answer with its pace, or a connection that ends.

/// The outcome of one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What the client gets to see.
    pub delivery: Delivery,
    /// Whether this very request made money move.
    pub booked: bool,
}

/// What happens on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// An HTTP answer.
    Reply(Reply),
    /// No answer: the connection ends.
    End {
        /// After how many milliseconds.
        after_ms: u64,
        /// How it ends.
        ending: Ending,
    },
}

/// How a connection ends without an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Closed (FIN).
    Closed,
    /// Reset (RST).
    Reset,
}

/// An HTTP answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The `Content-Type` header.
    pub content_type: &'static str,
    /// The body.
    pub body: Vec<u8>,
    /// How long the answer is held back, in milliseconds.
    pub delay_ms: u64,
    /// How the bytes go out.
    pub pace: Pace,
}

/// How the bytes of an answer go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// All at once.
    Whole,
    /// After so many bytes, HTTP head included, the connection closes.
    CutAfter(usize),
    /// One byte in so many milliseconds.
    Trickle(u64),
}

pub(super) const XML: &str = "text/xml; charset=utf-8";
pub(super) const HTML: &str = "text/html";

impl Reply {
    pub(super) fn whole(status: u16, content_type: &'static str, body: Vec<u8>) -> Self {
        Self {
            status,
            content_type,
            body,
            delay_ms: 0,
            pace: Pace::Whole,
        }
    }

    /// A page as nginx writes it.
    pub(super) fn page(status: u16, title: &str, detail: Option<&str>) -> Self {
        let heading = match detail {
            Some(detail) => {
                format!("<center><h1>400 Bad Request</h1></center>\r\n<center>{detail}</center>")
            }
            None => format!("<center><h1>{title}</h1></center>"),
        };
        let body = format!(
            "<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n{heading}\r\n\
             <hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
        );
        Self::whole(status, HTML, body.into_bytes())
    }

    /// nginx's page for a plain HTTP status.
    pub(super) fn status_page(status: u16) -> Self {
        let words = match status {
            404 => "Not Found",
            405 => "Not Allowed",
            413 => "Request Entity Too Large",
            429 => "Too Many Requests",
            500 => "Internal Server Error",
            502 => "Bad Gateway",
            503 => "Service Temporarily Unavailable",
            504 => "Gateway Time-out",
            _ => "Error",
        };
        Self::page(status, &format!("{status} {words}"), None)
    }
}

impl Answer {
    pub(super) fn unbooked(reply: Reply) -> Self {
        Self {
            delivery: Delivery::Reply(reply),
            booked: false,
        }
    }
}
