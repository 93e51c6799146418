//! The document as the page shows it: references followed, objects flattened into rows.

use serde_json::{Map, Value as Json, json};

use super::document::words;
use super::operations::Operation;
use super::samples::{Sample, samples};
use crate::web::problem::Code;
use crate::web::text::Tongue;
use crate::web::text::api::{FRAME, OPERATIONS};

/// A field or a parameter.
pub(super) struct Field {
    /// Its name; with a dot for a field of an object inside, with `[]` for the rows of a list.
    pub(super) name: String,
    /// Where it stands, when it is a parameter.
    pub(super) place: &'static str,
    /// What it may hold.
    pub(super) form: String,
    /// Whether it has to be there.
    pub(super) is_required: bool,
    /// What it means.
    pub(super) meaning: &'static str,
}

/// An answer that is no problem.
pub(super) struct Answer {
    /// Its status.
    pub(super) status: String,
    /// What is in it.
    pub(super) fields: Vec<Field>,
}

/// One call.
pub(super) struct Call {
    /// Its id, and its anchor.
    pub(super) id: &'static str,
    /// The method.
    pub(super) method: String,
    /// The path.
    pub(super) path: String,
    /// What it does.
    pub(super) title: &'static str,
    /// What else there is to know.
    pub(super) text: &'static str,
    /// Its parameters.
    pub(super) parameters: Vec<Field>,
    /// The fields of its body.
    pub(super) body: Vec<Field>,
    /// Its good answers, which all look alike: the statuses, and the fields.
    pub(super) answer: Answer,
    /// An example of its answer.
    pub(super) example: String,
    /// The problems it answers.
    pub(super) problems: Vec<Code>,
    /// Examples of the call.
    pub(super) samples: [Sample; 4],
}

/// The reader of a document.
pub(super) struct Reader<'a> {
    document: &'a Json,
    tongue: Tongue,
}

impl<'a> Reader<'a> {
    /// Reads this document for a reader of this language.
    pub(super) fn new(document: &'a Json, tongue: Tongue) -> Self {
        Self { document, tongue }
    }

    /// A call as the page shows it.
    pub(super) fn call(&self, operation: &Operation, base: &str) -> Option<Call> {
        let (path, method, described) = self.find(operation.id)?;
        let (_, title, text) = OPERATIONS.iter().find(|(id, _, _)| *id == operation.id)?;
        let parameters = described.get("parameters").and_then(Json::as_array);
        let body = described.pointer("/requestBody/content/application~1json/schema");
        let answers = described.get("responses")?.as_object()?;
        let good: Vec<&String> = answers
            .keys()
            .filter(|status| status.starts_with('2'))
            .collect();
        let schema = answers
            .get(*good.first()?)?
            .pointer("/content/application~1json/schema")?;
        let mut fields = Vec::new();
        self.rows(schema, "", &mut fields);
        let mut asked = Vec::new();
        if let Some(body) = body {
            self.rows(body, "", &mut asked);
        }
        let method = method.to_uppercase();
        Some(Call {
            id: operation.id,
            samples: samples(operation, &method, base),
            method,
            path: path.to_owned(),
            title: title.of(self.tongue),
            text: text.of(self.tongue),
            parameters: parameters
                .into_iter()
                .flatten()
                .map(|parameter| self.parameter(operation.id, parameter))
                .collect(),
            body: asked,
            answer: Answer {
                status: good
                    .iter()
                    .map(|status| status.as_str())
                    .collect::<Vec<_>>()
                    .join(" / "),
                fields,
            },
            example: serde_json::to_string_pretty(&self.example(schema)).unwrap_or_default(),
            problems: operation.all_problems(),
        })
    }

    fn find(&self, id: &str) -> Option<(&'a str, &'a str, &'a Json)> {
        let paths = self.document.get("paths")?.as_object()?;
        paths.iter().find_map(|(path, methods)| {
            let methods = methods.as_object()?;
            let found = methods.iter().find(|(_, operation)| {
                operation
                    .get("operationId")
                    .is_some_and(|found| found == id)
            });
            found.map(|(method, operation)| (path.as_str(), method.as_str(), operation))
        })
    }

    fn parameter(&self, operation: &str, parameter: &Json) -> Field {
        let text = |name: &str| {
            parameter
                .get(name)
                .and_then(Json::as_str)
                .unwrap_or_default()
        };
        let place = match text("in") {
            "path" => FRAME.in_path,
            "query" => FRAME.in_query,
            _ => FRAME.in_header,
        };
        let empty = json!({});
        Field {
            name: text("name").to_owned(),
            place: place.of(self.tongue),
            form: self.form(parameter.get("schema").unwrap_or(&empty)),
            is_required: parameter
                .get("required")
                .and_then(Json::as_bool)
                .unwrap_or(false),
            meaning: match text("name") {
                "Idempotency-Key" => FRAME.key_needed.of(self.tongue),
                name => words(operation, name, self.tongue),
            },
        }
    }

    /// The schema that is meant, and its name when it has one.
    fn follow<'s>(&'s self, schema: &'s Json) -> (&'s Json, &'s str) {
        if let Some(name) = schema
            .get("$ref")
            .and_then(Json::as_str)
            .and_then(|path| path.strip_prefix("#/components/schemas/"))
        {
            let found = self
                .document
                .pointer(&format!("/components/schemas/{name}"));
            return (found.unwrap_or(schema), name);
        }
        // one of null and a reference
        let choice = schema.get("oneOf").and_then(Json::as_array);
        match choice.and_then(|choices| choices.iter().find(|one| one.get("$ref").is_some())) {
            Some(one) => self.follow(one),
            None => (schema, ""),
        }
    }

    /// The fields of an object, each as a row, those of objects inside after their own row.
    fn rows(&self, schema: &Json, before: &str, into: &mut Vec<Field>) {
        let (schema, name) = self.follow(schema);
        let empty = Map::new();
        let properties = schema
            .get("properties")
            .and_then(Json::as_object)
            .unwrap_or(&empty);
        let required = schema.get("required").and_then(Json::as_array);
        for (field, form) in properties {
            let is_required = required.is_some_and(|names| names.iter().any(|name| name == field));
            let full = format!("{before}{field}");
            into.push(Field {
                name: full.clone(),
                place: "",
                form: self.form(form),
                is_required,
                meaning: words(name, field, self.tongue),
            });
            match form.get("items") {
                Some(items) => self.rows(items, &format!("{full}[]."), into),
                None => self.rows(form, &format!("{full}."), into),
            }
        }
    }

    /// What a field may hold, in a few words.
    fn form(&self, schema: &Json) -> String {
        let said = |words: crate::web::text::api::Both| words.of(self.tongue);
        if let Some(choices) = schema.get("oneOf").and_then(Json::as_array) {
            let is_null = |one: &Json| one.get("type").is_some_and(|kind| kind == "null");
            let object = choices.iter().find(|one| !is_null(one));
            let inside = object.map_or_else(String::new, |object| self.form(object));
            return if choices.iter().any(is_null) {
                format!("{inside} {}", said(FRAME.or_null))
            } else {
                inside
            };
        }
        if schema.get("$ref").is_some() {
            return "object".to_owned();
        }
        let kinds: Vec<&str> = match schema.get("type") {
            Some(Json::String(kind)) => vec![kind],
            Some(Json::Array(kinds)) => kinds.iter().filter_map(Json::as_str).collect(),
            _ => Vec::new(),
        };
        let number = |name: &str| schema.get(name).and_then(Json::as_i64);
        let mut form = if let Some(values) = schema.get("enum").and_then(Json::as_array) {
            let names: Vec<&str> = values.iter().filter_map(Json::as_str).collect();
            format!("{} {}", said(FRAME.one_of), names.join(" · "))
        } else if kinds.contains(&"array") {
            format!("{} object", said(FRAME.list_of))
        } else if kinds.contains(&"integer") {
            match (
                number("minimum"),
                number("maximum").filter(|most| *most < i64::MAX),
            ) {
                (Some(least), Some(most)) => format!("{} {least}–{most}", said(FRAME.whole_number)),
                (Some(least), None) if least > i64::MIN => {
                    format!("{} ≥ {least}", said(FRAME.whole_number))
                }
                _ => said(FRAME.whole_number).to_owned(),
            }
        } else if kinds.contains(&"boolean") {
            "true · false".to_owned()
        } else {
            match (
                schema.get("format").and_then(Json::as_str),
                number("minLength"),
                number("maxLength"),
            ) {
                (Some("date-time"), ..) => "RFC 3339".to_owned(),
                (Some("uuid"), ..) => "UUID".to_owned(),
                (_, Some(least), Some(most)) => {
                    format!("{least}–{most} {}", said(FRAME.characters))
                }
                (_, None, Some(most)) => format!("≤ {most} {}", said(FRAME.characters)),
                _ => "string".to_owned(),
            }
        };
        if kinds.contains(&"null") {
            form.push(' ');
            form.push_str(said(FRAME.or_null));
        }
        form
    }

    /// An example of a schema, out of its fields' examples.
    fn example(&self, schema: &Json) -> Json {
        let (schema, name) = self.follow(schema);
        if let Some(example) = schema.pointer("/examples/0") {
            return example.clone();
        }
        if let Some(items) = schema.get("items") {
            return Json::Array(vec![self.example(items)]);
        }
        let Some(properties) = schema.get("properties").and_then(Json::as_object) else {
            return match schema.get("type") {
                Some(Json::String(kind)) if kind == "boolean" => json!(true),
                Some(Json::Array(_)) => Json::Null,
                _ => json!(""),
            };
        };
        // a payout that has just been accepted: nothing has happened to it yet
        let fresh = [
            "reason",
            "not_before",
            "payment_no",
            "submitted_at",
            "finished_at",
            "reversed_at",
            "next_cursor",
        ];
        let is_fresh = matches!(name, "Payout" | "Commission" | "PayoutList" | "EntryList");
        properties
            .iter()
            .map(|(field, form)| {
                let value = if is_fresh && fresh.contains(&field.as_str()) {
                    Json::Null
                } else {
                    self.example(form)
                };
                (field.clone(), value)
            })
            .collect::<Map<_, _>>()
            .into()
    }
}
