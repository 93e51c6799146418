//! The address of the database, parsed.

use std::path::PathBuf;

use crate::basics::Secret;

/// Where the database is. The PostgreSQL address may hold a password, so it cannot be printed.
#[derive(Clone, Debug)]
pub enum DatabaseUrl {
    /// A file, made when it is missing.
    Sqlite(PathBuf),
    /// A libpq connection URI.
    Postgres(Secret<String>),
}

/// Why an address of a database is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UrlFault {
    /// Another scheme, or none.
    #[error("a database address starts with sqlite:// or postgres://")]
    Scheme,
    /// `sqlite://` and nothing behind it.
    #[error("sqlite:// is followed by the path of a file")]
    NoPath,
    /// Not a URI.
    #[error("not a valid address: {0}")]
    Malformed(url::ParseError),
    /// A mode of `sslmode` that libpq does not know.
    #[error("sslmode is one of disable, allow, prefer, require, verify-ca, verify-full")]
    UnknownSslMode,
    /// TLS asked for in a build that has none.
    #[error(
        "sslmode={0} needs a build with TLS for PostgreSQL: cargo build --release --features postgres-tls"
    )]
    NoTls(String),
}

impl DatabaseUrl {
    /// Reads `sqlite://PATH` or `postgres://…`.
    pub fn parse(text: &str) -> Result<Self, UrlFault> {
        if let Some(path) = text.strip_prefix("sqlite://") {
            return if path.is_empty() {
                Err(UrlFault::NoPath)
            } else {
                Ok(Self::Sqlite(path.into()))
            };
        }
        if !text.starts_with("postgres://") && !text.starts_with("postgresql://") {
            return Err(UrlFault::Scheme);
        }
        let uri = url::Url::parse(text).map_err(UrlFault::Malformed)?;
        let mode = uri
            .query_pairs()
            .find(|(name, _)| name == "sslmode")
            .map(|(_, mode)| mode);
        match mode.as_deref() {
            None | Some("disable" | "allow" | "prefer") => {}
            Some(mode @ ("require" | "verify-ca" | "verify-full")) => {
                if !cfg!(feature = "postgres-tls") {
                    return Err(UrlFault::NoTls(mode.to_owned()));
                }
            }
            Some(_) => return Err(UrlFault::UnknownSslMode),
        }
        Ok(Self::Postgres(Secret::new(text.to_owned())))
    }

    /// The address without its password, for a log or an error.
    pub fn without_password(&self) -> String {
        match self {
            DatabaseUrl::Sqlite(path) => format!("sqlite://{}", path.display()),
            DatabaseUrl::Postgres(uri) => url::Url::parse(uri.expose()).map_or_else(
                |_| "postgres://…".to_owned(),
                |mut uri| {
                    if uri.password().is_some() && uri.set_password(Some("…")).is_err() {
                        return "postgres://…".to_owned();
                    }
                    uri.to_string()
                },
            ),
        }
    }
}
