//! The fields of a form or of a query string, as they came: a name may come several times, as ticked boxes do.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};

use crate::web::guard::MemberFault;

/// Names and values in their order.
#[derive(Clone, Debug, Default)]
pub(in crate::web) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads a query string. What is damaged in it is left out.
    pub(in crate::web) fn of_query(request: &HttpRequest) -> Self {
        let pairs = url::form_urlencoded::parse(request.query_string().as_bytes());
        Self(pairs.into_owned().collect())
    }

    /// The first value of a name, without blanks around it; nothing when it is empty.
    pub(in crate::web) fn get(&self, name: &str) -> Option<&str> {
        Some(self.text(name).trim()).filter(|value| !value.is_empty())
    }

    /// The first value of a name, as it came; empty when it did not come.
    pub(in crate::web) fn text(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(this, _)| this == name);
        found.map_or("", |(_, value)| value)
    }

    /// All of them, for a form that is kept.
    pub(in crate::web) fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// Every value of a name.
    pub(in crate::web) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> + 'a {
        self.0
            .iter()
            .filter(move |(this, _)| this == name)
            .map(|(_, value)| value.as_str())
    }
}

impl FromRequest for Fields {
    type Error = MemberFault;
    type Future = Pin<Box<dyn Future<Output = Result<Self, MemberFault>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let form = web::Form::<Vec<(String, String)>>::from_request(request, payload);
        Box::pin(async move {
            let pairs = form.await.map_err(|error| {
                tracing::debug!(%error, "a form could not be read");
                MemberFault::Forged
            })?;
            Ok(Self(pairs.into_inner()))
        })
    }
}
