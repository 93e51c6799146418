//! The documentation says what the code has, all of it and nothing else.

use std::collections::BTreeSet;

use serde_json::Value as Json;
use url::Url;

use super::document::{document, words};
use super::operations::OPERATIONS;
use super::view::Reader;
use crate::web::doors::{Who, doors};
use crate::web::problem::Code;
use crate::web::text::Tongue;
use crate::web::text::api::{Block, FIELDS, chapters};

fn whole() -> Json {
    document(&Url::parse("https://pay.example.com").unwrap())
}

fn described(document: &Json) -> Vec<(String, String, Json)> {
    let mut all = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            all.push((method.to_uppercase(), path.clone(), operation.clone()));
        }
    }
    all
}

#[test]
fn every_door_of_a_storefront_is_described_and_nothing_else() {
    let document = whole();
    let described: BTreeSet<(String, String)> = described(&document)
        .into_iter()
        .map(|(method, path, _)| (method, path))
        .collect();
    let doors: BTreeSet<(String, String)> = doors()
        .into_iter()
        .filter(|door| door.who == Who::Storefront)
        .map(|door| (door.method.to_string(), door.path.to_owned()))
        .collect();
    assert_eq!(described, doors);
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(document["servers"][0]["url"], "https://pay.example.com");
}

#[test]
fn every_call_has_words_in_both_languages_and_its_problems() {
    let document = whole();
    let ids: BTreeSet<&str> = OPERATIONS.iter().map(|operation| operation.id).collect();
    let worded: BTreeSet<&str> = crate::web::text::api::OPERATIONS
        .iter()
        .map(|(id, _, _)| *id)
        .collect();
    assert_eq!(ids, worded);
    for (method, path, operation) in described(&document) {
        let what = format!("{method} {path}");
        assert!(
            ids.contains(operation["operationId"].as_str().unwrap()),
            "{what}"
        );
        for text in ["summary", "description"] {
            assert!(!operation[text].as_str().unwrap().is_empty(), "{what}");
        }
        for status in ["401", "403", "415", "500", "503"] {
            assert!(
                operation["responses"][status].is_object(),
                "{what} {status}"
            );
        }
        for (status, response) in operation["responses"].as_object().unwrap() {
            assert!(
                !response["description"].as_str().unwrap().is_empty(),
                "{what} {status}"
            );
            assert_eq!(
                response["headers"]["X-Request-Id"]["$ref"],
                "#/components/headers/X-Request-Id"
            );
        }
    }
}

#[test]
fn every_field_and_parameter_is_described_and_no_word_is_left_over() {
    let document = whole();
    let mut used: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut mark = |schema: &str, field: &str| {
        for tongue in [Tongue::Chinese, Tongue::English] {
            assert!(!words(schema, field, tongue).is_empty(), "{schema}.{field}");
        }
        let own = FIELDS
            .iter()
            .find(|(of, name, _)| *of == schema && *name == field);
        let shared = FIELDS
            .iter()
            .find(|(of, name, _)| *of == "*" && *name == field);
        let (of, name, _) = own.or(shared).unwrap();
        used.insert((of, name));
    };
    for (schema, form) in document["components"]["schemas"].as_object().unwrap() {
        for (field, _) in form["properties"].as_object().unwrap() {
            mark(schema, field);
        }
    }
    for (_, _, operation) in described(&document) {
        let id = operation["operationId"].as_str().unwrap();
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            assert!(!parameter["description"].as_str().unwrap().is_empty());
            if parameter["in"] != "header" {
                mark(id, parameter["name"].as_str().unwrap());
            }
        }
    }
    let all: BTreeSet<(&str, &str)> = FIELDS.iter().map(|(of, name, _)| (*of, *name)).collect();
    assert_eq!(used, all);
}

#[test]
fn every_code_can_be_answered_by_some_call_or_by_any_path() {
    let mut answered: BTreeSet<Code> = OPERATIONS
        .iter()
        .flat_map(super::operations::Operation::all_problems)
        .collect();
    // a wrong method is the answer of a path, not of a call
    answered.insert(Code::MethodNotAllowed);
    let all: BTreeSet<Code> = Code::ALL.iter().copied().collect();
    assert_eq!(answered, all);
}

#[test]
fn bodies_refuse_unknown_fields_and_say_what_is_required() {
    let document = whole();
    let schemas = &document["components"]["schemas"];
    for (body, required) in [
        ("RecipientPut", vec!["openid"]),
        (
            "CommissionEarn",
            vec!["commission_id", "recipient_id", "amount_fen"],
        ),
        ("PayoutAsk", vec!["recipient_id", "amount_fen"]),
        ("CommissionReverse", vec![]),
    ] {
        assert_eq!(schemas[body]["additionalProperties"], false, "{body}");
        let said: Vec<&str> = schemas[body]["required"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|name| name.as_str().unwrap())
            .collect();
        assert_eq!(said, required, "{body}");
    }
    // an answer always has all of its fields
    for answer in [
        "Payout",
        "Recipient",
        "Commission",
        "Entry",
        "Limit",
        "PayoutList",
    ] {
        let properties = schemas[answer]["properties"].as_object().unwrap();
        assert_eq!(
            properties.len(),
            schemas[answer]["required"].as_array().unwrap().len(),
            "{answer}"
        );
    }
}

#[test]
fn the_page_can_show_every_call() {
    let document = whole();
    for tongue in [Tongue::Chinese, Tongue::English] {
        let reader = Reader::new(&document, tongue);
        for operation in OPERATIONS {
            let call = reader.call(operation, "https://pay.example.com").unwrap();
            assert!(!call.answer.fields.is_empty(), "{}", operation.id);
            assert!(call.example.len() > 20, "{}", operation.id);
            for sample in &call.samples {
                assert!(sample.text.contains(operation.path), "{}", operation.id);
                assert!(sample.text.contains("ZHANFU_KEY"), "{}", operation.id);
            }
        }
    }
}

#[test]
fn chapters_have_anchors_of_their_own() {
    let mut anchors: Vec<&str> = chapters().iter().map(|chapter| chapter.id).collect();
    anchors.extend(OPERATIONS.iter().map(|operation| operation.id));
    anchors.extend(Code::ALL.iter().map(|code| code.as_str()));
    let count = anchors.len();
    anchors.sort_unstable();
    anchors.dedup();
    assert_eq!(anchors.len(), count);
    for chapter in chapters() {
        for block in chapter.blocks {
            if let Block::Text(words) = block {
                assert_eq!(words.zh.matches('`').count() % 2, 0, "{}", words.zh);
                assert_eq!(words.en.matches('`').count() % 2, 0, "{}", words.en);
            }
        }
    }
}
