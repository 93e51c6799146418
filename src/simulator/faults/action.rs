//! What a fault does to the answer.

use serde::{Deserialize, Serialize};

/// What the client gets to see instead of the honest answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Action {
    /// `result_code=FAIL` with this code, documented or not.
    Code {
        /// The `err_code`.
        code: String,
        /// Its shape; the seed chooses when left out.
        #[serde(default)]
        shape: Option<Shape>,
    },
    /// An HTTP status with nginx's page.
    HttpStatus {
        /// 400 to 599.
        status: u16,
    },
    /// HTTP 200 with an HTML page.
    Html,
    /// HTTP 200 without a body.
    EmptyBody,
    /// HTTP 200 with bytes that are nothing.
    Garbage,
    /// XML that stops in the middle.
    TruncatedXml,
    /// XML with a document type in front.
    Doctype,
    /// XML in which an element occurs twice, with different values.
    DuplicateElement,
    /// XML encoded as GBK.
    OtherEncoding,
    /// XML so long that nobody should read it.
    Oversized {
        /// Length of the body.
        bytes: usize,
    },
    /// An echoed element has another value.
    WrongEcho {
        /// Which.
        element: EchoElement,
    },
    /// An element is missing.
    MissingElement {
        /// Its name.
        name: String,
    },
    /// The query's `status` has a value nobody knows.
    UnknownStatus,
    /// Full-width colons in the times.
    FullWidthTime,
    /// The answer comes late; the request was judged at once.
    Delay {
        /// How late.
        ms: u64,
    },
    /// The answer comes byte by byte.
    Trickle {
        /// Pause between two bytes.
        every_ms: u64,
    },
    /// The connection closes after some bytes of the answer, HTTP head included.
    CutAnswer {
        /// How many bytes get through.
        after_bytes: usize,
    },
    /// The connection closes without an answer; with `never`, before anything was booked.
    Close,
    /// The connection is reset without an answer.
    Reset,
    /// The request is held back on its way: the connection closes without an answer after this
    /// time, and only then the request reaches the judge.
    ArriveLate {
        /// How late.
        ms: u64,
    },
    /// The request reaches the judge twice, one straight after the other.
    DeliverTwice,
    /// The order is accepted and pending: the transfer answers `SYSTEMERROR`, queries answer
    /// `PROCESSING`, and after this time it succeeds or fails.
    Accept {
        /// How long it is pending.
        ms: u64,
        /// How it ends.
        then: Outcome,
    },
    /// The payout succeeds, but queries answer `NOT_FOUND` for this time.
    HideFor {
        /// How long.
        ms: u64,
    },
    /// The connection closes after the HTTP head was read (rules without openid and number only).
    CloseUnread,
    /// The connection is reset after some bytes of the body (rules as above).
    ResetMidRequest {
        /// How many bytes are read.
        after_bytes: usize,
    },
    /// The connection closes instead of a TLS handshake (rules that match nothing in a request).
    RefuseHandshake,
}

/// Whether the request is carried out behind the fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Booking {
    /// As without the fault.
    AsUsual,
    /// Judged, but not carried out.
    Never,
}

/// How a pending order ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// `status=SUCCESS`.
    Success,
    /// `status=FAILED`.
    Failure,
}

/// The shapes of a refusal (reference §1.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// B: `return_code=SUCCESS`, `result_code=FAIL`, `err_code`.
    Business,
    /// C: `return_code=FAIL` and a message, nothing else.
    Communication,
    /// D: `return_code=FAIL`, `result_code=FAIL`, `err_code`.
    Both,
}

/// An element that repeats what the request said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EchoElement {
    /// `mchid` / `mch_id`.
    Mchid,
    /// `mch_appid` / `appid`.
    AppId,
    /// `partner_trade_no`.
    PartnerTradeNo,
    /// `openid` (query only).
    OpenId,
    /// `payment_amount` (query only).
    Amount,
}

/// Where a fault acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// Before the TLS handshake.
    Connection,
    /// After the HTTP head.
    Head,
    /// After the whole request.
    Request,
}

impl Action {
    /// Its name, as in JSON.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Code { .. } => "code",
            Self::HttpStatus { .. } => "http_status",
            Self::Html => "html",
            Self::EmptyBody => "empty_body",
            Self::Garbage => "garbage",
            Self::TruncatedXml => "truncated_xml",
            Self::Doctype => "doctype",
            Self::DuplicateElement => "duplicate_element",
            Self::OtherEncoding => "other_encoding",
            Self::Oversized { .. } => "oversized",
            Self::WrongEcho { .. } => "wrong_echo",
            Self::MissingElement { .. } => "missing_element",
            Self::UnknownStatus => "unknown_status",
            Self::FullWidthTime => "full_width_time",
            Self::Delay { .. } => "delay",
            Self::Trickle { .. } => "trickle",
            Self::CutAnswer { .. } => "cut_answer",
            Self::Close => "close",
            Self::Reset => "reset",
            Self::ArriveLate { .. } => "arrive_late",
            Self::DeliverTwice => "deliver_twice",
            Self::Accept { .. } => "accept",
            Self::HideFor { .. } => "hide_for",
            Self::CloseUnread => "close_unread",
            Self::ResetMidRequest { .. } => "reset_mid_request",
            Self::RefuseHandshake => "refuse_handshake",
        }
    }

    pub(super) fn stage(&self) -> Stage {
        if matches!(self, Self::RefuseHandshake) {
            Stage::Connection
        } else if matches!(self, Self::CloseUnread | Self::ResetMidRequest { .. }) {
            Stage::Head
        } else {
            Stage::Request
        }
    }

    /// The booking that goes without saying.
    pub(super) fn usual_booking(&self) -> Booking {
        if matches!(self, Self::Code { .. } | Self::HttpStatus { .. }) {
            Booking::Never
        } else {
            Booking::AsUsual
        }
    }
}
