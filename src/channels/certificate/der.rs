//! DER, read strictly: definite and shortest lengths only, one byte of tag, nothing deeper than 16.
//!
//! It serves what has to be known before a library may touch the bytes: what a file is, how much work a p12 asks
//! for, which numbers a key has. It never recurses, so no input can exhaust the stack.

/// The tags that occur.
pub(super) mod tag {
    pub(crate) const INTEGER: u8 = 0x02;
    pub(crate) const BIT_STRING: u8 = 0x03;
    pub(crate) const OCTET_STRING: u8 = 0x04;
    pub(crate) const OID: u8 = 0x06;
    pub(crate) const SEQUENCE: u8 = 0x30;
    pub(crate) const SET: u8 = 0x31;
    /// `[0]`, holding bytes.
    pub(crate) const CONTEXT_0_PRIMITIVE: u8 = 0x80;
    /// `[0]`, holding elements.
    pub(crate) const CONTEXT_0: u8 = 0xa0;
}

/// No certificate, key or p12 nests deeper; the deepest that OpenSSL writes has 10 levels.
const MAX_DEPTH: usize = 16;

/// The bytes are not the DER that was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NotDer;

/// One element: its tag and its content.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element<'a> {
    pub(super) tag: u8,
    pub(super) body: &'a [u8],
}

/// Reads elements one after another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(super) const fn is_at_end(&self) -> bool {
        self.0.is_empty()
    }

    /// The tag of what comes next.
    pub(super) fn peek(&self) -> Option<u8> {
        self.0.first().copied()
    }

    pub(super) fn next(&mut self) -> Result<Element<'a>, NotDer> {
        let (&tag, rest) = self.0.split_first().ok_or(NotDer)?;
        // a tag of several bytes occurs in none of our formats
        if tag & 0x1f == 0x1f {
            return Err(NotDer);
        }
        let (length, rest) = length(rest)?;
        let (body, rest) = rest.split_at_checked(length).ok_or(NotDer)?;
        self.0 = rest;
        Ok(Element { tag, body })
    }

    /// The content of the next element, which must have this tag.
    pub(super) fn take(&mut self, tag: u8) -> Result<&'a [u8], NotDer> {
        let element = self.next()?;
        if element.tag == tag {
            Ok(element.body)
        } else {
            Err(NotDer)
        }
    }

    /// The same, to be read in turn.
    pub(super) fn enter(&mut self, tag: u8) -> Result<Reader<'a>, NotDer> {
        self.take(tag).map(Reader)
    }

    /// A positive integer without the zero byte that keeps it positive.
    pub(super) fn positive(&mut self) -> Result<&'a [u8], NotDer> {
        positive(self.take(tag::INTEGER)?)
    }

    /// A positive integer of at most 64 bits; a larger one is `u64::MAX`, which every limit refuses.
    pub(super) fn small(&mut self) -> Result<u64, NotDer> {
        let digits = self.positive()?;
        if digits.len() > 8 {
            return Ok(u64::MAX);
        }
        Ok(digits
            .iter()
            .fold(0, |sum, digit| (sum << 8) | u64::from(*digit)))
    }

    /// Nothing may be left.
    pub(super) const fn end(self) -> Result<(), NotDer> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(NotDer)
        }
    }
}

fn length(bytes: &[u8]) -> Result<(usize, &[u8]), NotDer> {
    let (&first, rest) = bytes.split_first().ok_or(NotDer)?;
    if first < 0x80 {
        return Ok((usize::from(first), rest));
    }
    // 0x80 is the indefinite length of BER; four length bytes would be more than 16 MiB
    let count = usize::from(first & 0x7f);
    if !(1..=3).contains(&count) {
        return Err(NotDer);
    }
    let (digits, rest) = rest.split_at_checked(count).ok_or(NotDer)?;
    let length = digits
        .iter()
        .fold(0_usize, |sum, digit| (sum << 8) | usize::from(*digit));
    let shortest = length >= 0x80 && digits.first().is_some_and(|digit| *digit != 0);
    if shortest {
        Ok((length, rest))
    } else {
        Err(NotDer)
    }
}

fn positive(body: &[u8]) -> Result<&[u8], NotDer> {
    match body {
        [] | [0] => Err(NotDer),
        [0, digits @ ..] if digits.first().is_some_and(|digit| *digit >= 0x80) => Ok(digits),
        [first, ..] if (1..0x80).contains(first) => Ok(body),
        _ => Err(NotDer),
    }
}

/// Exactly one element, well formed down to the last level that is visible without a key.
pub(super) fn check(bytes: &[u8]) -> Result<(), NotDer> {
    let mut outermost = Reader::new(bytes);
    outermost.next()?;
    outermost.end()?;
    let mut open = vec![Reader::new(bytes)];
    while let Some(reader) = open.last_mut() {
        if reader.is_at_end() {
            open.pop();
            continue;
        }
        let element = reader.next()?;
        let constructed = element.tag & 0x20 != 0;
        // a string in pieces is BER
        if constructed
            && element.tag & 0xc0 == 0
            && !matches!(element.tag, tag::SEQUENCE | tag::SET)
        {
            return Err(NotDer);
        }
        if constructed {
            if open.len() >= MAX_DEPTH {
                return Err(NotDer);
            }
            open.push(Reader::new(element.body));
        }
    }
    Ok(())
}

/// Writes one element around the parts.
pub(super) fn write(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let digits: Vec<u8> = length
        .to_be_bytes()
        .into_iter()
        .skip_while(|digit| *digit == 0)
        .collect();
    let mut out = Vec::with_capacity(length.saturating_add(9));
    out.push(tag);
    match u8::try_from(length) {
        Ok(short) if short < 0x80 => out.push(short),
        _ => {
            out.push(0x80 | u8::try_from(digits.len()).unwrap_or(8));
            out.extend_from_slice(&digits);
        }
    }
    for part in parts {
        out.extend_from_slice(part);
    }
    out
}
