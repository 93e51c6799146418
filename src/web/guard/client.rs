//! Where a request comes from: the peer, or what a trusted proxy says of it.

use std::net::IpAddr;

use actix_web::HttpRequest;
use actix_web::http::header;

use crate::people::Client;
use crate::web::State;

/// How many proxies behind one another are looked through.
const MOST_PROXIES: usize = 16;

/// The network address of whoever sends a request. `X-Forwarded-For` counts only as far as trusted proxies have written it: read
/// from the right, the first address that is not a trusted proxy is the caller.
pub(in crate::web) fn address(request: &HttpRequest, state: &State) -> Option<IpAddr> {
    let is_proxy = |address: &IpAddr| {
        state
            .trusted_proxies
            .iter()
            .any(|network| network.contains(address))
    };
    let mut caller = request.peer_addr()?.ip().to_canonical();
    let headers: Vec<&str> = request
        .headers()
        .get_all(header::X_FORWARDED_FOR)
        .filter_map(|value| value.to_str().ok())
        .collect();
    let hops = headers
        .iter()
        .rev()
        .flat_map(|line| line.rsplit(','))
        .take(MOST_PROXIES);
    for hop in hops {
        if !is_proxy(&caller) {
            break;
        }
        match hop.trim().parse::<IpAddr>() {
            Ok(address) => caller = address.to_canonical(),
            Err(_) => break,
        }
    }
    Some(caller)
}

/// Address and browser of a request, as session lists show them.
pub(in crate::web) fn client(request: &HttpRequest, state: &State) -> Client {
    Client {
        address: address(request, state)
            .map(|address| address.to_string())
            .unwrap_or_default(),
        user_agent: request
            .headers()
            .get(header::USER_AGENT)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_owned(),
    }
}
