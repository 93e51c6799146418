//! Where settings come from.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::settings::{TABLE, variable};

const PREFIX: &str = "ZHANFU_";
const FILE: &str = "ZHANFU_CONFIG";

/// Why the start stops.
#[derive(Debug, thiserror::Error)]
pub enum SettingsFault {
    /// There is no setting of this name.
    #[error("{name} is no setting{}", nearest.as_ref().map(|n| format!("; did you mean {n}?")).unwrap_or_default())]
    Unknown {
        /// The name, as it was given.
        name: String,
        /// The name that is most like it.
        nearest: Option<String>,
    },
    /// The setting's value cannot be used.
    #[error("{name} is malformed: {why}")]
    Malformed {
        /// The setting.
        name: String,
        /// What is expected.
        why: String,
    },
    /// The file cannot be read.
    #[error("the settings file {path} cannot be read: {source}")]
    Unreadable {
        /// Its path.
        path: String,
        /// What the system says.
        #[source]
        source: std::io::Error,
    },
    /// The file is not TOML.
    #[error("the settings file {path} is not TOML: {why}")]
    NotToml {
        /// Its path.
        path: String,
        /// Where and why.
        why: String,
    },
}

/// All given values, by the name without prefix in lower case.
pub(super) struct Source(BTreeMap<String, String>);

impl Source {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that reads the environment"
    )]
    pub(super) fn from_environment() -> Result<Self, SettingsFault> {
        Self::from_variables(std::env::vars().collect())
    }

    pub(super) fn from_variables(
        variables: BTreeMap<String, String>,
    ) -> Result<Self, SettingsFault> {
        let mut values = match variables.get(FILE) {
            Some(path) => read_file(&PathBuf::from(path))?,
            None => BTreeMap::new(),
        };
        for (name, value) in variables {
            if let Some(rest) = name.strip_prefix(PREFIX).filter(|_| name != FILE) {
                let known = known(&rest.to_lowercase()).filter(|_| rest == rest.to_uppercase());
                let known = known.ok_or_else(|| unknown(&name, &rest.to_lowercase(), variable))?;
                values.insert(known.to_owned(), value);
            }
        }
        Ok(Self(values))
    }

    pub(super) fn parse<T>(
        &self,
        name: &str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Result<T, SettingsFault> {
        let default = TABLE
            .iter()
            .find(|(known, _)| *known == name)
            .and_then(|(_, value)| *value);
        let text = self
            .0
            .get(name)
            .map_or(default.unwrap_or_default(), String::as_str);
        parse(text).map_err(|why| SettingsFault::Malformed {
            name: variable(name),
            why,
        })
    }

    pub(super) fn parse_optional<T>(
        &self,
        name: &str,
        parse: impl FnOnce(&str) -> Result<T, String>,
    ) -> Result<Option<T>, SettingsFault> {
        if self.0.contains_key(name) {
            self.parse(name, parse).map(Some)
        } else {
            Ok(None)
        }
    }
}

fn known(name: &str) -> Option<&'static str> {
    TABLE
        .iter()
        .map(|(known, _)| *known)
        .find(|known| *known == name)
}

fn read_file(path: &Path) -> Result<BTreeMap<String, String>, SettingsFault> {
    let shown = || path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|source| SettingsFault::Unreadable {
        path: shown(),
        source,
    })?;
    let table: toml::Table =
        text.parse()
            .map_err(|fault: toml::de::Error| SettingsFault::NotToml {
                path: shown(),
                why: fault.message().to_owned(),
            })?;
    table
        .into_iter()
        .map(|(name, value)| {
            let known = known(&name).ok_or_else(|| unknown(&name, &name, str::to_owned))?;
            let text = match value {
                toml::Value::String(text) => text,
                toml::Value::Integer(number) => number.to_string(),
                toml::Value::Float(_)
                | toml::Value::Boolean(_)
                | toml::Value::Datetime(_)
                | toml::Value::Array(_)
                | toml::Value::Table(_) => {
                    return Err(SettingsFault::Malformed {
                        name: name.clone(),
                        why: "it is a text or a whole number".to_owned(),
                    });
                }
            };
            Ok((known.to_owned(), text))
        })
        .collect()
}

fn unknown(given: &str, name: &str, shown: fn(&str) -> String) -> SettingsFault {
    let nearest = TABLE
        .iter()
        .map(|(known, _)| (strsim::damerau_levenshtein(known, name), *known))
        .min()
        .filter(|(distance, _)| *distance <= 3)
        .map(|(_, known)| shown(known));
    SettingsFault::Unknown {
        name: given.to_owned(),
        nearest,
    }
}
