//! A form whose fields can be kept while its sender is asked something first.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{Error, FromRequest, HttpRequest, web};
use serde::de::DeserializeOwned;

/// A form, read, and its fields as they came. Not for forms with secrets: what is kept goes back to the browser.
#[derive(Clone, Debug)]
pub(in crate::web) struct KeptForm<T> {
    /// What it says.
    pub(in crate::web) form: T,
    fields: Vec<(String, String)>,
}

impl<T> KeptForm<T> {
    /// The fields in the order in which they came.
    pub(in crate::web) fn fields(&self) -> &[(String, String)] {
        &self.fields
    }
}

impl<T: DeserializeOwned + 'static> FromRequest for KeptForm<T> {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let read = web::Form::<Vec<(String, String)>>::from_request(request, payload);
        Box::pin(async move {
            let fields = read.await?.into_inner();
            let text = url::form_urlencoded::Serializer::new(String::new())
                .extend_pairs(&fields)
                .finish();
            let form = web::Query::<T>::from_query(&text)?.into_inner();
            Ok(Self { form, fields })
        })
    }
}
