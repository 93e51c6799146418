//! The forms of fields, for the documentation: what the names and numbers of `basics` let in, said as JSON Schema.

use serde_json::{Value as Json, json};
use utoipa::openapi::schema::{Object, ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{KnownFormat, SchemaFormat};

use crate::basics::page::PageSize;
use crate::commissions::CommissionState;
use crate::ledger::Account;
use crate::limits::{LimitName, WhenDayIsFull};
use crate::payouts::{Kind, Status};
use crate::web::problem::Code;

fn text() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String)
}

fn or_null(mut object: Object, base: Type) -> Object {
    object.schema_type = SchemaType::from_iter([base, Type::Null]);
    if let Some(values) = &mut object.enum_values {
        values.push(Json::Null);
    }
    object
}

fn names<'a>(names: impl Iterator<Item = &'a str>, example: &str) -> Object {
    text()
        .enum_values(Some(names))
        .examples([json!(example)])
        .build()
}

/// An id of the storefront's own.
fn storefront_id(example: &str) -> Object {
    text()
        .min_length(Some(1))
        .max_length(Some(64))
        .pattern(Some("^[A-Za-z0-9_.:-]+$"))
        .examples([json!(example)])
        .build()
}

pub(in crate::web) fn recipient_id() -> Object {
    storefront_id("u-1001")
}

pub(in crate::web) fn recipient_id_or_null() -> Object {
    or_null(recipient_id(), Type::String)
}

/// At most two recipients, the nearer first.
pub(in crate::web) fn promoters() -> utoipa::openapi::schema::Array {
    utoipa::openapi::schema::ArrayBuilder::new()
        .items(recipient_id())
        .max_items(Some(2))
        .examples([json!(["u-1001", "u-1002"])])
        .build()
}

pub(in crate::web) fn order_id() -> Object {
    storefront_id("A-20261123-7")
}

pub(in crate::web) fn refund_id() -> Object {
    storefront_id("R-20261124-1")
}

pub(in crate::web) fn item_key() -> Object {
    or_null(storefront_id("tea"), Type::String)
}

pub(in crate::web) fn level() -> Object {
    ObjectBuilder::new()
        .schema_type(Type::Integer)
        .minimum(Some(1))
        .maximum(Some(2))
        .examples([json!(1)])
        .build()
}

pub(in crate::web) fn commission_id() -> Object {
    storefront_id("c-20261123-1")
}

pub(in crate::web) fn order_no() -> Object {
    or_null(storefront_id("A-20261123-7"), Type::String)
}

pub(in crate::web) fn external_id() -> Object {
    or_null(storefront_id("W-20261123-1"), Type::String)
}

pub(in crate::web) fn a_source() -> Object {
    text().examples([json!("c-20261123-1")]).build()
}

/// An id of ours.
pub(in crate::web) fn our_id() -> Object {
    text()
        .format(Some(SchemaFormat::Custom("uuid".to_owned())))
        .examples([json!("019ab2c0-7a00-7c2e-aed9-5ae59bf41f7f")])
        .build()
}

pub(in crate::web) fn openid() -> Object {
    text()
        .min_length(Some(1))
        .max_length(Some(64))
        .pattern(Some("^[A-Za-z0-9_-]+$"))
        .examples([json!("oUpF8uMuAJO_M2pxb1Q9zNjWeS6o")])
        .build()
}

pub(in crate::web) fn real_name() -> Object {
    or_null(
        text()
            .min_length(Some(1))
            .max_length(Some(64))
            .examples([json!("张三")])
            .build(),
        Type::String,
    )
}

pub(in crate::web) fn description() -> Object {
    text()
        .min_length(Some(1))
        .max_length(Some(100))
        .examples([json!("十一月提成")])
        .build()
}

pub(in crate::web) fn description_or_null() -> Object {
    or_null(description(), Type::String)
}

pub(in crate::web) fn reason_text() -> Object {
    or_null(
        text()
            .max_length(Some(200))
            .examples([json!("顾客退货")])
            .build(),
        Type::String,
    )
}

/// An amount that is asked for: fen, more than nothing.
pub(in crate::web) fn amount() -> Object {
    fen_builder(1_234).minimum(Some(1)).build()
}

fn fen_builder(example: i64) -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(Type::Integer)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
        .maximum(Some(isize::MAX))
        .examples([json!(example)])
}

/// An amount that may be nothing, and not less.
pub(in crate::web) fn fen() -> Object {
    fen_builder(1_234).minimum(Some(0)).build()
}

/// An amount that may be below zero.
pub(in crate::web) fn fen_or_debt() -> Object {
    fen_builder(8_766).minimum(Some(isize::MIN)).build()
}

pub(in crate::web) fn count() -> Object {
    ObjectBuilder::new()
        .schema_type(Type::Integer)
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::Int64)))
        .minimum(Some(0))
        .examples([json!(500_000)])
        .build()
}

pub(in crate::web) fn count_or_null() -> Object {
    or_null(count(), Type::Integer)
}

pub(in crate::web) fn instant() -> Object {
    text()
        .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
        .examples([json!("2026-11-23T04:00:00.000Z")])
        .build()
}

pub(in crate::web) fn instant_or_null() -> Object {
    or_null(instant(), Type::String)
}

pub(in crate::web) fn page_size() -> Object {
    ObjectBuilder::new()
        .schema_type(Type::Integer)
        .minimum(Some(1))
        .maximum(Some(usize::from(PageSize::MAX)))
        .default(Some(json!(PageSize::DEFAULT.rows())))
        .build()
}

pub(in crate::web) fn cursor() -> Object {
    text().max_length(Some(64)).build()
}

pub(in crate::web) fn cursor_or_null() -> Object {
    or_null(cursor(), Type::String)
}

pub(in crate::web) fn payout_status() -> Object {
    names(Status::ALL.iter().map(|status| status.as_str()), "queued")
}

pub(in crate::web) fn payout_kind() -> Object {
    names(Kind::ALL.iter().map(|kind| kind.as_str()), "withdrawal")
}

pub(in crate::web) fn rail() -> Object {
    text().examples([json!(crate::channels::WECHAT_V2)]).build()
}

pub(in crate::web) fn partner_trade_no() -> Object {
    text()
        .min_length(Some(1))
        .max_length(Some(32))
        .examples([json!("019ab2c07a007c2eaed95ae59bf41f7f")])
        .build()
}

pub(in crate::web) fn payment_no() -> Object {
    or_null(
        text()
            .examples([json!("1000018301201511230000001")])
            .build(),
        Type::String,
    )
}

pub(in crate::web) fn reason_code() -> Object {
    text()
        .examples([json!("limit_recipient_day_amount")])
        .build()
}

pub(in crate::web) fn sentence() -> Object {
    text().build()
}

pub(in crate::web) fn commission_status() -> Object {
    names(
        [
            CommissionState::Pending,
            CommissionState::Available,
            CommissionState::Reversed,
        ]
        .iter()
        .map(|state| state.as_str()),
        "available",
    )
}

pub(in crate::web) fn entry_kind() -> Object {
    text().examples([json!("commission_earned")]).build()
}

pub(in crate::web) fn account() -> Object {
    names(
        Account::ALL.iter().map(|account| account.as_str()),
        "available",
    )
}

pub(in crate::web) fn limit_name() -> Object {
    names(
        LimitName::ALL.iter().map(|name| name.as_str()),
        "recipient_day_amount",
    )
}

pub(in crate::web) fn when_day_is_full() -> Object {
    names(
        [WhenDayIsFull::Refuse, WhenDayIsFull::Queue]
            .iter()
            .map(|choice| choice.as_str()),
        "refuse",
    )
}

/// The codes of problems.
pub(in crate::web) fn problem_code() -> Object {
    names(
        Code::ALL.iter().map(|code| code.as_str()),
        "validation_failed",
    )
}

/// A problem's type.
pub(in crate::web) fn problem_type() -> Object {
    text()
        .format(Some(SchemaFormat::Custom("uri-reference".to_owned())))
        .examples([json!("https://pay.example.com/api/docs#validation_failed")])
        .build()
}

/// An HTTP status.
pub(in crate::web) fn http_status() -> Object {
    ObjectBuilder::new()
        .schema_type(Type::Integer)
        .minimum(Some(400))
        .maximum(Some(599))
        .examples([json!(422)])
        .build()
}

/// The name of a field.
pub(in crate::web) fn field_name() -> Object {
    text().examples([json!("amount_fen")]).build()
}

/// What is wrong with a field, as a word.
pub(in crate::web) fn field_code() -> Object {
    text().examples([json!("amount")]).build()
}
