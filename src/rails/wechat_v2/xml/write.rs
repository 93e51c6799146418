//! The writer. What it writes for given fields never changes: stored requests are compared and sent again.

use super::is_xml_char;

/// A value with a character that XML cannot carry, or a name that is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a text with a character that XML does not allow")]
pub struct NotXmlText;

/// Writes the fields in the given order, one on each line.
pub fn write(fields: &[(&str, &str)]) -> Result<Vec<u8>, NotXmlText> {
    let mut out = String::from("<xml>\n");
    for (name, value) in fields {
        if !value.chars().all(is_xml_char) {
            return Err(NotXmlText);
        }
        out.push_str("  <");
        out.push_str(name);
        out.push('>');
        push_value(&mut out, value);
        out.push_str("</");
        out.push_str(name);
        out.push_str(">\n");
    }
    out.push_str("</xml>");
    Ok(out.into_bytes())
}

/// Plain where nothing needs quoting, else CDATA as the documentation's samples have it. CDATA cannot hold its
/// own end, and a parser turns a carriage return in it into a line feed: such values are escaped.
fn push_value(out: &mut String, value: &str) {
    if value
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"_-.:".contains(&b))
    {
        out.push_str(value);
    } else if value.contains("]]>") || value.contains('\r') {
        for c in value.chars() {
            match c {
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '&' => out.push_str("&amp;"),
                '\r' => out.push_str("&#13;"),
                other => out.push(other),
            }
        }
    } else {
        out.push_str("<![CDATA[");
        out.push_str(value);
        out.push_str("]]>");
    }
}
