//! A call in four languages, made from its example.

use super::operations::{Operation, Value};

/// A piece of text with the language that it is written in.
pub(super) struct Sample {
    /// The language's name.
    pub(super) language: &'static str,
    /// The program.
    pub(super) text: String,
}

/// The whole programs: they are run against the server in a test.
pub(super) const PROGRAMS: [(&str, &str); 4] = [
    ("curl", include_str!("examples/storefront.sh")),
    ("Node.js", include_str!("examples/storefront.mjs")),
    ("Python", include_str!("examples/storefront.py")),
    ("PHP", include_str!("examples/storefront.php")),
];

/// The key of the examples.
const KEY: &str = "W-20261123-1";

impl Value {
    fn json(self) -> String {
        match self {
            Value::Text(text) => format!("\"{text}\""),
            Value::Number(number) => number.to_string(),
            Value::Texts(texts) => format!("[\"{}\"]", texts.join("\", \"")),
        }
    }

    fn php(self) -> String {
        match self {
            Value::Text(text) => format!("'{text}'"),
            Value::Number(number) => number.to_string(),
            Value::Texts(texts) => format!("['{}']", texts.join("', '")),
        }
    }
}

/// The call in curl, Node.js, Python and PHP.
pub(super) fn samples(operation: &Operation, method: &str, base: &str) -> [Sample; 4] {
    let url = format!("{base}/api/v1{}", operation.path);
    let sample = |language, text| Sample { language, text };
    [
        sample("curl", curl(operation, method, &url)),
        sample("Node.js", node(operation, method, &url)),
        sample("Python", python(operation, method, &url)),
        sample("PHP", php(operation, method, &url)),
    ]
}

fn fields(operation: &Operation, separator: &str, write: impl Fn(&str, Value) -> String) -> String {
    let fields = operation.body.unwrap_or_default().iter();
    let written: Vec<String> = fields.map(|(name, value)| write(name, *value)).collect();
    written.join(separator)
}

/// The body as JSON.
pub(super) fn json_body(operation: &Operation) -> String {
    let inside = fields(operation, ", ", |name, value| {
        format!("\"{name}\": {}", value.json())
    });
    format!("{{{inside}}}")
}

fn curl(operation: &Operation, method: &str, url: &str) -> String {
    let mut lines = vec![match method {
        "GET" => format!("curl '{url}'"),
        _ => format!("curl -X {method} '{url}'"),
    }];
    lines.push("-H \"Authorization: Bearer $ZHANFU_KEY\"".to_owned());
    if operation.is_keyed {
        lines.push(format!("-H 'Idempotency-Key: {KEY}'"));
    }
    if operation.body.is_some() {
        lines.push("-H 'Content-Type: application/json'".to_owned());
        lines.push(format!("-d '{}'", json_body(operation)));
    }
    lines.join(" \\\n  ")
}

fn node(operation: &Operation, method: &str, url: &str) -> String {
    let mut lines = vec![
        format!("const answer = await fetch('{url}', {{"),
        format!("  method: '{method}',"),
        "  headers: {".to_owned(),
        "    Authorization: `Bearer ${process.env.ZHANFU_KEY}`,".to_owned(),
    ];
    if operation.is_keyed {
        lines.push(format!("    'Idempotency-Key': '{KEY}',"));
    }
    if operation.body.is_some() {
        lines.push("    'Content-Type': 'application/json',".to_owned());
    }
    lines.push("  },".to_owned());
    if operation.body.is_some() {
        let inside = fields(operation, ", ", |name, value| {
            format!("{name}: {}", value.php())
        });
        lines.push(format!("  body: JSON.stringify({{ {inside} }}),"));
    }
    lines.push("});".to_owned());
    lines.push("console.log(answer.status, await answer.json());".to_owned());
    lines.join("\n")
}

fn python(operation: &Operation, method: &str, url: &str) -> String {
    let mut headers = vec!["'Authorization': 'Bearer ' + os.environ['ZHANFU_KEY']".to_owned()];
    if operation.is_keyed {
        headers.push(format!("'Idempotency-Key': '{KEY}'"));
    }
    if operation.body.is_some() {
        headers.push("'Content-Type': 'application/json'".to_owned());
    }
    let headers = headers.join(",\n             ");
    let data = if operation.body.is_some() {
        let inside = fields(operation, ", ", |name, value| {
            format!("'{name}': {}", value.php())
        });
        format!("    data=json.dumps({{{inside}}}).encode(),\n")
    } else {
        String::new()
    };
    format!(
        "import json, os, urllib.request\n\nrequest = urllib.request.Request(\n    '{url}',\n    method='{method}',\n    headers={{{headers}}},\n{data})\nwith urllib.request.urlopen(request, timeout=30) as answer:\n    print(answer.status, json.load(answer))"
    )
}

fn php(operation: &Operation, method: &str, url: &str) -> String {
    let mut headers = vec!["'Authorization: Bearer ' . getenv('ZHANFU_KEY')".to_owned()];
    if operation.is_keyed {
        headers.push(format!("'Idempotency-Key: {KEY}'"));
    }
    if operation.body.is_some() {
        headers.push("'Content-Type: application/json'".to_owned());
    }
    let headers = headers.join(",\n        ");
    let data = if operation.body.is_some() {
        let inside = fields(operation, ", ", |name, value| {
            format!("'{name}' => {}", value.php())
        });
        format!("    CURLOPT_POSTFIELDS => json_encode([{inside}]),\n")
    } else {
        String::new()
    };
    format!(
        "$call = curl_init('{url}');\ncurl_setopt_array($call, [\n    CURLOPT_CUSTOMREQUEST => '{method}',\n    CURLOPT_HTTPHEADER => [\n        {headers},\n    ],\n{data}    CURLOPT_RETURNTRANSFER => true,\n    CURLOPT_TIMEOUT => 30,\n]);\n$answer = json_decode(curl_exec($call), true);\necho curl_getinfo($call, CURLINFO_RESPONSE_CODE), PHP_EOL;"
    )
}
