//! Light or dark: the reader's system decides until the reader does.

use actix_web::HttpRequest;

/// The cookie that remembers the choice.
pub(super) const COOKIE: &str = "theme";

/// How the pages look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Theme {
    /// As the reader's system has it.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The reader's choice.
    pub(super) fn of(request: &HttpRequest) -> Self {
        request
            .cookie(COOKIE)
            .map_or(Self::System, |cookie| Self::parse(cookie.value()))
    }

    /// The theme of a name; an unknown name leaves it to the system.
    pub(super) fn parse(name: &str) -> Self {
        match name {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }

    /// Its name in the cookie and on the page.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The one that the switch leads to.
    pub(super) const fn next(self) -> Self {
        match self {
            Self::System | Self::Light => Self::Dark,
            Self::Dark => Self::Light,
        }
    }

    /// Its picture on the switch.
    pub(super) const fn icon(self) -> &'static str {
        match self {
            Self::System | Self::Light => "sun",
            Self::Dark => "moon",
        }
    }
}
