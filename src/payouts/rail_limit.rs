//! What the rail itself has said of a limit. It decides nothing: it shows people that a day is reached by WeChat Pay's word.

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Text};

use crate::basics::{Day, RecipientId, TenantId, Timestamp};
use crate::db::{DbFault, Tx, sql};

/// A limit that the rail has named today.
#[derive(Clone, Debug, QueryableByName)]
pub struct RailLimit {
    /// The recipient to whose payout it was said.
    #[diesel(sql_type = Text)]
    pub scope: String,
    /// The rail's code.
    #[diesel(sql_type = Text)]
    pub code: String,
    /// When it was first said on this day.
    #[diesel(sql_type = BigInt)]
    pub first_at: Timestamp,
    /// How often.
    #[diesel(sql_type = BigInt)]
    pub times: i64,
}

/// Notes that the rail has named a limit.
pub fn note_rail_limit(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    recipient: &RecipientId,
    code: &str,
    now: Timestamp,
) -> Result<(), DbFault> {
    sql("INSERT INTO rail_limits (tenant_id, day, scope, code, first_at, last_at, times) \
         VALUES ($1, $2, $3, $4, $5, $5, 1) ON CONFLICT (tenant_id, day, scope, code) DO UPDATE SET \
         last_at = excluded.last_at, times = rail_limits.times + 1")
    .bind(tenant)
    .bind(now.day())
    .bind(recipient)
    .bind(code)
    .bind(now)
    .execute(tx)?;
    Ok(())
}

/// How many are shown.
const SHOWN: i64 = 50;

/// The limits that the rail has named on a day.
pub fn list_rail_limits(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    day: Day,
) -> Result<Vec<RailLimit>, DbFault> {
    sql(
        "SELECT scope, code, first_at, times FROM rail_limits WHERE tenant_id = $1 AND day = $2 \
         ORDER BY last_at DESC LIMIT $3",
    )
    .bind(tenant)
    .bind(day)
    .bind(SHOWN)
    .load(tx)
}
