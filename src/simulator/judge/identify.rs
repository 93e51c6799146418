//! Who is asking: certificate, merchant, signature, permission (reference §1.3, §1.4, §5.6, §5.7).

use super::{Case, Refused};
use crate::simulator::arrival::{Elements, Endpoint};
use crate::simulator::book::Mismatch;
use crate::simulator::codes;
use crate::simulator::order::Account;
use crate::simulator::shared_text::SharedText;
use crate::simulator::sign::sign;
use crate::simulator::state::State;

/// Codes that say what is wrong with the request itself, whatever stands in the account.
pub(super) fn is_about_the_request(code: &str) -> bool {
    [
        codes::XML_ERROR,
        codes::PARAM_IS_NOT_UTF8,
        codes::PARAM_ERROR,
        codes::CA_ERROR,
        codes::SIGN_ERROR,
        codes::NO_AUTH,
        codes::FATAL_ERROR,
    ]
    .iter()
    .any(|known| known.name == code)
}

/// Checks who is asking; gives the elements and the merchant.
pub(super) fn identify<'a>(
    state: &mut State,
    case: &'a Case<'_>,
    now_ms: i64,
) -> Result<(&'a Elements, SharedText), Refused> {
    let elements = case.elements.as_ref().map_err(Clone::clone)?;
    let name = case.endpoint.merchant_element();
    let mchid = elements.get(name).ok_or_else(|| missing(name))?;
    if case.certificate.common_name != mchid {
        state.journal.note_mismatch(Mismatch {
            at_ms: now_ms,
            mchid: mchid.to_owned(),
            common_name: case.certificate.common_name.clone(),
            certificate_fingerprint: case.certificate.fingerprint.clone(),
            partner_trade_no: case.number().map(str::to_owned),
        });
        return Err(Refused::plain(codes::CA_ERROR));
    }
    let Some(account) = state.accounts.get(mchid) else {
        return Err(Refused::with(codes::PARAM_ERROR, "参数错误：商户号不存在"));
    };
    check_signature(elements, account)?;
    check_permission(case, account)?;
    check_app_id(case.endpoint, elements, account)?;
    Ok((elements, account.mchid.clone()))
}

/// A required element that is absent or empty.
pub(super) fn missing(name: &str) -> Refused {
    Refused::with(codes::PARAM_ERROR, format!("参数错误：缺少参数{name}"))
}

fn check_signature(elements: &Elements, account: &Account) -> Result<(), Refused> {
    let given = elements.get("sign").ok_or_else(|| missing("sign"))?;
    // These calls know MD5 only; whoever names a sign type has signed another string.
    if elements.iter().any(|(name, _)| name == "sign_type") {
        return Err(Refused::plain(codes::SIGN_ERROR));
    }
    if sign(elements.iter(), &account.merchant.api_key) == given {
        Ok(())
    } else {
        Err(Refused::plain(codes::SIGN_ERROR))
    }
}

fn check_permission(case: &Case<'_>, account: &Account) -> Result<(), Refused> {
    if !account.merchant.product_open {
        return Err(Refused::plain(codes::NO_AUTH));
    }
    let allowed = match (&account.merchant.allowed_ips, case.source) {
        (Some(list), Some(source)) => list.contains(&source),
        (None, _) | (_, None) => true,
    };
    if allowed {
        Ok(())
    } else {
        Err(Refused::with(codes::NO_AUTH, codes::ADDRESS_NOT_ALLOWED))
    }
}

fn check_app_id(endpoint: Endpoint, elements: &Elements, account: &Account) -> Result<(), Refused> {
    let name = endpoint.app_element();
    let app_id = elements.get(name).ok_or_else(|| missing(name))?;
    if account.merchant.app_ids.iter().any(|bound| bound == app_id) {
        Ok(())
    } else {
        Err(Refused::with(
            codes::PARAM_ERROR,
            "参数错误：appid与mchid不匹配",
        ))
    }
}

/// Counts the request; `FREQ_LIMIT` when the second is full.
pub(super) fn check_pace(
    state: &mut State,
    endpoint: Endpoint,
    mchid: &str,
    now_ms: i64,
) -> Result<(), Refused> {
    let Some(account) = state.accounts.get_mut(mchid) else {
        return Ok(());
    };
    let limit = match endpoint {
        Endpoint::Transfers => account.merchant.limits.transfers_per_second,
        Endpoint::GetTransferInfo => account.merchant.limits.queries_per_second,
    };
    let pace = account.pace.get_mut(endpoint as usize);
    if pace.is_none_or(|pace| pace.admits(limit, now_ms)) {
        Ok(())
    } else {
        Err(Refused::plain(codes::FREQ_LIMIT))
    }
}
