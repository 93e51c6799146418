//! The calls of the control port.

use bytes::Bytes;
use hyper::header::HeaderValue;
use hyper::{Method, StatusCode};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::simulator::certificates::{
    CertificateFault, Issuer, PackageOptions, Protection, Validity,
};
use crate::simulator::chance::Chance;
use crate::simulator::faults::{Rule, RuleId};
use crate::simulator::merchant::{Merchant, MerchantFault};
use crate::simulator::premises::Premises;

/// A request to the control port.
pub(super) struct Call {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) query: String,
    pub(super) is_json: bool,
    pub(super) body: Bytes,
}

/// An answer of the control port.
pub(super) struct Said {
    pub(super) status: StatusCode,
    pub(super) content_type: HeaderValue,
    pub(super) body: Bytes,
}

impl Said {
    fn bytes(content_type: &'static str, body: impl Into<Bytes>) -> Self {
        Self {
            status: StatusCode::OK,
            content_type: HeaderValue::from_static(content_type),
            body: body.into(),
        }
    }

    fn json(status: u16, value: &impl Serialize) -> Self {
        let body = serde_json::to_vec(value).unwrap_or_default();
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self {
            status,
            ..Self::bytes("application/json", body)
        }
    }

    fn nothing() -> Self {
        Self {
            status: StatusCode::NO_CONTENT,
            ..Self::bytes("text/plain", Bytes::new())
        }
    }

    pub(super) fn error(status: u16, sentence: impl std::fmt::Display) -> Self {
        Self::json(status, &json!({ "error": sentence.to_string() }))
    }
}

/// Answers one call.
pub(super) fn route(premises: &Premises, call: &Call) -> Said {
    let parts: Vec<&str> = call
        .path
        .split('/')
        .filter(|part| !part.is_empty())
        .collect();
    let now_ms = (premises.now())();
    match (call.method.as_str(), parts.as_slice()) {
        ("GET", ["book"]) => Said::json(200, &premises.gateway().book(now_ms)),
        ("GET", ["merchants"]) => list_merchants(premises, now_ms),
        ("POST", ["merchants"]) => with_json(call, |merchant| add_merchant(premises, merchant)),
        ("GET", ["merchants", mchid, "package.zip"]) => package(premises, mchid, &call.query),
        ("GET", ["ca.pem"]) => Said::bytes("application/x-pem-file", premises.ca_pem().to_owned()),
        ("GET", ["faults"]) => Said::json(200, &premises.gateway().faults()),
        ("POST", ["faults"]) => with_json(call, |rule| add_fault(premises, rule)),
        ("DELETE", ["faults"]) => {
            premises.gateway().clear_faults();
            Said::nothing()
        }
        ("DELETE", ["faults", id]) => remove_fault(premises, id),
        ("POST", ["balance"]) => with_json(call, |change| balance(premises, &change)),
        (_, ["book" | "merchants" | "ca.pem" | "faults" | "balance", ..]) => {
            Said::error(405, "no such call")
        }
        _ => Said::error(404, "no such path"),
    }
}

fn with_json<T: for<'de> Deserialize<'de>>(call: &Call, then: impl FnOnce(T) -> Said) -> Said {
    if !call.is_json {
        return Said::error(415, "the body has to be application/json");
    }
    match serde_json::from_slice(&call.body) {
        Ok(value) => then(value),
        Err(fault) => Said::error(400, fault),
    }
}

fn list_merchants(premises: &Premises, now_ms: i64) -> Said {
    let gateway = premises.gateway();
    let rows = gateway.totals(now_ms).into_iter().filter_map(|totals| {
        let merchant = gateway.merchant(&totals.mchid)?;
        Some(json!({
            "mchid": merchant.mchid,
            "company": merchant.company,
            "app_ids": merchant.app_ids,
            "limits": merchant.limits,
            "product_open": merchant.product_open,
            "allowed_ips": merchant.allowed_ips,
            "totals": totals,
        }))
    });
    Said::json(200, &rows.collect::<Vec<_>>())
}

fn add_merchant(premises: &Premises, mut wanted: Value) -> Said {
    if let Some(fields) = wanted.as_object_mut() {
        fields
            .entry("api_key")
            .or_insert_with(|| Value::String(new_key()));
    }
    let merchant: Merchant = match serde_json::from_value(wanted) {
        Ok(merchant) => merchant,
        Err(fault) => return Said::error(400, fault),
    };
    let (mchid, api_key) = (merchant.mchid.clone(), merchant.api_key.clone());
    match premises.gateway().add_merchant(merchant) {
        Ok(()) => {
            let package = format!("/merchants/{mchid}/package.zip");
            Said::json(
                201,
                &json!({ "mchid": mchid, "api_key": api_key, "package": package }),
            )
        }
        Err(fault) => refused(&fault),
    }
}

fn new_key() -> String {
    let seed = getrandom::u64().unwrap_or_default();
    Chance::of(seed, &["api_key"], 0).nonce()
}

fn refused(fault: &MerchantFault) -> Said {
    let status = match fault {
        MerchantFault::Unknown => 404,
        MerchantFault::Registered => 409,
        MerchantFault::Number
        | MerchantFault::Key
        | MerchantFault::AppIds
        | MerchantFault::Balance => 400,
    };
    Said::error(status, fault)
}

fn package(premises: &Premises, mchid: &str, query: &str) -> Said {
    let Some(options) = package_options(query) else {
        return Said::error(400, "no such variant of a package");
    };
    let made = premises
        .package(mchid, options)
        .and_then(|package| package.zip());
    match made {
        Ok(archive) => Said::bytes("application/zip", archive),
        Err(fault @ CertificateFault::UnknownMerchant) => Said::error(404, fault),
        Err(fault) => Said::error(500, fault),
    }
}

fn package_options(query: &str) -> Option<PackageOptions> {
    let mut options = PackageOptions::default();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        match pair.split_once('=')? {
            ("issuer", "tenpay") => options.issuer = Issuer::Tenpay,
            ("issuer", "other") => options.issuer = Issuer::Other,
            ("validity", "normal") => options.validity = Validity::Normal,
            ("validity", "expired") => options.validity = Validity::Expired,
            ("validity", "not_yet_valid") => options.validity = Validity::NotYetValid,
            ("validity", other) => {
                let days = other.strip_prefix("ends_in_")?.parse().ok()?;
                options.validity = Validity::EndsIn(days);
            }
            ("protection", "legacy_rc2") => options.protection = Protection::LegacyRc2,
            ("protection", "legacy_triple_des") => {
                options.protection = Protection::LegacyTripleDes;
            }
            ("protection", "modern") => options.protection = Protection::Modern,
            _ => return None,
        }
    }
    Some(options)
}

fn add_fault(premises: &Premises, rule: Rule) -> Said {
    match premises.gateway().set_fault(rule) {
        Ok(id) => Said::json(201, &json!({ "id": id })),
        Err(fault) => Said::error(400, fault),
    }
}

fn remove_fault(premises: &Premises, id: &str) -> Said {
    match id.parse().map(RuleId) {
        Ok(id) if premises.gateway().remove_fault(id) => Said::nothing(),
        Ok(_) | Err(_) => Said::error(404, "no such rule"),
    }
}

/// A new balance, or money added to the present one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BalanceChange {
    mchid: String,
    balance_fen: Option<i64>,
    add_fen: Option<i64>,
}

fn balance(premises: &Premises, change: &BalanceChange) -> Said {
    let changed = premises
        .gateway()
        .change_merchant(&change.mchid, |merchant| {
            let base_fen = change.balance_fen.unwrap_or(merchant.balance_fen);
            merchant.balance_fen = base_fen.saturating_add(change.add_fen.unwrap_or(0));
        });
    match changed {
        Ok(()) => {
            let merchant = premises.gateway().merchant(&change.mchid);
            let balance_fen = merchant.map(|merchant| merchant.balance_fen);
            Said::json(
                200,
                &json!({ "mchid": change.mchid, "balance_fen": balance_fen }),
            )
        }
        Err(fault) => refused(&fault),
    }
}
