//! A transfer: checked against what is known of its number, then paid or refused (§2.3, §2.4).

use sha2::{Digest as _, Sha256};

use super::form::{self, TransferForm};
use super::identify::{check_pace, identify};
use super::{Case, Refused, Ruled, Ruling};
use crate::simulator::arrival::{Elements, Endpoint};
use crate::simulator::beijing;
use crate::simulator::book::Digest;
use crate::simulator::codes::{self, Code};
use crate::simulator::faults::{Action, Asked, Outcome, ask};
use crate::simulator::merchant::{LimitNames, Verification};
use crate::simulator::order::{Account, Finish, Order, OrderKey, PayeeUse, Standing};
use crate::simulator::shared_text::SharedText;
use crate::simulator::state::{Due, MAX_ORDERS, State};

/// Beijing days for which a number is protected; afterwards it pays again (§2.4).
const NUMBER_DAYS: i64 = 365;

/// A transfer that is right in itself.
pub(super) struct Draft<'a> {
    form: TransferForm<'a>,
    key: OrderKey,
    parameters: Digest,
    fingerprint: SharedText,
}

/// Checks the request in itself, and against the first one of its number.
pub(super) fn check<'a>(
    state: &mut State,
    case: &'a Case<'_>,
    now_ms: i64,
) -> Result<Draft<'a>, Refused> {
    let (elements, mchid) = identify(state, case, now_ms)?;
    let number = form::check(Endpoint::Transfers, elements)?;
    let form = form::transfer(elements)?;
    check_pace(state, Endpoint::Transfers, &mchid, now_ms)?;
    let key = OrderKey {
        mchid,
        number: number.to_owned(),
    };
    check_pause(state, &key, now_ms)?;
    let parameters = digest_of(elements);
    forget_if_old(state, &key, now_ms);
    if state
        .orders
        .get(&key)
        .is_some_and(|first| first.parameters != parameters)
    {
        return Err(Refused::plain(codes::FATAL_ERROR));
    }
    Ok(Draft {
        form,
        key,
        parameters,
        fingerprint: case.certificate.fingerprint.clone(),
    })
}

/// Every parameter but `sign`, whatever their order. Lengths go in too, so that no value can be
/// mistaken for the next name.
fn digest_of(elements: &Elements) -> Digest {
    let mut parameters: Vec<_> = elements
        .iter()
        .filter(|(name, _)| *name != "sign")
        .collect();
    parameters.sort_unstable();
    let mut digest = Sha256::new();
    for (name, value) in parameters {
        for part in [name, value] {
            digest.update(part.len().to_be_bytes());
            digest.update(part);
        }
    }
    Digest(digest.finalize().into())
}

/// Repeats the answer of a known order, or pays a new one.
pub(super) fn carry_out(
    state: &mut State,
    draft: &Draft<'_>,
    action: Option<&Action>,
    now_ms: i64,
) -> Result<Ruled, Refused> {
    if let Some(order) = state.orders.get(&draft.key) {
        let ruling = match &order.standing {
            Standing::Paid { .. } => Ruling::Paid(draft.key.clone()),
            Standing::Pending(_) => Ruling::Pending,
            Standing::Failed { .. } => return Err(Refused::plain(codes::SEND_FAILED)),
        };
        return Ok(Ruled {
            ruling,
            booked: false,
        });
    }
    let account = state
        .accounts
        .get(&draft.key.mchid)
        .ok_or(Refused::plain(codes::NO_AUTH))?;
    weigh(account, &draft.form, now_ms)?;
    if state.orders.len() >= MAX_ORDERS {
        return Err(Refused::with(codes::SYSTEMERROR, "模拟器订单已满"));
    }
    accept(state, draft, action, now_ms);
    if let Some(Action::Accept { ms, .. }) = action {
        let at_ms = now_ms.saturating_add(i64::try_from(*ms).unwrap_or(i64::MAX));
        state.plan(at_ms, Due::End(draft.key.clone()));
        return Ok(Ruled {
            ruling: Ruling::Pending,
            booked: false,
        });
    }
    state.settle(&draft.key, now_ms);
    Ok(Ruled {
        ruling: Ruling::Paid(draft.key.clone()),
        booked: true,
    })
}

/// Everything that can speak against a new payout, in the order in which WeChat Pay is taken to look.
fn weigh(account: &Account, form: &TransferForm<'_>, now_ms: i64) -> Result<(), Refused> {
    if matches!(ask(form.openid, Endpoint::Transfers, 0), Asked::Unreadable) {
        let text = "openid与商户appid不匹配（模拟器：oSIM-后不是已知的故障名）";
        return Err(Refused::with(codes::OPENID_ERROR, text));
    }
    let refuse = |code: Code| Err(Refused::plain(code));
    if let Some(payee) = account.payees.get(form.openid) {
        if payee
            .app_id
            .as_ref()
            .is_some_and(|app_id| app_id != form.app_id)
        {
            return refuse(codes::OPENID_ERROR);
        }
        if payee.verification == Verification::Unverified {
            return refuse(codes::V2_ACCOUNT_SIMPLE_BAN);
        }
        if let (Some(asked), Some(real)) = (form.name_to_check, &payee.real_name)
            && asked != real
        {
            return refuse(codes::NAME_MISMATCH);
        }
    }
    let limits = &account.merchant.limits;
    let amount_fen = form.amount_fen;
    if !(limits.transfer_min_fen..=limits.transfer_max_fen).contains(&amount_fen) {
        return refuse(codes::AMOUNT_LIMIT);
    }
    let (payee_code, merchant_code) = match limits.names {
        LimitNames::Classic => (codes::MONEY_LIMIT, codes::MONEY_LIMIT),
        LimitNames::Newer => (codes::RECEIVED_MONEY_LIMIT, codes::SEND_MONEY_LIMIT),
    };
    let day = account.day(now_ms);
    let payee = day.and_then(|day| day.payees.get(form.openid).copied());
    let PayeeUse { paid_fen, count } = payee.unwrap_or_default();
    if count >= limits.payee_day_count {
        return refuse(codes::SENDNUM_LIMIT);
    }
    if paid_fen.saturating_add(amount_fen) > limits.payee_day_fen {
        return refuse(payee_code);
    }
    let day_fen = day.map_or(0, |day| day.paid_fen);
    if day_fen.saturating_add(amount_fen) > limits.merchant_day_fen {
        return refuse(merchant_code);
    }
    if amount_fen > account.merchant.balance_fen {
        return refuse(codes::NOTENOUGH);
    }
    Ok(())
}

/// Writes the order down and takes the money out of the balance.
fn accept(state: &mut State, draft: &Draft<'_>, action: Option<&Action>, now_ms: i64) {
    let payment_no = state.next_payment_no(now_ms);
    let finish = if let Some(Action::Accept {
        then: Outcome::Failure,
        ..
    }) = action
    {
        Finish::Failure {
            reason: "付款失败，资金已退回商户账户".to_owned(),
        }
    } else {
        Finish::Success
    };
    let hidden_until_ms = if let Some(Action::HideFor { ms }) = action {
        now_ms.saturating_add(i64::try_from(*ms).unwrap_or(i64::MAX))
    } else {
        i64::MIN
    };
    let form = &draft.form;
    if let Some(account) = state.accounts.get_mut(&draft.key.mchid) {
        account.hold(form.openid, form.amount_fen, now_ms);
    }
    let order = Order {
        app_id: form.app_id.to_owned(),
        openid: form.openid.to_owned(),
        amount_fen: form.amount_fen,
        desc: form.desc.to_owned(),
        payee_name: form.payee_name.map(str::to_owned),
        parameters: draft.parameters,
        payment_no,
        initiated_at_ms: now_ms,
        fingerprint: Some(draft.fingerprint.clone()),
        standing: Standing::Pending(finish),
        hidden_until_ms,
    };
    state.orders.insert(draft.key.clone(), order);
}

/// The same number again within the pause is called too often (§2: at most once a second).
fn check_pause(state: &State, key: &OrderKey, now_ms: i64) -> Result<(), Refused> {
    let pause_ms = state
        .accounts
        .get(&key.mchid)
        .map_or(0, |account| account.merchant.limits.same_number_pause_ms);
    let last_ms = state
        .journal
        .seen(key)
        .and_then(|seen| seen.last_transfer_ms);
    if last_ms.is_some_and(|last_ms| (0..pause_ms).contains(&now_ms.saturating_sub(last_ms))) {
        Err(Refused::plain(codes::FREQ_LIMIT))
    } else {
        Ok(())
    }
}

/// After a year WeChat Pay no longer knows the number, and would pay it again.
fn forget_if_old(state: &mut State, key: &OrderKey, now_ms: i64) {
    let is_old = state.orders.get(key).is_some_and(|order| {
        let age_days = beijing::day(now_ms).saturating_sub(beijing::day(order.initiated_at_ms));
        age_days > NUMBER_DAYS && !matches!(order.standing, Standing::Pending(_))
    });
    if is_old {
        state.orders.remove(key);
    }
}
