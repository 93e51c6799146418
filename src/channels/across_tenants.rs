//! The engine's query: the settings in force of several tenants at once.

use diesel::prelude::*;

use super::model::WECHAT_V2;
use crate::basics::{AppId, ChannelId, MerchantNumber, TenantId, Timestamp};
use crate::db::schema::{certificates, channel_versions, channels};
use crate::db::{DbFault, Tx};

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
