//! The documentation of the storefront's API, for programs and for people.
//!
//! - **What it is:** the OpenAPI 3.1 document, made from the handlers' own types, and a page that shows it with chapters and
//!   examples around.
//! - **What it promises:** every door of a storefront is described, with every field and every problem that it can answer;
//!   a test walks over the doors, and an outside tool plays the document against the running server.
//! - **What it does not do:** it loads nothing from anywhere else.
//! - **Who comes in:** the doors.
//! - **Where to start:** [`document`], then [`operations`]; the words are in `text::api`.

mod document;
mod operations;
mod samples;
mod show;
mod view;

pub(super) use show::{openapi, show};

#[cfg(test)]
mod tests;
