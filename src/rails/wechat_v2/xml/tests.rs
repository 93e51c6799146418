//! What is read, what is refused, and that the two halves agree. Group X of the catalogue is in `tests/wire`.

use proptest::prelude::*;

use super::{ELEMENTS_MOST, NAME_MOST_BYTES, NotXmlText, VALUE_MOST_BYTES, XmlFault, read, write};

fn value_of(document: &str) -> String {
    read(document.as_bytes())
        .unwrap()
        .get("a")
        .unwrap()
        .to_owned()
}

#[test]
fn plain_text_cdata_entities_and_numbers_say_the_same() {
    for document in [
        "<xml><a>1 < 2 & \"3\" '4' 好</a></xml>"
            .replace('&', "&amp;")
            .replace("< 2", "&lt; 2"),
        "<xml><a><![CDATA[1 < 2 & \"3\" '4' 好]]></a></xml>".to_owned(),
        "<xml><a>1 &lt; 2 &amp; &quot;3&quot; &apos;4&apos; 好</a></xml>".to_owned(),
        "<xml><a>&#49; &#60; &#x32; &#38; &#34;3&#34; &#39;4&#39; &#22909;</a></xml>".to_owned(),
        "<xml><a>1 <![CDATA[<]]> 2<![CDATA[ & ]]>\"3\" '4' &#x597d;</a></xml>".to_owned(),
    ] {
        assert_eq!(value_of(&document), "1 < 2 & \"3\" '4' 好", "{document}");
    }
}

#[test]
fn layout_between_elements_and_around_the_root_is_nothing() {
    let fields = read(b"\n <xml>\r\n\t<a>1</a>\n<b></b><c/> </xml>\n \n").unwrap();
    assert_eq!(
        fields.iter().collect::<Vec<_>>(),
        [("a", "1"), ("b", ""), ("c", "")]
    );
    assert_eq!(fields.filled("b"), None);
    assert_eq!(read(b"<xml/>").unwrap().iter().count(), 0);
}

#[test]
fn values_keep_their_white_space_with_line_ends_as_xml_says() {
    assert_eq!(value_of("<xml><a> 1\t</a></xml>"), " 1\t");
    assert_eq!(value_of("<xml><a>1\r\n2\r3</a></xml>"), "1\n2\n3");
    assert_eq!(value_of("<xml><a>1&#13;2</a></xml>"), "1\r2");
}

#[test]
fn everything_that_is_not_the_protocol_is_refused() {
    let cases: &[(&str, XmlFault)] = &[
        ("", XmlFault::Root),
        ("   ", XmlFault::Root),
        ("ok", XmlFault::Root),
        ("<html><body>login</body></html>", XmlFault::Root),
        ("<XML><a>1</a></XML>", XmlFault::Root),
        ("<x:xml xmlns:x=\"u\"/>", XmlFault::Foreign),
        ("<xml xmlns=\"u\"><a>1</a></xml>", XmlFault::Foreign),
        ("<xml><a x=\"1\">1</a></xml>", XmlFault::Foreign),
        ("<xml><x:a>1</x:a></xml>", XmlFault::Foreign),
        ("<xml><é>1</é></xml>", XmlFault::Foreign),
        ("<xml><a><!-- c -->1</a></xml>", XmlFault::Foreign),
        ("<xml><?php x?></xml>", XmlFault::Foreign),
        ("<xml><a>1</a></xml><?x?>", XmlFault::Foreign),
        ("<xml><a>&copy;</a></xml>", XmlFault::Foreign),
        ("<!DOCTYPE xml><xml><a>1</a></xml>", XmlFault::Foreign),
        ("<xml><a><b>1</b></a></xml>", XmlFault::NotFlat),
        ("<xml>text<a>1</a></xml>", XmlFault::NotFlat),
        ("<xml><![CDATA[x]]></xml>", XmlFault::NotFlat),
        ("<xml>&#32;</xml>", XmlFault::NotFlat),
        ("<xml><a>1</a><a>2</a></xml>", XmlFault::Repeated),
        ("<xml><a>1</a><a>1</a></xml>", XmlFault::Repeated),
        ("<xml><a/><a/></xml>", XmlFault::Repeated),
        ("<xml><a>1</a></xml><xml/>", XmlFault::Trailing),
        ("<xml><a>1</a></xml>x", XmlFault::Trailing),
        ("<xml><a>1</a></xml>&#32;", XmlFault::Trailing),
        ("<xml><a>1</a>", XmlFault::Malformed),
        ("<xml><a>1", XmlFault::Malformed),
        ("<xml><a>1</b></xml>", XmlFault::Malformed),
        ("<xml><a>1</a></xml", XmlFault::Malformed),
        ("<xml><a>&amp</a></xml>", XmlFault::Malformed),
        ("<xml><a>&#xD800;</a></xml>", XmlFault::Malformed),
        ("<xml><a>&#0;</a></xml>", XmlFault::Malformed),
        ("<xml><a>&#8;</a></xml>", XmlFault::Character),
        ("<xml><a>\u{0}</a></xml>", XmlFault::Character),
        ("<xml><a>\u{FFFF}</a></xml>", XmlFault::Character),
        (
            "<?xml version=\"1.0\" encoding=\"GBK\"?><xml/>",
            XmlFault::Encoding,
        ),
        (
            " <?xml version=\"1.0\"?><xml><a>1</a></xml>",
            XmlFault::Foreign,
        ),
    ];
    for (document, fault) in cases {
        assert_eq!(read(document.as_bytes()), Err(*fault), "{document}");
    }
}

#[test]
fn a_declaration_may_stand_at_the_very_start() {
    for start in [
        "",
        "<?xml version=\"1.0\"?>",
        "<?xml version='1.0' encoding='UTF-8'?>\n",
        "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>",
        "\u{FEFF}<?xml version=\"1.0\" encoding=\"utf-8\"?>",
        "\u{FEFF}",
    ] {
        assert_eq!(
            value_of(&format!("{start}<xml><a>1</a></xml>")),
            "1",
            "{start}"
        );
    }
}

#[test]
fn every_limit_holds_at_its_edge() {
    let many = |count: usize| -> String {
        let elements: Vec<String> = (0..count).map(|n| format!("<e{n}>1</e{n}>")).collect();
        format!("<xml>{}</xml>", elements.concat())
    };
    let long = |length: usize| format!("<xml><a>{}</a></xml>", "x".repeat(length));
    let parts =
        |length: usize| format!("<xml><a><![CDATA[{}]]>&#49;</a></xml>", "x".repeat(length));
    let named = |length: usize| format!("<xml><{0}>1</{0}></xml>", "n".repeat(length));
    for (document, fits) in [
        (many(ELEMENTS_MOST), true),
        (many(ELEMENTS_MOST + 1), false),
        (long(VALUE_MOST_BYTES), true),
        (long(VALUE_MOST_BYTES + 1), false),
        (parts(VALUE_MOST_BYTES - 1), true),
        (parts(VALUE_MOST_BYTES), false),
        (named(NAME_MOST_BYTES), true),
        (named(NAME_MOST_BYTES + 1), false),
    ] {
        let result = read(document.as_bytes());
        assert_eq!(result.is_ok(), fits);
        if !fits {
            assert_eq!(result, Err(XmlFault::TooMuch));
        }
    }
    let padding = " ".repeat(super::DOCUMENT_MOST_BYTES - "<xml></xml>".len());
    assert!(read(format!("<xml>{padding}</xml>").as_bytes()).is_ok());
    assert_eq!(
        read(format!("<xml>{padding} </xml>").as_bytes()),
        Err(XmlFault::TooLong)
    );
}

#[test]
fn a_value_that_xml_cannot_carry_is_not_written() {
    for value in ["\u{0}", "\u{8}", "\u{FFFE}", "\u{FFFF}", "a\u{1F}b"] {
        assert_eq!(write(&[("a", value)]), Err(NotXmlText), "{value:?}");
    }
}

fn xml_text() -> impl Strategy<Value = String> {
    let char = prop_oneof![
        3 => any::<char>(),
        1 => prop::sample::select(vec!['<', '>', '&', ']', '\r', '\n', '"', '\'', ' ', ';', '#']),
    ];
    prop::collection::vec(char, 0..200).prop_map(|chars| {
        chars
            .into_iter()
            .filter(|c| super::is_xml_char(*c))
            .collect()
    })
}

proptest! {
    #[test]
    fn what_is_written_reads_the_same(a in xml_text(), b in xml_text()) {
        let bytes = write(&[("b", &b), ("a", &a)]).unwrap();
        let fields = read(&bytes).unwrap();
        prop_assert_eq!(fields.get("a"), Some(a.as_str()));
        prop_assert_eq!(fields.get("b"), Some(b.as_str()));
    }
}
