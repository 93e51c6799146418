//! The TLS server: a thin layer that turns sockets into arrivals and answers into bytes.

mod accept;
mod exchange;
mod tls;
mod wire;

pub(super) use accept::serve;
pub(super) use tls::Presented;
