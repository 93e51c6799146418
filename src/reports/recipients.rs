//! Recipients with their balances, for the page 提成管理.

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Text};

use crate::basics::page::{Page, PageSize};
use crate::basics::{Fen, OpenId, RecipientId, TenantId, Timestamp};
use crate::db::{DbFault, Tx, sql};

/// One recipient with the balance.
#[derive(Clone, Debug, QueryableByName)]
pub struct RecipientLine {
    /// The storefront's own id.
    #[diesel(sql_type = Text)]
    pub id: RecipientId,
    /// Who that is under the tenant's AppID.
    #[diesel(sql_type = Text)]
    pub openid: OpenId,
    /// Since when the recipient is known.
    #[diesel(sql_type = BigInt)]
    pub created_at: Timestamp,
    /// Can be withdrawn.
    #[diesel(sql_type = BigInt)]
    pub available_fen: Fen,
    /// Earned, and not yet to be withdrawn.
    #[diesel(sql_type = BigInt)]
    pub pending_fen: Fen,
    /// On its way out.
    #[diesel(sql_type = BigInt)]
    pub held_fen: Fen,
    /// Paid out of the balance.
    #[diesel(sql_type = BigInt)]
    pub paid_fen: Fen,
}

/// What is searched for: the beginning of an id, or a whole openid.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// The text; without one everybody is found.
    pub text: Option<String>,
}

/// One page of recipients by id, after `after`. The cost does not depend on how many there are: a prefix is a range of the key, an
/// openid has an index.
pub fn list(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    search: &Search,
    after: Option<&RecipientId>,
    size: PageSize,
) -> Result<Page<RecipientLine, RecipientId>, DbFault> {
    let mut query = sql(
        "SELECT r.id, r.openid, r.created_at, b.available_fen, b.pending_fen, b.held_fen, \
         b.paid_fen FROM recipients r JOIN ledger_balances b ON b.tenant_id = r.tenant_id \
         AND b.recipient_id = r.id WHERE ",
    )
    .push_with("r.tenant_id = ?", [tenant.into()]);
    if let Some(text) = &search.text {
        // ids are ASCII, so everything that begins with the text comes before the text with a ~ behind it
        let end = format!("{text}~");
        query = query.push_with(
            " AND (r.openid = ? OR (r.id >= ? AND r.id < ?))",
            [text.as_str().into(), text.as_str().into(), end.into()],
        );
    }
    if let Some(after) = after {
        query = query.push_with(" AND r.id > ?", [after.into()]);
    }
    let rows = query
        .push_with(
            " ORDER BY r.id LIMIT ?",
            [size.rows().saturating_add(1).into()],
        )
        .load(tx)?;
    Ok(Page::from_one_more(rows, size, |line: &RecipientLine| {
        line.id.clone()
    }))
}
