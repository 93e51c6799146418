//! The queries over several tenants: the engine's, for the settings in force, and the one for certificates that end soon.

use std::time::Duration;

use diesel::QueryableByName;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Text};

use super::certificate::expiry;
use super::expiring::Expiring;
use super::model::WECHAT_V2;
use crate::basics::{AppId, CertificateId, ChannelId, MerchantNumber, TenantId, Timestamp};
use crate::db::schema::{certificates, channel_versions, channels};
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

/// The complete channels in force of these tenants. A tenant whose settings are incomplete is left out.
pub fn list_current(tx: &mut Tx<'_>, tenants: &[TenantId]) -> Result<Vec<Current>, DbFault> {
    type Row = (
        TenantId,
        ChannelId,
        i64,
        Option<AppId>,
        Option<MerchantNumber>,
        Timestamp,
        Timestamp,
    );
    let rows: Vec<Row> = channels::table
        .inner_join(
            channel_versions::table.on(channel_versions::tenant_id
                .eq(channels::tenant_id)
                .and(channel_versions::channel_id.eq(channels::id))
                .and(channel_versions::version.eq(channels::version))),
        )
        .inner_join(
            certificates::table.on(certificates::tenant_id
                .eq(channels::tenant_id)
                .and(channel_versions::certificate_id.eq(certificates::id.nullable()))),
        )
        .filter(
            channels::rail
                .eq(WECHAT_V2)
                .and(channels::tenant_id.eq_any(tenants)),
        )
        .filter(channel_versions::api_key_version.is_not_null())
        .select((
            channels::tenant_id,
            channels::id,
            channels::version,
            channel_versions::app_id,
            channel_versions::merchant_number,
            certificates::not_before,
            certificates::not_after,
        ))
        .load(tx.conn())?;
    Ok(rows
        .into_iter()
        .filter_map(
            |(tenant, channel, version, app_id, merchant_number, not_before, not_after)| {
                let (app_id, merchant_number) = (app_id?, merchant_number?);
                Some(Current {
                    tenant,
                    channel,
                    version,
                    app_id,
                    merchant_number,
                    not_before,
                    not_after,
                })
            },
        )
        .collect())
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
