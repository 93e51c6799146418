//! The queries of one tenant's channel: its versions and secrets.

use diesel::prelude::*;

use super::certificates::load_certificate;
use super::model::{SecretName, SecretState, Settings, WECHAT_V2};
use crate::audit::By;
use crate::basics::{AppId, CertificateId, ChannelId, MerchantNumber, Secret, TenantId, Timestamp};
use crate::db::schema::{certificates, channel_secrets, channel_versions, channels};
use crate::db::{Backend, DbFault, Tx, sql};
use crate::vault::{Place, Vault, VaultFault};

/// Gives a new tenant an empty channel.
pub fn open_channel(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    by: &By,
    now: Timestamp,
) -> Result<(), DbFault> {
    let id: ChannelId = tx.fresh_id(now);
    diesel::insert_into(channels::table)
        .values((
            channels::tenant_id.eq(tenant),
            channels::id.eq(id),
            channels::rail.eq(WECHAT_V2),
            channels::version.eq(1_i64),
            channels::created_at.eq(now),
        ))
        .execute(tx.conn())?;
    diesel::insert_into(channel_versions::table)
        .values((
            channel_versions::tenant_id.eq(tenant),
            channel_versions::channel_id.eq(id),
            channel_versions::version.eq(1_i64),
            channel_versions::created_at.eq(now),
            channel_versions::created_by.eq(by.text()),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The same as [`load_settings`], and nobody else saves until the transaction ends.
pub(super) fn load_settings_locked(tx: &mut Tx<'_>, tenant: TenantId) -> Result<Settings, DbFault> {
    if tx.backend() == Backend::Postgres {
        sql("SELECT 1 FROM channels WHERE tenant_id = $1 FOR UPDATE")
            .bind(tenant)
            .execute(tx)?;
    }
    load_settings(tx, tenant)
}

#[derive(Queryable)]
struct VersionRow {
    channel: ChannelId,
    version: i64,
    app_id: Option<AppId>,
    merchant_number: Option<MerchantNumber>,
    app_secret_version: Option<i64>,
    api_key_version: Option<i64>,
    api_v3_key_version: Option<i64>,
    certificate_id: Option<CertificateId>,
    created_at: Timestamp,
    created_by: String,
}

/// The settings in force; every tenant has a channel.
pub fn load_settings(tx: &mut Tx<'_>, tenant: TenantId) -> Result<Settings, DbFault> {
    let row: VersionRow = channels::table
        .inner_join(
            channel_versions::table.on(channel_versions::tenant_id
                .eq(channels::tenant_id)
                .and(channel_versions::channel_id.eq(channels::id))
                .and(channel_versions::version.eq(channels::version))),
        )
        .filter(
            channels::tenant_id
                .eq(tenant)
                .and(channels::rail.eq(WECHAT_V2)),
        )
        .select((
            channel_versions::channel_id,
            channel_versions::version,
            channel_versions::app_id,
            channel_versions::merchant_number,
            channel_versions::app_secret_version,
            channel_versions::api_key_version,
            channel_versions::api_v3_key_version,
            channel_versions::certificate_id,
            channel_versions::created_at,
            channel_versions::created_by,
        ))
        .first(tx.conn())?;
    let mut secret = |name, version: Option<i64>| match version {
        None => Ok(None),
        Some(version) => find_secret_state(tx, tenant, row.channel, name, version),
    };
    let app_secret = secret(SecretName::AppSecret, row.app_secret_version)?;
    let api_key = secret(SecretName::ApiKey, row.api_key_version)?;
    let api_v3_key = secret(SecretName::ApiV3Key, row.api_v3_key_version)?;
    let certificate = match row.certificate_id {
        None => None,
        Some(id) => Some(load_certificate(tx, tenant, id)?),
    };
    Ok(Settings {
        channel: row.channel,
        version: row.version,
        app_id: row.app_id,
        merchant_number: row.merchant_number,
        app_secret,
        api_key,
        api_v3_key,
        certificate,
        saved_at: row.created_at,
        saved_by: row.created_by,
    })
}

/// Writes a new version and puts it in force.
pub(super) fn insert_version(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    settings: &Settings,
) -> Result<(), DbFault> {
    diesel::insert_into(channel_versions::table)
        .values((
            channel_versions::tenant_id.eq(tenant),
            channel_versions::channel_id.eq(settings.channel),
            channel_versions::version.eq(settings.version),
            channel_versions::app_id.eq(&settings.app_id),
            channel_versions::merchant_number.eq(&settings.merchant_number),
            channel_versions::app_secret_version
                .eq(settings.app_secret.as_ref().map(|s| s.version)),
            channel_versions::api_key_version.eq(settings.api_key.as_ref().map(|s| s.version)),
            channel_versions::api_v3_key_version
                .eq(settings.api_v3_key.as_ref().map(|s| s.version)),
            channel_versions::certificate_id.eq(settings.certificate.as_ref().map(|c| c.id)),
            channel_versions::created_at.eq(settings.saved_at),
            channel_versions::created_by.eq(&settings.saved_by),
        ))
        .execute(tx.conn())?;
    diesel::update(
        channels::table.filter(
            channels::tenant_id
                .eq(tenant)
                .and(channels::id.eq(settings.channel)),
        ),
    )
    .set(channels::version.eq(settings.version))
    .execute(tx.conn())?;
    Ok(())
}

/// A version without its secrets, for the history.
#[derive(Clone, Debug, Queryable)]
pub(super) struct VersionFacts {
    pub(super) version: i64,
    pub(super) app_id: Option<String>,
    pub(super) merchant_number: Option<String>,
    pub(super) app_secret_version: Option<i64>,
    pub(super) api_key_version: Option<i64>,
    pub(super) api_v3_key_version: Option<i64>,
    pub(super) certificate_id: Option<CertificateId>,
    pub(super) serial: Option<String>,
    pub(super) created_at: Timestamp,
    pub(super) created_by: String,
}

/// The versions older than `before`, newest first.
pub(super) fn list_versions(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    channel: ChannelId,
    before: Option<i64>,
    most: i64,
) -> Result<Vec<VersionFacts>, DbFault> {
    Ok(channel_versions::table
        .left_join(
            certificates::table.on(certificates::tenant_id
                .eq(channel_versions::tenant_id)
                .and(channel_versions::certificate_id.eq(certificates::id.nullable()))),
        )
        .filter(
            channel_versions::tenant_id
                .eq(tenant)
                .and(channel_versions::channel_id.eq(channel))
                .and(channel_versions::version.lt(before.unwrap_or(i64::MAX))),
        )
        .order(channel_versions::version.desc())
        .limit(most)
        .select((
            channel_versions::version,
            channel_versions::app_id,
            channel_versions::merchant_number,
            channel_versions::app_secret_version,
            channel_versions::api_key_version,
            channel_versions::api_v3_key_version,
            channel_versions::certificate_id,
            certificates::serial.nullable(),
            channel_versions::created_at,
            channel_versions::created_by,
        ))
        .load(tx.conn())?)
}

fn secret_place(tenant: TenantId, row: &str, name: SecretName, version: i64) -> Place<'_> {
    Place {
        tenant,
        table: "channel_secrets",
        column: name.as_str(),
        row,
        version,
    }
}

pub(super) fn insert_secret(
    tx: &mut Tx<'_>,
    vault: &Vault,
    tenant: TenantId,
    channel: ChannelId,
    name: SecretName,
    plain: &str,
    by: &By,
    now: Timestamp,
) -> Result<SecretState, VaultFault> {
    let newest: Option<i64> = channel_secrets::table
        .filter(
            channel_secrets::tenant_id
                .eq(tenant)
                .and(channel_secrets::channel_id.eq(channel))
                .and(channel_secrets::name.eq(name.as_str())),
        )
        .order(channel_secrets::version.desc())
        .select(channel_secrets::version)
        .first(tx.conn())
        .optional()
        .map_err(DbFault::from)?;
    let version = newest.unwrap_or(0).saturating_add(1);
    let row = channel.to_string();
    let place = secret_place(tenant, &row, name, version);
    let sealed = vault.seal(tx, &place, plain.as_bytes(), now)?;
    diesel::insert_into(channel_secrets::table)
        .values((
            channel_secrets::tenant_id.eq(tenant),
            channel_secrets::channel_id.eq(channel),
            channel_secrets::name.eq(name.as_str()),
            channel_secrets::version.eq(version),
            channel_secrets::sealed.eq(sealed),
            channel_secrets::set_at.eq(now),
            channel_secrets::set_by.eq(by.text()),
        ))
        .execute(tx.conn())
        .map_err(DbFault::from)?;
    Ok(SecretState {
        version,
        set_at: now,
        set_by: by.text().to_owned(),
    })
}

fn find_secret_state(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    channel: ChannelId,
    name: SecretName,
    version: i64,
) -> Result<Option<SecretState>, DbFault> {
    let row: Option<(Timestamp, String)> = channel_secrets::table
        .find((tenant, channel, name.as_str(), version))
        .select((channel_secrets::set_at, channel_secrets::set_by))
        .first(tx.conn())
        .optional()?;
    Ok(row.map(|(set_at, set_by)| SecretState {
        version,
        set_at,
        set_by,
    }))
}

/// The secret itself, for the engine.
pub(super) fn open_secret(
    tx: &mut Tx<'_>,
    vault: &Vault,
    tenant: TenantId,
    channel: ChannelId,
    name: SecretName,
    version: i64,
) -> Result<Secret<Vec<u8>>, VaultFault> {
    let sealed: Vec<u8> = channel_secrets::table
        .find((tenant, channel, name.as_str(), version))
        .select(channel_secrets::sealed)
        .first(tx.conn())
        .map_err(DbFault::from)?;
    let row = channel.to_string();
    vault.open(tx, &secret_place(tenant, &row, name, version), &sealed)
}
