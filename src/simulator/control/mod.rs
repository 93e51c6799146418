//! The control port: plain HTTP with JSON, on loopback only, for the command and for scripts.
//!
//! | call | does |
//! |---|---|
//! | `GET /book` | the whole book: `movements`, `merchants` (totals), `refusals`, `certificate_mismatches`, `numbers` (every request), `wire` |
//! | `GET /merchants` | the merchants, without their keys |
//! | `POST /merchants` | registers one: `{mchid, app_ids, api_key?, company?, balance_fen?, limits?, product_open?, allowed_ips?}` → 201 `{mchid, api_key, package}`; a key left out is made up |
//! | `GET /merchants/{mchid}/package.zip` | the certificate package; `?validity=expired`, `not_yet_valid` or `ends_in_30`, `?issuer=other`, `?protection=legacy_triple_des` or `modern` for variants |
//! | `GET /ca.pem` | the authority that clients have to trust |
//! | `GET /faults` | the rules in force, with how often each matched and fired |
//! | `POST /faults` | puts a rule in force: a [`Rule`](super::faults::Rule) as JSON → 201 `{id}` |
//! | `DELETE /faults`, `DELETE /faults/{id}` | takes all, or one, out of force → 204 |
//! | `POST /balance` | `{mchid, balance_fen}` sets a balance, `{mchid, add_fen}` adds to it → `{mchid, balance_fen}` |
//!
//! What goes wrong is answered with `{"error": "a sentence"}`. A POST has to come as
//! `application/json`, so that no page in a browser can send one unasked.
//!
//! `curl -X POST -H 'Content-Type: application/json' -d '{"endpoint":"transfers","times":1,
//! "booking":"as_usual","action":{"kind":"code","code":"SYSTEMERROR"}}' …/faults` makes the next
//! transfer pay and answer `SYSTEMERROR`.

mod listen;
mod routes;

pub(super) use listen::{bind, serve};
