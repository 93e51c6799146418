//! From a ruling to the elements of its answer (reference §1.2, §2.2, §2.6, §3.2). Never a `sign`.

use std::borrow::Cow;

use super::arrival::Endpoint;
use super::beijing;
use super::chance::Chance;
use super::codes;
use super::faults::Shape;
use super::judge::{Case, Refused, Ruling};
use super::order::{Order, OrderKey, Standing};
use super::render::{Fields, Variety};
use super::state::State;

/// The elements of the answer to one request.
pub(super) fn fields(
    state: &State,
    case: &Case<'_>,
    ruling: &Ruling,
    chance: &mut Chance,
) -> Fields {
    let order = |key: &OrderKey| state.orders.get(key);
    let refuse = |refused: &Refused, chance: &mut Chance| refusal(state, case, refused, chance);
    match ruling {
        Ruling::Refused(refused) => refuse(refused, chance),
        Ruling::NotCarriedOut | Ruling::HeldBack | Ruling::Pending => {
            refuse(&Refused::plain(codes::SYSTEMERROR), chance)
        }
        Ruling::Paid(key) => match order(key) {
            Some(order) => paid(case, key, order, chance),
            None => refuse(&Refused::plain(codes::SYSTEMERROR), chance),
        },
        Ruling::Found(key) => match order(key) {
            Some(order) => found(case, key, order, chance),
            None => refuse(&Refused::plain(codes::NOT_FOUND), chance),
        },
    }
}

fn put(fields: &mut Fields, name: &'static str, value: impl Into<String>) {
    fields.push((Cow::Borrowed(name), value.into()));
}

fn paid(case: &Case<'_>, key: &OrderKey, order: &Order, chance: &mut Chance) -> Fields {
    let paid_at_ms = match order.standing {
        Standing::Paid { at_ms } => at_ms,
        Standing::Pending(_) | Standing::Failed { .. } => order.initiated_at_ms,
    };
    let mut fields = Fields::new();
    put(&mut fields, "return_code", "SUCCESS");
    put(
        &mut fields,
        "return_msg",
        if chance.one_in(4) { "OK" } else { "" },
    );
    echo_merchant(&mut fields, case);
    put(&mut fields, "nonce_str", chance.nonce());
    put(&mut fields, "result_code", "SUCCESS");
    put(&mut fields, "partner_trade_no", &*key.number);
    put(&mut fields, "payment_no", &*order.payment_no);
    put(&mut fields, "payment_time", beijing::format(paid_at_ms));
    fields
}

fn found(case: &Case<'_>, key: &OrderKey, order: &Order, chance: &mut Chance) -> Fields {
    let mut fields = Fields::new();
    put(&mut fields, "return_code", "SUCCESS");
    put(
        &mut fields,
        "return_msg",
        if chance.one_in(2) { "获取成功" } else { "" },
    );
    put(&mut fields, "result_code", "SUCCESS");
    echo_merchant(&mut fields, case);
    put(&mut fields, "detail_id", &*order.payment_no);
    put(&mut fields, "partner_trade_no", &*key.number);
    match &order.standing {
        Standing::Paid { at_ms } => {
            put(&mut fields, "status", "SUCCESS");
            put(&mut fields, "payment_time", beijing::format(*at_ms));
        }
        Standing::Pending(_) => put(&mut fields, "status", "PROCESSING"),
        Standing::Failed { reason } => {
            put(&mut fields, "status", "FAILED");
            put(&mut fields, "reason", &**reason);
        }
    }
    put(&mut fields, "payment_amount", order.amount_fen.to_string());
    put(&mut fields, "openid", &*order.openid);
    put(
        &mut fields,
        "transfer_time",
        beijing::format(order.initiated_at_ms),
    );
    if let Some(name) = &order.payee_name {
        put(&mut fields, "transfer_name", &**name);
    }
    put(&mut fields, "desc", &*order.desc);
    fields
}

fn refusal(state: &State, case: &Case<'_>, refused: &Refused, chance: &mut Chance) -> Fields {
    let shape = refused
        .shape
        .unwrap_or_else(|| shape_of(&refused.code, state.variety, chance));
    let mut fields = Fields::new();
    let communication = match shape {
        Shape::Business => "SUCCESS",
        Shape::Communication | Shape::Both => "FAIL",
    };
    put(&mut fields, "return_code", communication);
    put(&mut fields, "return_msg", &*refused.text);
    if shape == Shape::Communication {
        return fields;
    }
    if shape == Shape::Business && case.endpoint == Endpoint::Transfers {
        echo_merchant(&mut fields, case);
        let number = case
            .number()
            .filter(|_| state.variety == Variety::Plain || chance.one_in(2));
        if let Some(number) = number {
            put(&mut fields, "partner_trade_no", number);
        }
    }
    put(&mut fields, "result_code", "FAIL");
    put(&mut fields, "err_code", &*refused.code);
    put(&mut fields, "err_code_des", &*refused.text);
    fields
}

/// The shapes in which a code has been seen; the seed chooses between them.
fn shape_of(code: &str, variety: Variety, chance: &mut Chance) -> Shape {
    let otherwise = if code == codes::SYSTEMERROR.name {
        Shape::Both
    } else if [codes::SIGN_ERROR, codes::XML_ERROR, codes::PARAM_ERROR]
        .iter()
        .any(|c| c.name == code)
    {
        Shape::Communication
    } else {
        Shape::Business
    };
    if variety == Variety::Seeded && chance.one_in(3) {
        otherwise
    } else {
        Shape::Business
    }
}

fn echo_merchant(fields: &mut Fields, case: &Case<'_>) {
    let names = [
        case.endpoint.app_element(),
        case.endpoint.merchant_element(),
        "device_info",
    ];
    for name in names {
        if let Some(value) = case.element(name) {
            put(fields, name, value);
        }
    }
}
