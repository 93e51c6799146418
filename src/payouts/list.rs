//! A tenant's payouts, newest first.

use super::model::{Payout, Status};
use super::store::{COLUMNS, Row};
use crate::basics::page::{Page, PageSize};
use crate::basics::{ExternalId, PayoutId, RecipientId, TenantId, Timestamp, ids};
use crate::db::{DbFault, Tx, sql};

/// Which payouts.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this recipient.
    pub recipient: Option<RecipientId>,
    /// In this status.
    pub status: Option<Status>,
    /// With this number of the storefront's.
    pub external_id: Option<ExternalId>,
    /// Accepted at this instant or later.
    pub created_from: Option<Timestamp>,
    /// Accepted before this instant.
    pub created_to: Option<Timestamp>,
}

/// One page of payouts, older than `before`. Ids grow with time, so a page costs the same at any depth, and new payouts
/// do not shift the older ones.
pub fn list(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    filter: &Filter,
    before: Option<PayoutId>,
    size: PageSize,
) -> Result<Page<Payout, PayoutId>, DbFault> {
    let mut query = sql(format!("SELECT {COLUMNS} FROM payouts WHERE "))
        .push_with("tenant_id = ?", [tenant.into()]);
    if let Some(recipient) = &filter.recipient {
        query = query.push_with(" AND recipient_id = ?", [recipient.into()]);
    }
    if let Some(status) = filter.status {
        query = query.push_with(" AND status = ?", [status.as_str().into()]);
    }
    if let Some(external_id) = &filter.external_id {
        query = query.push_with(" AND external_id = ?", [external_id.into()]);
    }
    // an id begins with the instant at which its payout was accepted, so that a span of time is a span of the primary key
    if let Some(from) = filter.created_from {
        query = query.push_with(" AND id >= ?", [ids::first_of::<PayoutId>(from).into()]);
    }
    if let Some(to) = filter.created_to {
        query = query.push_with(" AND id < ?", [ids::first_of::<PayoutId>(to).into()]);
    }
    if let Some(before) = before {
        query = query.push_with(" AND id < ?", [before.into()]);
    }
    let one_more = size.rows().saturating_add(1);
    let rows: Vec<Row> = query
        .push_with(" ORDER BY id DESC LIMIT ?", [one_more.into()])
        .load(tx)?;
    let payouts = rows
        .into_iter()
        .map(Row::into_payout)
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Page::from_one_more(payouts, size, |payout| payout.id))
}
