//! One request as it arrives at the front, and what can be read from it before judging.

use std::borrow::Cow;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use super::certificates::CertificateInfo;
use super::codes;
use super::judge::Refused;
use super::xml;

/// The two calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Endpoint {
    /// `/mmpaymkttransfers/promotion/transfers`
    Transfers,
    /// `/mmpaymkttransfers/gettransferinfo`
    GetTransferInfo,
}

impl Endpoint {
    /// Which call a path means.
    pub fn of_path(path: &str) -> Option<Self> {
        match path {
            "/mmpaymkttransfers/promotion/transfers" => Some(Self::Transfers),
            "/mmpaymkttransfers/gettransferinfo" => Some(Self::GetTransferInfo),
            _ => None,
        }
    }

    /// The path of the call.
    pub fn path(self) -> &'static str {
        match self {
            Self::Transfers => "/mmpaymkttransfers/promotion/transfers",
            Self::GetTransferInfo => "/mmpaymkttransfers/gettransferinfo",
        }
    }

    /// How this call spells the merchant number.
    pub(super) fn merchant_element(self) -> &'static str {
        match self {
            Self::Transfers => "mchid",
            Self::GetTransferInfo => "mch_id",
        }
    }

    /// How this call spells the AppID.
    pub(super) fn app_element(self) -> &'static str {
        match self {
            Self::Transfers => "mch_appid",
            Self::GetTransferInfo => "appid",
        }
    }
}

/// One POST request.
#[derive(Debug, Clone, Copy)]
pub struct Arrival<'a> {
    /// The client certificate; `None` when none was presented.
    pub certificate: Option<&'a CertificateInfo>,
    /// Where it comes from; `None` skips the address check.
    pub source: Option<IpAddr>,
    /// The `Content-Type` header.
    pub content_type: Option<&'a str>,
    /// The path.
    pub path: &'a str,
    /// The body.
    pub body: &'a [u8],
}

impl<'a> Arrival<'a> {
    /// A request with the content type a good client sends.
    pub fn new(certificate: &'a CertificateInfo, endpoint: Endpoint, body: &'a [u8]) -> Self {
        Self {
            certificate: Some(certificate),
            source: None,
            content_type: Some("text/xml; charset=utf-8"),
            path: endpoint.path(),
            body,
        }
    }
}

/// The elements of a request, in its order.
#[derive(Debug, Default)]
pub(super) struct Elements(Vec<(String, String)>);

impl Elements {
    /// Decodes and parses a body.
    pub(super) fn read(arrival: &Arrival<'_>) -> Result<Self, Refused> {
        let text = decode(arrival.content_type, arrival.body)?;
        match xml::read(&text) {
            Ok(elements) => Ok(Self(elements)),
            Err(fault) => Err(Refused::with(
                codes::XML_ERROR,
                format!("{}（{fault}）", codes::XML_ERROR.text),
            )),
        }
    }

    /// A value that is present and not empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(known, _)| known == name)?;
        Some(value.as_str()).filter(|value| !value.is_empty())
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// A body without a charset is read byte by byte, which is how Chinese text comes to fail the
/// signature check (reference §1.1).
fn decode<'a>(content_type: Option<&str>, body: &'a [u8]) -> Result<Cow<'a, str>, Refused> {
    let header = content_type.unwrap_or_default().to_ascii_lowercase();
    let charset = header
        .split(';')
        .find_map(|part| part.trim().strip_prefix("charset="));
    match charset.map(|name| name.trim_matches('"')) {
        Some("utf-8" | "utf8") => match std::str::from_utf8(body) {
            Ok(text) => Ok(Cow::Borrowed(text)),
            Err(_) => Err(Refused::plain(codes::PARAM_IS_NOT_UTF8)),
        },
        Some(_) => Err(Refused::plain(codes::PARAM_IS_NOT_UTF8)),
        None => Ok(Cow::Owned(body.iter().copied().map(char::from).collect())),
    }
}
