//! Reading a query string: known names, each once.

use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use serde::de::DeserializeOwned;

use crate::web::problem::{Code, FieldError, Problem, Said};

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
                    let message = unreadable(&error.to_string());
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

/// What serde says of a query, without what the caller sent.
fn unreadable(why: &str) -> Said {
    let expected = why.split_once("expected ").map(|(_, names)| names);
    if why.contains("unknown field") {
        let names = expected.unwrap_or_default();
        return Said::new(
            format!("查询参数未知;可用: {names}"),
            format!("there is no such query parameter; expected {names}"),
        );
    }
    if why.contains("duplicate field") {
        return Said::new("查询参数重复", "a query parameter occurs twice");
    }
    Said::new("查询字符串无法读取", "the query string cannot be read")
}
