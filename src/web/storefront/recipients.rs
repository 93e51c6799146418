//! Recipients: making one known, the balance, the entries.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::body::JsonBody;
use super::check::Check;
use super::cursor::List;
use super::json;
use super::payouts::page_size;
use super::schema;
use crate::basics::names::RealName;
use crate::basics::{Fen, OpenId, PostingId, RecipientId, TenantId, Timestamp};
use crate::commissions;
use crate::db::{DbFault, Scope, Tx};
use crate::ledger::{self, Entry};
use crate::recipients::{self, Done, NewRecipient, Recipient};
use crate::web::State;
use crate::web::guard::Storefront;
use crate::web::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RecipientPut)]
pub(in crate::web) struct PutBody {
    #[schema(required = true, schema_with = schema::openid)]
    openid: Option<String>,
    #[schema(schema_with = schema::real_name)]
    real_name: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Balance)]
#[expect(
    clippy::struct_field_names,
    reason = "the contract's names, each with its unit"
)]
pub(in crate::web) struct BalanceAnswer {
    #[schema(schema_with = schema::fen_or_debt)]
    available_fen: Fen,
    #[schema(schema_with = schema::fen)]
    pending_fen: Fen,
    #[schema(schema_with = schema::fen)]
    held_fen: Fen,
    #[schema(schema_with = schema::fen)]
    paid_fen: Fen,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Recipient)]
pub(in crate::web) struct RecipientAnswer<'a> {
    #[schema(schema_with = schema::recipient_id)]
    recipient_id: &'a RecipientId,
    #[schema(schema_with = schema::openid)]
    openid: &'a OpenId,
    has_real_name: bool,
    balance: BalanceAnswer,
    #[schema(schema_with = schema::instant)]
    created_at: Timestamp,
}

/// What is not an id of a recipient cannot be one of ours, so it is simply not there.
pub(super) fn known_id(text: &str) -> Result<RecipientId, Problem> {
    RecipientId::parse(text).map_err(|_| Problem::not_found())
}

/// `PUT /recipients/{recipient_id}`
#[utoipa::path(
    put,
    path = "/api/v1/recipients/{recipient_id}",
    operation_id = "put_recipient",
    tag = "recipients",
    params(RecipientPath),
    request_body = PutBody,
    responses((status = 200, body = RecipientAnswer), (status = 201, body = RecipientAnswer))
)]
pub(in crate::web) async fn put(
    state: web::Data<State>,
    storefront: Storefront,
    path: web::Path<String>,
    body: JsonBody<PutBody>,
) -> Result<HttpResponse, Problem> {
    let mut check = Check::default();
    let id = check.required("recipient_id", Some(&path), RecipientId::parse);
    let openid = check.required("openid", body.fields.openid.as_deref(), OpenId::parse);
    let real_name = check.optional(
        "real_name",
        body.fields.real_name.as_deref(),
        RealName::parse,
    );
    let (Some(id), Some(openid)) = (id, openid) else {
        return Err(check.into_problem());
    };
    check.finish()?;
    let new = NewRecipient {
        id,
        openid,
        real_name,
    };
    let (tenant, by, now) = (storefront.tenant(), storefront.by(), state.clock.now());
    let vault = state.vault.clone();
    let (status, recipient, balance) = state
        .database
        .write("put a recipient", Scope::Tenant(tenant), move |tx| {
            let (status, recipient) =
                match recipients::put(tx, &vault, tenant, &new, &by, now).map_err(PutFault::Put)? {
                    Done::Created(recipient) => (StatusCode::CREATED, recipient),
                    Done::Updated(recipient) => (StatusCode::OK, recipient),
                };
            let balance = balance(tx, tenant, &recipient.id, now)?;
            Ok::<_, PutFault>((status, recipient, balance))
        })
        .await
        .map_err(|fault| match fault {
            PutFault::Put(error) => Problem::from(error),
            PutFault::Db(fault) => fault.into(),
        })?;
    json(status, &answer(&recipient, balance))
}

#[derive(Debug, thiserror::Error)]
enum PutFault {
    #[error("the recipient is not put")]
    Put(#[source] recipients::PutError),
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// `GET /recipients/{recipient_id}`
#[utoipa::path(
    get,
    path = "/api/v1/recipients/{recipient_id}",
    operation_id = "get_recipient",
    tag = "recipients",
    params(RecipientPath),
    responses((status = 200, body = RecipientAnswer))
)]
pub(in crate::web) async fn show(
    state: web::Data<State>,
    storefront: Storefront,
    path: web::Path<String>,
) -> Result<HttpResponse, Problem> {
    let id = known_id(&path)?;
    let (tenant, now) = (storefront.tenant(), state.clock.now());
    let found = state
        .database
        .read(
            "a recipient",
            Scope::Tenant(tenant),
            move |tx| -> Result<_, DbFault> {
                let Some(recipient) = recipients::find(tx, tenant, &id)? else {
                    return Ok(None);
                };
                let balance = balance(tx, tenant, &id, now)?;
                Ok(Some((recipient, balance)))
            },
        )
        .await?;
    let (recipient, balance) = found.ok_or_else(Problem::not_found)?;
    json(StatusCode::OK, &answer(&recipient, balance))
}

/// The balance as it is in truth: what is due counts as available, whether a worker has moved it yet or not.
fn balance(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: &RecipientId,
    now: Timestamp,
) -> Result<BalanceAnswer, DbFault> {
    let balance = ledger::find_balance(tx, tenant, id)?.unwrap_or_default();
    let due = commissions::due_amount(tx, tenant, id, now)?;
    let too_large = |_| DbFault::Damaged {
        table: "ledger_balances",
        what: "beyond 64 bits",
    };
    Ok(BalanceAnswer {
        available_fen: balance.available.plus(due).map_err(too_large)?,
        pending_fen: balance.pending.minus(due).map_err(too_large)?,
        held_fen: balance.held,
        paid_fen: balance.paid,
    })
}

fn answer(recipient: &Recipient, balance: BalanceAnswer) -> RecipientAnswer<'_> {
    RecipientAnswer {
        recipient_id: &recipient.id,
        openid: &recipient.openid,
        has_real_name: recipient.has_real_name(),
        balance,
        created_at: recipient.created_at,
    }
}

/// What stands in the path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
#[expect(dead_code, reason = "the documentation's word for the path's one part")]
struct RecipientPath {
    #[param(schema_with = schema::recipient_id)]
    recipient_id: String,
}

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::web) struct EntriesQuery {
    #[param(schema_with = schema::page_size)]
    limit: Option<String>,
    #[param(schema_with = schema::cursor)]
    cursor: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Entry)]
pub(in crate::web) struct EntryAnswer {
    #[schema(schema_with = schema::our_id)]
    id: PostingId,
    #[schema(schema_with = schema::entry_kind)]
    kind: String,
    #[schema(schema_with = schema::account)]
    debit_account: String,
    #[schema(schema_with = schema::account)]
    credit_account: String,
    #[schema(schema_with = schema::amount)]
    amount_fen: Fen,
    #[schema(schema_with = schema::fen_or_debt)]
    available_after_fen: Fen,
    #[schema(schema_with = schema::a_source)]
    source: String,
    #[schema(schema_with = schema::instant)]
    posted_at: Timestamp,
}

impl From<Entry> for EntryAnswer {
    fn from(entry: Entry) -> Self {
        Self {
            id: entry.id,
            kind: entry.kind,
            debit_account: entry.debit_account,
            credit_account: entry.credit_account,
            amount_fen: entry.amount_fen,
            available_after_fen: entry.available_after_fen,
            source: entry.source,
            posted_at: entry.posted_at,
        }
    }
}

#[derive(Serialize, ToSchema)]
#[schema(as = EntryList)]
pub(in crate::web) struct EntriesAnswer {
    data: Vec<EntryAnswer>,
    #[schema(required = true, schema_with = schema::cursor_or_null)]
    next_cursor: Option<String>,
}

/// `GET /recipients/{recipient_id}/entries`
#[utoipa::path(
    get,
    path = "/api/v1/recipients/{recipient_id}/entries",
    operation_id = "list_entries",
    tag = "recipients",
    params(RecipientPath, EntriesQuery),
    responses((status = 200, body = EntriesAnswer))
)]
pub(in crate::web) async fn entries(
    state: web::Data<State>,
    storefront: Storefront,
    path: web::Path<String>,
    query: super::query::Query<EntriesQuery>,
) -> Result<HttpResponse, Problem> {
    let id = known_id(&path)?;
    let mut check = Check::default();
    let size = page_size(&mut check, query.0.limit.as_deref());
    check.finish()?;
    let tenant = storefront.tenant();
    let filter = format!("entries {id}");
    let list = List {
        tenant,
        filter: &filter,
    };
    let before = query
        .0
        .cursor
        .as_deref()
        .map(|cursor| list.position(&state.cursor_key, cursor));
    let before = before.transpose()?;
    let page = state
        .database
        .read(
            "a recipient's entries",
            Scope::Tenant(tenant),
            move |tx| -> Result<_, DbFault> {
                if recipients::find(tx, tenant, &id)?.is_none() {
                    return Ok(None);
                }
                ledger::list_entries(tx, tenant, &id, before, size).map(Some)
            },
        )
        .await?
        .ok_or_else(Problem::not_found)?;
    let next_cursor = page.next.map(|last| list.cursor(&state.cursor_key, &last));
    let data = page.rows.into_iter().map(EntryAnswer::from).collect();
    json(StatusCode::OK, &EntriesAnswer { data, next_cursor })
}
