//! Templates and pages: one name, three places. `templates/admin/home.html` is the page of `src/web/admin/home.rs`, or of its folder, and is reached by a
//! door below `/admin`.

use std::collections::BTreeMap;

use super::source::{self, Source};

#[test]
fn every_template_has_its_page_and_every_page_its_door() {
    let doors = Source::read("src/web/doors.rs");
    let paths: Vec<&str> = doors
        .strings
        .iter()
        .map(|(_, text)| text.as_str())
        .filter(|text| text.starts_with('/'))
        .collect();
    let used = templates_in_code();
    let mut wrong = Vec::new();
    for path in source::list("templates", "html") {
        let template = path.trim_start_matches("templates/");
        let Some(pages) = used.get(template) else {
            if !is_part_of_another(template) {
                wrong.push(format!("{path}: no page is made of it"));
            }
            continue;
        };
        let Some((folder, _)) = template.rsplit_once('/') else {
            // the layout and the page of faults are nobody's own
            continue;
        };
        let (whole, home) = (format!("src/web/{folder}.rs"), format!("src/web/{folder}/"));
        for page in pages {
            // a guard answers with a page of its own instead of the one behind it
            if *page != whole && !page.starts_with(&home) && !page.starts_with("src/web/guard/") {
                wrong.push(format!("{path}: its page is in {page}, not in {home}"));
            }
        }
        // api_docs is /api-docs or /api/docs; a page of several forms may share the door of the folder above
        let names = [folder.replace('_', "-"), folder.replace('_', "/")].map(|it| format!("/{it}"));
        let is_reached = names.iter().any(|name| {
            let above = name.rsplit_once('/').map_or("", |(above, _)| above);
            paths.iter().any(|door| {
                let below = door.strip_prefix(name.as_str());
                below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
                    || (!above.is_empty() && *door == above)
            })
        });
        if !is_reached {
            wrong.push(format!("{path}: no door leads to {}", names[0]));
        }
    }
    super::nothing_is_wrong(&wrong);
}

#[test]
fn every_door_is_told_once_and_its_handler_tells_it_too() {
    let doors = Source::read("src/web/doors.rs");
    let mut wrong = Vec::new();
    let mut seen: BTreeMap<(String, String), usize> = BTreeMap::new();
    let told: Vec<(String, String)> = source::all()
        .iter()
        .filter(|source| source.room().as_deref() == Some("web"))
        .flat_map(|source| handlers(&source.text))
        .collect();
    for line in doors.text.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [method, path, _who, _handler] = words.as_slice() else {
            continue;
        };
        if !path.starts_with("\"/") {
            continue;
        }
        let (method, path) = ((*method).to_owned(), path.trim_matches('"').to_owned());
        let times = seen.entry((method.clone(), path.clone())).or_default();
        *times += 1;
        if *times > 1 {
            wrong.push(format!("src/web/doors.rs: {method} {path} is there twice"));
        }
    }
    for (method, path) in told {
        let full = [path.clone(), format!("/api/v1{path}")];
        if !full
            .iter()
            .any(|path| seen.contains_key(&(method.clone(), path.clone())))
        {
            wrong.push(format!(
                "a handler says that it is {method} {path}, and there is no such door"
            ));
        }
    }
    super::nothing_is_wrong(&wrong);
}

/// What handlers say of themselves in their first line, in backticks: a method and a path.
fn handlers(text: &str) -> Vec<(String, String)> {
    text.lines()
        .filter_map(|line| {
            let said = line.trim().strip_prefix("/// `")?;
            let (said, _) = said.split_once('`')?;
            let (method, path) = said.split_once(' ')?;
            let is_method = ["GET", "POST", "PUT", "DELETE"].contains(&method);
            let path = path.split('?').next().unwrap_or(path);
            (is_method && path.starts_with('/')).then(|| (method.to_owned(), path.to_owned()))
        })
        .collect()
}

/// Every template named in code, with the files that name it.
fn templates_in_code() -> BTreeMap<String, Vec<String>> {
    let mut used: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for source in source::all() {
        for (_, text) in &source.strings {
            if text.strip_suffix(".html").is_some() {
                used.entry(text.clone())
                    .or_default()
                    .push(source.path.clone());
            }
        }
    }
    used
}

/// Whether another template extends, includes or imports it.
fn is_part_of_another(template: &str) -> bool {
    let quoted = format!("\"{template}\"");
    source::list("templates", "html").iter().any(|path| {
        let text = std::fs::read_to_string(source::root().join(path)).unwrap();
        text.contains(&quoted)
    })
}
