//! The queries of one tenant's channel.

use diesel::prelude::*;

use super::certificate::{CertificateFacts, MerchantIdentity};
use super::model::{SecretName, SecretState, Settings, StoredCertificate, WECHAT_V2};
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

fn key_place(tenant: TenantId, row: &str) -> Place<'_> {
    Place {
        tenant,
        table: "certificates",
        column: "sealed_key",
        row,
        version: 1,
    }
}

pub(super) fn insert_certificate(
    tx: &mut Tx<'_>,
    vault: &Vault,
    tenant: TenantId,
    channel: ChannelId,
    stored: &StoredCertificate,
    identity: &MerchantIdentity,
    now: Timestamp,
) -> Result<(), VaultFault> {
    let row = stored.id.to_string();
    let sealed = vault.seal(tx, &key_place(tenant, &row), identity.key.expose(), now)?;
    let facts = &stored.facts;
    diesel::insert_into(certificates::table)
        .values((
            certificates::tenant_id.eq(tenant),
            certificates::id.eq(stored.id),
            certificates::channel_id.eq(channel),
            certificates::merchant_number.eq(&facts.merchant_number),
            certificates::serial.eq(&facts.serial),
            certificates::subject.eq(&facts.subject),
            certificates::organization.eq(&facts.organization),
            certificates::organizational_unit.eq(&facts.organizational_unit),
            certificates::issuer.eq(&facts.issuer),
            certificates::not_before.eq(facts.not_before),
            certificates::not_after.eq(facts.not_after),
            certificates::fingerprint_sha256.eq(&facts.fingerprint_sha256),
            certificates::key_bits.eq(i64::from(facts.key_bits)),
            certificates::chain.eq(join_chain(&identity.chain)),
            certificates::sealed_key.eq(sealed),
            certificates::uploaded_at.eq(stored.uploaded_at),
            certificates::uploaded_by.eq(&stored.uploaded_by),
        ))
        .execute(tx.conn())
        .map_err(DbFault::from)?;
    Ok(())
}

#[derive(Queryable)]
struct CertificateRow {
    id: CertificateId,
    merchant_number: String,
    serial: String,
    subject: String,
    organization: String,
    organizational_unit: String,
    issuer: String,
    not_before: Timestamp,
    not_after: Timestamp,
    fingerprint_sha256: String,
    key_bits: i64,
    uploaded_at: Timestamp,
    uploaded_by: String,
}

fn load_certificate(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: CertificateId,
) -> Result<StoredCertificate, DbFault> {
    let row: CertificateRow = certificates::table
        .find((tenant, id))
        .select((
            certificates::id,
            certificates::merchant_number,
            certificates::serial,
            certificates::subject,
            certificates::organization,
            certificates::organizational_unit,
            certificates::issuer,
            certificates::not_before,
            certificates::not_after,
            certificates::fingerprint_sha256,
            certificates::key_bits,
            certificates::uploaded_at,
            certificates::uploaded_by,
        ))
        .first(tx.conn())?;
    Ok(StoredCertificate {
        id: row.id,
        facts: CertificateFacts {
            merchant_number: row.merchant_number,
            serial: row.serial,
            subject: row.subject,
            organization: row.organization,
            organizational_unit: row.organizational_unit,
            issuer: row.issuer,
            not_before: row.not_before,
            not_after: row.not_after,
            fingerprint_sha256: row.fingerprint_sha256,
            key_bits: u32::try_from(row.key_bits).map_err(|_| DbFault::Damaged {
                table: "certificates",
                what: "key_bits",
            })?,
        },
        uploaded_at: row.uploaded_at,
        uploaded_by: row.uploaded_by,
    })
}

/// A certificate that is about to be used.
pub(super) struct OpenedCertificate {
    /// DER, the merchant's first.
    pub(super) chain: Vec<Vec<u8>>,
    /// PKCS#8.
    pub(super) key: Secret<Vec<u8>>,
}

/// A certificate's chain and private key, for the engine.
pub(super) fn open_certificate(
    tx: &mut Tx<'_>,
    vault: &Vault,
    tenant: TenantId,
    id: CertificateId,
) -> Result<OpenedCertificate, VaultFault> {
    let (chain, sealed): (Vec<u8>, Vec<u8>) = certificates::table
        .find((tenant, id))
        .select((certificates::chain, certificates::sealed_key))
        .first(tx.conn())
        .map_err(DbFault::from)?;
    let chain = split_chain(&chain).ok_or(DbFault::Damaged {
        table: "certificates",
        what: "a chain that is cut",
    })?;
    let row = id.to_string();
    let key = vault.open(tx, &key_place(tenant, &row), &sealed)?;
    Ok(OpenedCertificate { chain, key })
}

/// The certificates of a chain one after the other, each with its length before it.
pub(super) fn join_chain(chain: &[Vec<u8>]) -> Vec<u8> {
    let mut joined = Vec::new();
    for certificate in chain {
        let length = u32::try_from(certificate.len()).unwrap_or(u32::MAX);
        joined.extend_from_slice(&length.to_be_bytes());
        joined.extend_from_slice(certificate);
    }
    joined
}

/// The inverse of [`join_chain`].
pub(super) fn split_chain(mut joined: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut chain = Vec::new();
    while !joined.is_empty() {
        let (length, rest) = joined.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_be_bytes(*length)).ok()?;
        let (certificate, rest) = rest.split_at_checked(length)?;
        chain.push(certificate.to_vec());
        joined = rest;
    }
    Some(chain)
}
