//! Reading a query string: known names, each once.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use serde::de::DeserializeOwned;

use crate::web::problem::{Code, FieldError, Problem};

/// The query of a call, of the fields of `T` and no others.
pub(in crate::web) struct Query<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest for Query<T> {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let query = actix_web::web::Query::<T>::from_query(request.query_string());
        ready(
            query
                .map(|query| Self(query.into_inner()))
                .map_err(|error| {
                    let message = error.to_string();
                    Problem::new(Code::InvalidRequest, message.clone()).with_errors(vec![
                        FieldError {
                            field: "query".to_owned(),
                            code: "invalid",
                            message,
                        },
                    ])
                }),
        )
    }
}
