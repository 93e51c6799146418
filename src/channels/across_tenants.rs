//! The queries over several tenants: the engine's, for the settings in force, and the one for certificates that end soon.

use std::time::Duration;

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Binary, Text};

use super::certificate::expiry;
use super::expiring::Expiring;
use crate::basics::{AppId, CertificateId, ChannelId, MerchantNumber, TenantId, Timestamp};
use crate::db::{DbFault, Tx, sql};

/// Which version of a tenant's channel is in force, and with which AppID and merchant number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Current {
    /// The tenant.
    pub tenant: TenantId,
    /// The channel.
    pub channel: ChannelId,
    /// The version.
    pub version: i64,
    /// The AppID.
    pub app_id: AppId,
    /// The merchant number.
    pub merchant_number: MerchantNumber,
    /// From when on the certificate is valid.
    pub(super) not_before: Timestamp,
    /// Until when.
    pub(super) not_after: Timestamp,
}

impl Current {
    /// Whether the certificate is valid at `now`.
    pub fn certificate_is_valid(&self, now: Timestamp) -> bool {
        self.not_before <= now && now < self.not_after
    }
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Binary)]
    tenant_id: TenantId,
    #[diesel(sql_type = Binary)]
    channel_id: ChannelId,
    #[diesel(sql_type = BigInt)]
    version: i64,
    #[diesel(sql_type = Text)]
    app_id: AppId,
    #[diesel(sql_type = Text)]
    merchant_number: MerchantNumber,
    #[diesel(sql_type = BigInt)]
    not_before: Timestamp,
    #[diesel(sql_type = BigInt)]
    not_after: Timestamp,
}

impl From<Row> for Current {
    fn from(row: Row) -> Self {
        Self {
            tenant: row.tenant_id,
            channel: row.channel_id,
            version: row.version,
            app_id: row.app_id,
            merchant_number: row.merchant_number,
            not_before: row.not_before,
            not_after: row.not_after,
        }
    }
}

/// What is missing is which tenants'.
const CURRENT: &str = "SELECT c.tenant_id, c.id AS channel_id, c.version, v.app_id, v.merchant_number, x.not_before, x.not_after \
     FROM channels c JOIN channel_versions v ON v.tenant_id = c.tenant_id AND v.channel_id = c.id AND v.version = c.version \
     JOIN certificates x ON x.tenant_id = c.tenant_id AND x.id = v.certificate_id \
     WHERE c.rail = 'wechat_v2' AND v.api_key_version IS NOT NULL AND v.app_id IS NOT NULL \
     AND v.merchant_number IS NOT NULL AND c.tenant_id ";

/// The complete channels in force of these tenants. A tenant whose settings are incomplete is left out.
pub fn list_current(tx: &mut Tx<'_>, tenants: &[TenantId]) -> Result<Vec<Current>, DbFault> {
    if tenants.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<Row> = sql(CURRENT)
        .push("IN (VALUES ")
        .joined_rows(tenants.iter().map(|tenant| [(*tenant).into()]))
        .push(")")
        .load(tx)?;
    Ok(rows.into_iter().map(Current::from).collect())
}

/// The complete channel in force of one tenant; none when its settings are incomplete.
pub fn find_current(tx: &mut Tx<'_>, tenant: TenantId) -> Result<Option<Current>, DbFault> {
    let row: Option<Row> = sql(CURRENT).push_with("= ?", [tenant.into()]).find(tx)?;
    Ok(row.map(Current::from))
}

#[derive(QueryableByName)]
struct EndingRow {
    #[diesel(sql_type = Binary)]
    tenant_id: TenantId,
    #[diesel(sql_type = Binary)]
    id: CertificateId,
    #[diesel(sql_type = Text)]
    serial: String,
    #[diesel(sql_type = Text)]
    merchant_number: String,
    #[diesel(sql_type = BigInt)]
    not_after: Timestamp,
}

/// The certificates in use of which a notice is due that was not given yet, at most `most` of them. The notices count as given with the
/// transaction, so that each is given once: whoever calls writes the event in the same one.
pub fn take_due_notices(
    tx: &mut Tx<'_>,
    most: i64,
    now: Timestamp,
) -> Result<Vec<Expiring>, DbFault> {
    const DAY: Duration = Duration::from_hours(24);
    // the steps of `expiry::notice`, by their number in the column
    let rows: Vec<EndingRow> = sql(
        "SELECT t.tenant_id, t.id, t.serial, t.merchant_number, t.not_after FROM certificates t \
         JOIN channels c ON c.tenant_id = t.tenant_id AND c.id = t.channel_id \
         JOIN channel_versions v ON v.tenant_id = c.tenant_id AND v.channel_id = c.id AND v.version = c.version \
         AND v.certificate_id = t.id \
         WHERE t.not_after <= $1 AND t.noticed < CASE WHEN t.not_after < $2 THEN 5 WHEN t.not_after <= $3 THEN 4 \
         WHEN t.not_after <= $4 THEN 3 WHEN t.not_after <= $5 THEN 2 ELSE 1 END \
         ORDER BY t.not_after LIMIT $6",
    )
    .bind(now.plus(DAY.saturating_mul(90)))
    .bind(now)
    .bind(now.plus(DAY))
    .bind(now.plus(DAY.saturating_mul(7)))
    .bind(now.plus(DAY.saturating_mul(30)))
    .bind(most)
    .load(tx)?;
    let mut due = Vec::new();
    for row in rows {
        let Some(notice) = expiry::notice(row.not_after, now) else {
            continue;
        };
        // another engine may give the same notice at this moment: the one that changes the row gives it
        let given = sql(
            "UPDATE certificates SET noticed = $1 WHERE tenant_id = $2 AND id = $3 AND noticed < $1",
        )
        .bind(notice.step())
        .bind(row.tenant_id)
        .bind(row.id)
        .execute(tx)?;
        if given == 0 {
            continue;
        }
        due.push(Expiring {
            tenant: row.tenant_id,
            certificate: row.id,
            serial: row.serial,
            merchant_number: row.merchant_number,
            not_after: row.not_after,
            notice,
            days_left: expiry::days_left(row.not_after, now),
        });
    }
    Ok(due)
}
