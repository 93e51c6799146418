//! Recipients: making one known, the balance, the entries.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::body::JsonBody;
use super::check::Check;
use super::cursor::List;
use super::json;
use super::payouts::page_size;
use crate::basics::names::RealName;
use crate::basics::{Fen, OpenId, PostingId, RecipientId, TenantId, Timestamp};
use crate::commissions;
use crate::db::{DbFault, Scope, Tx};
use crate::ledger::{self, Entry};
use crate::recipients::{self, Done, NewRecipient, Recipient};
use crate::web::State;
use crate::web::guard::Storefront;
use crate::web::problem::Problem;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct PutBody {
    openid: Option<String>,
    real_name: Option<String>,
}

#[derive(Serialize)]
#[expect(
    clippy::struct_field_names,
    reason = "the contract's names, each with its unit"
)]
struct BalanceAnswer {
    available_fen: Fen,
    pending_fen: Fen,
    held_fen: Fen,
    paid_fen: Fen,
}

#[derive(Serialize)]
struct RecipientAnswer<'a> {
    recipient_id: &'a RecipientId,
    openid: &'a OpenId,
    has_real_name: bool,
    balance: BalanceAnswer,
    created_at: Timestamp,
}

/// What is not an id of a recipient cannot be one of ours, so it is simply not there.
pub(super) fn known_id(text: &str) -> Result<RecipientId, Problem> {
    RecipientId::parse(text).map_err(|_| Problem::not_found())
}

/// `PUT /recipients/{recipient_id}`
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::web) struct EntriesQuery {
    limit: Option<String>,
    cursor: Option<String>,
}

#[derive(Serialize)]
struct EntryAnswer {
    id: PostingId,
    kind: String,
    debit_account: String,
    credit_account: String,
    amount_fen: Fen,
    available_after_fen: Fen,
    source: String,
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

#[derive(Serialize)]
struct EntriesAnswer {
    data: Vec<EntryAnswer>,
    next_cursor: Option<String>,
}

/// `GET /recipients/{recipient_id}/entries`
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
