//! `POST /withdrawals` and `POST /payouts`: asking for money to be paid.

use actix_web::{HttpResponse, web};
use serde::Deserialize;
use serde_json::Number;
use utoipa::ToSchema;

use super::body::JsonBody;
use super::check::Check;
use super::idempotent::{KeyHeader, once};
use super::payouts::{PayoutAnswer, render};
use super::schema;
use crate::audit::By;
use crate::basics::{Description, ExternalId, Fen, RecipientId, TenantId, Timestamp};
use crate::channels::{self, Missing, WECHAT_V2};
use crate::commissions::{self, MatureError};
use crate::db::{DbFault, Tx};
use crate::idempotency::Call;
use crate::limits;
use crate::payouts::{self, AcceptError, Kind, Payout, Request};
use crate::recipients;
use crate::web::State;
use crate::web::guard::{Storefront, said_in};
use crate::web::problem::{Code, Problem, Said};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PayoutAsk)]
pub(in crate::web) struct PayoutBody {
    #[schema(required = true, schema_with = schema::recipient_id)]
    recipient_id: Option<String>,
    #[schema(required = true, schema_with = schema::amount)]
    amount_fen: Option<Number>,
    #[schema(schema_with = schema::description_or_null)]
    description: Option<String>,
    #[schema(schema_with = schema::external_id)]
    external_id: Option<String>,
}

/// A payout that was asked for, judged field by field.
#[derive(Clone)]
struct Wanted {
    recipient: RecipientId,
    amount: Fen,
    description: Description,
    external_id: Option<ExternalId>,
}

impl Wanted {
    fn read(kind: Kind, body: &PayoutBody) -> Result<Self, Problem> {
        let mut check = Check::default();
        let recipient = check.required(
            "recipient_id",
            body.recipient_id.as_deref(),
            RecipientId::parse,
        );
        let amount = check.amount("amount_fen", body.amount_fen.as_ref());
        // what the recipient reads in WeChat when the storefront says nothing
        let usual = match kind {
            Kind::Withdrawal => "提现",
            Kind::Direct => "付款",
        };
        let description = check.required(
            "description",
            Some(body.description.as_deref().unwrap_or(usual)),
            Description::parse,
        );
        let external_id = check.optional(
            "external_id",
            body.external_id.as_deref(),
            ExternalId::parse,
        );
        match (recipient, amount, description) {
            (Some(recipient), Some(amount), Some(description)) => {
                check.finish()?;
                Ok(Self {
                    recipient,
                    amount,
                    description,
                    external_id,
                })
            }
            _ => Err(check.into_problem()),
        }
    }
}

/// `POST /withdrawals`
#[utoipa::path(
    post,
    path = "/api/v1/withdrawals",
    operation_id = "withdraw",
    tag = "payouts",
    request_body = PayoutBody,
    responses((status = 201, body = PayoutAnswer))
)]
pub(in crate::web) async fn withdraw(
    state: web::Data<State>,
    storefront: Storefront,
    key: KeyHeader,
    body: JsonBody<PayoutBody>,
) -> Result<HttpResponse, Problem> {
    accept(
        &state,
        &storefront,
        "POST /withdrawals",
        key,
        &body,
        Kind::Withdrawal,
    )
    .await
}

/// `POST /payouts`
#[utoipa::path(
    post,
    path = "/api/v1/payouts",
    operation_id = "pay_directly",
    tag = "payouts",
    request_body = PayoutBody,
    responses((status = 201, body = PayoutAnswer))
)]
pub(in crate::web) async fn pay_directly(
    state: web::Data<State>,
    storefront: Storefront,
    key: KeyHeader,
    body: JsonBody<PayoutBody>,
) -> Result<HttpResponse, Problem> {
    accept(
        &state,
        &storefront,
        "POST /payouts",
        key,
        &body,
        Kind::Direct,
    )
    .await
}

/// Why a payout is not accepted at this door.
#[derive(Debug, thiserror::Error)]
enum Refusal {
    /// The verb refused it.
    #[error(transparent)]
    Refused(#[from] AcceptError),
    /// It could not be sent: a shop hears that from the call, and not from a queue.
    #[error("the settings are incomplete")]
    NotReady(Vec<Missing>),
    /// The certificate is expired or not yet valid.
    #[error("the certificate is not valid now")]
    CertificateNotValid,
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Refused(error) => error.into(),
            Refusal::NotReady(missing) => {
                let missing: Vec<&str> = missing.iter().map(|what| what.as_str()).collect();
                let missing = missing.join(", ");
                let detail = Said::new(
                    format!("「微信支付配置」缺少: {missing}"),
                    format!("missing on 微信支付配置: {missing}"),
                );
                Self::new(Code::TenantNotReady, detail)
            }
            Refusal::CertificateNotValid => {
                let detail = Said::new(
                    "商户API证书不在有效期内;请在「微信支付配置」上传新证书",
                    "the merchant certificate is not valid today; upload a new one on 微信支付配置",
                );
                Self::new(Code::TenantNotReady, detail)
            }
            Refusal::Db(fault) => fault.into(),
        }
    }
}

async fn accept(
    state: &State,
    storefront: &Storefront,
    route: &'static str,
    key: KeyHeader,
    body: &JsonBody<PayoutBody>,
    kind: Kind,
) -> Result<HttpResponse, Problem> {
    storefront.may_move_money()?;
    let wanted = Wanted::read(kind, &body.fields)?;
    let tenant = storefront.tenant();
    let call = Call::new(route, key.0, &body.canonical);
    let language = said_in().into();
    once(state, tenant, call, storefront.by(), move |tx, by, now| {
        accept_in_tx(tx, tenant, kind, &wanted, by, now).map(|payout| render(&payout, language))
    })
    .await
}

fn ready_to_pay(tx: &mut Tx<'_>, tenant: TenantId, now: Timestamp) -> Result<(), Refusal> {
    match channels::find_current(tx, tenant)? {
        Some(current) if current.certificate_is_valid(now) => Ok(()),
        Some(_) => Err(Refusal::CertificateNotValid),
        None => Err(Refusal::NotReady(
            channels::load_settings(tx, tenant)?.missing(),
        )),
    }
}

fn accept_in_tx(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    kind: Kind,
    wanted: &Wanted,
    by: &By,
    now: Timestamp,
) -> Result<Payout, Refusal> {
    ready_to_pay(tx, tenant, now)?;
    let recipient =
        recipients::find(tx, tenant, &wanted.recipient)?.ok_or(AcceptError::UnknownRecipient)?;
    let policy = limits::load_policy(tx, tenant)?;
    let request = Request {
        checks_name: recipient.has_real_name(),
        recipient: recipient.id,
        openid: recipient.openid,
        amount: wanted.amount,
        description: wanted.description.clone(),
        external_id: wanted.external_id.clone(),
        rail: WECHAT_V2,
    };
    Ok(match kind {
        Kind::Withdrawal => {
            let mature = |tx: &mut Tx<'_>| {
                commissions::mature_of_recipient(tx, tenant, &request.recipient, now).map_err(
                    |error| match error {
                        MatureError::Overflow(_) => AcceptError::TooLarge,
                        MatureError::Db(fault) => AcceptError::Db(fault),
                    },
                )
            };
            payouts::withdraw(tx, tenant, &request, &policy, mature, by, now)?
        }
        Kind::Direct => payouts::pay_directly(tx, tenant, &request, &policy, by, now)?,
    })
}
