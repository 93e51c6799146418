//! Reading a form that may carry files: counted while it arrives, kept in memory, never in a file.
//!
//! `security.md` §6. A body that is too large is read on for a while and thrown away, because a browser shows no answer to a body that it could
//! not finish sending.

use std::time::Duration;

use actix_multipart::{Field, Multipart};
use actix_web::http::header;
use actix_web::{HttpRequest, web};
use futures_util::StreamExt as _;
use futures_util::stream;
use zeroize::Zeroizing;

/// How much of a body that is too large is read on.
const READ_ON: usize = 8 * 1024 * 1024;

/// How long a body may take: a phone on a bad line sends 256 KiB in this time.
const MOST_TIME: Duration = Duration::from_secs(30);

/// How large one text of a form may be.
const MOST_TEXT: usize = 4 * 1024;

/// What a form may hold.
#[derive(Clone, Copy, Debug)]
pub(super) struct FormLimits {
    /// All of the body.
    pub(super) bytes: usize,
    /// Fields and files together.
    pub(super) parts: usize,
}

/// One file as it arrived.
pub(super) struct FormFile {
    field: String,
    /// The name that the browser gave.
    pub(super) name: String,
    /// What is in it.
    pub(super) bytes: Zeroizing<Vec<u8>>,
}

/// A form that was read.
#[derive(Default)]
pub(super) struct FormBody {
    texts: Vec<(String, Zeroizing<String>)>,
    /// In their order. A file field in which nothing was chosen gives none.
    files: Vec<FormFile>,
}

/// Why a form is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FormFault {
    /// More bytes or parts than it may hold.
    TooLarge,
    /// Not of a form's type.
    NotAForm,
    /// Cut, or malformed.
    Unreadable,
}

impl FormBody {
    /// The first text of a name; empty when there is none.
    pub(super) fn text(&self, name: &str) -> &str {
        self.texts
            .iter()
            .find(|(known, _)| known == name)
            .map_or("", |(_, text)| text)
    }

    /// Whether a file came in a field.
    pub(super) fn has_file(&self, field: &str) -> bool {
        self.files.iter().any(|file| file.field == field)
    }

    /// The files of one field.
    pub(super) fn into_files(self, field: &str) -> Vec<FormFile> {
        self.files
            .into_iter()
            .filter(|file| file.field == field)
            .collect()
    }
}

/// Reads a form of either kind.
pub(super) async fn read(
    request: &HttpRequest,
    payload: web::Payload,
    limits: FormLimits,
) -> Result<FormBody, FormFault> {
    let kind = kind_of(request)?;
    let whole = tokio::time::timeout(MOST_TIME, collect(payload, limits.bytes))
        .await
        .map_err(|_| FormFault::Unreadable)??;
    match kind {
        Kind::Texts => read_texts(&whole, limits),
        Kind::Parts => read_parts(request, &whole, limits).await,
    }
}

enum Kind {
    Texts,
    Parts,
}

fn kind_of(request: &HttpRequest) -> Result<Kind, FormFault> {
    let content_type = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("multipart/form-data") {
        Ok(Kind::Parts)
    } else if essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        Ok(Kind::Texts)
    } else {
        Err(FormFault::NotAForm)
    }
}

async fn collect(mut payload: web::Payload, most: usize) -> Result<Zeroizing<Vec<u8>>, FormFault> {
    // all the room at once: a vector that grows leaves copies of a key behind
    let mut whole = Zeroizing::new(Vec::with_capacity(most));
    let mut arrived = 0_usize;
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| FormFault::Unreadable)?;
        arrived = arrived.saturating_add(chunk.len());
        if arrived <= most {
            whole.extend_from_slice(&chunk);
        } else if arrived > READ_ON {
            break;
        }
    }
    if arrived > most {
        return Err(FormFault::TooLarge);
    }
    Ok(whole)
}

fn read_texts(whole: &[u8], limits: FormLimits) -> Result<FormBody, FormFault> {
    let mut body = FormBody::default();
    for (number, (name, text)) in url::form_urlencoded::parse(whole).enumerate() {
        if number >= limits.parts || text.len() > MOST_TEXT {
            return Err(FormFault::TooLarge);
        }
        body.texts
            .push((name.into_owned(), Zeroizing::new(text.into_owned())));
    }
    Ok(body)
}

async fn read_parts(
    request: &HttpRequest,
    whole: &[u8],
    limits: FormLimits,
) -> Result<FormBody, FormFault> {
    let bytes = web::Bytes::copy_from_slice(whole);
    let mut parts = Multipart::new(request.headers(), stream::iter([Ok(bytes)]));
    let mut body = FormBody::default();
    let mut number = 0_usize;
    while let Some(part) = parts.next().await {
        let part = part.map_err(|_| FormFault::Unreadable)?;
        number = number.saturating_add(1);
        if number > limits.parts {
            return Err(FormFault::TooLarge);
        }
        take(part, whole.len(), &mut body).await?;
    }
    Ok(body)
}

async fn take(mut part: Field, most: usize, body: &mut FormBody) -> Result<(), FormFault> {
    let field = part.name().ok_or(FormFault::Unreadable)?.to_owned();
    let file = part
        .content_disposition()
        .and_then(|disposition| disposition.get_filename())
        .map(str::to_owned);
    let most = if file.is_some() { most } else { MOST_TEXT };
    let mut bytes = Zeroizing::new(Vec::with_capacity(most));
    while let Some(chunk) = part.next().await {
        let chunk = chunk.map_err(|_| FormFault::Unreadable)?;
        if bytes.len().saturating_add(chunk.len()) > most {
            return Err(FormFault::TooLarge);
        }
        bytes.extend_from_slice(&chunk);
    }
    match file {
        Some(name) if name.is_empty() && bytes.is_empty() => {}
        Some(name) => body.files.push(FormFile { field, name, bytes }),
        None => {
            let text = std::str::from_utf8(&bytes).map_err(|_| FormFault::Unreadable)?;
            body.texts.push((field, Zeroizing::new(text.to_owned())));
        }
    }
    Ok(())
}
