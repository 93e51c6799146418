//! Writing an answer: elements in any order, CDATA or plain, now and then one nobody expects.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::chance::Chance;

/// The elements of an answer.
pub(super) type Fields = Vec<(Cow<'static, str>, String)>;

/// How much answers vary in what the protocol leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Variety {
    /// Order of elements, CDATA, extra elements and the shape of refusals come from the seed.
    #[default]
    Seeded,
    /// Always the same plain way, refusals in shape B: for demonstrations and golden files.
    Plain,
}

/// Puts the elements into XML.
pub(super) fn render(mut fields: Fields, variety: Variety, chance: &mut Chance) -> String {
    if variety == Variety::Seeded {
        if chance.one_in(8) {
            fields.push((Cow::Borrowed("ext_hint_v9"), chance.nonce()));
        }
        chance.shuffle(&mut fields);
    }
    let mut xml = String::with_capacity(1024);
    xml.push_str("<xml>");
    for (name, value) in &fields {
        let plain = match variety {
            Variety::Seeded => chance.one_in(4) || name == "payment_amount",
            Variety::Plain => name == "payment_amount",
        };
        let separator = if variety == Variety::Plain || chance.one_in(2) {
            "\n"
        } else {
            ""
        };
        xml.push_str(separator);
        element(&mut xml, name, value, plain);
    }
    xml.push_str("\n</xml>");
    xml
}

/// Writes one element.
fn element(xml: &mut String, name: &str, value: &str, plain: bool) {
    let (open, value, close) = if plain {
        ("", quick_xml::escape::escape(value), "")
    } else {
        (
            "<![CDATA[",
            value.replace("]]>", "]]]]><![CDATA[>").into(),
            "]]>",
        )
    };
    for part in ["<", name, ">", open, &value, close, "</", name, ">"] {
        xml.push_str(part);
    }
}
