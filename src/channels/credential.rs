//! Opening the credential that the engine calls with.

use std::sync::Arc;

use diesel::prelude::*;

use super::certificates::{self, OpenedCertificate};
use super::model::SecretName;
use super::store;
use crate::basics::{ApiKey, AppId, CertificateId, ChannelId, MerchantNumber, TenantId};
use crate::db::schema::channel_versions;
use crate::db::{DbFault, Tx};
use crate::rails::Credential;
use crate::vault::{Vault, VaultFault};
use crate::wire::ClientIdentity;

/// Why a credential does not open.
#[derive(Debug, thiserror::Error)]
pub enum CredentialFault {
    /// Something is missing in that version of the settings.
    #[error("the settings are incomplete")]
    Incomplete,
    /// The vault failed.
    #[error("a secret could not be opened")]
    Vault(#[from] VaultFault),
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// Opens the credential of one version of a channel.
pub fn open_credential(
    tx: &mut Tx<'_>,
    vault: &Vault,
    tenant: TenantId,
    channel: ChannelId,
    version: i64,
) -> Result<Credential, CredentialFault> {
    open(tx, vault, tenant, channel, version, None)
}

/// The same with another certificate of the channel in place of the version's, to try it.
pub fn open_credential_with(
    tx: &mut Tx<'_>,
    vault: &Vault,
    tenant: TenantId,
    channel: ChannelId,
    version: i64,
    certificate: CertificateId,
) -> Result<Credential, CredentialFault> {
    open(tx, vault, tenant, channel, version, Some(certificate))
}

fn open(
    tx: &mut Tx<'_>,
    vault: &Vault,
    tenant: TenantId,
    channel: ChannelId,
    version: i64,
    instead: Option<CertificateId>,
) -> Result<Credential, CredentialFault> {
    type Row = (
        Option<AppId>,
        Option<MerchantNumber>,
        Option<i64>,
        Option<CertificateId>,
    );
    let (app_id, merchant_number, key_version, certificate): Row = channel_versions::table
        .find((tenant, channel, version))
        .select((
            channel_versions::app_id,
            channel_versions::merchant_number,
            channel_versions::api_key_version,
            channel_versions::certificate_id,
        ))
        .first(tx.conn())
        .map_err(DbFault::from)?;
    let (Some(app_id), Some(merchant_number), Some(key_version), Some(certificate)) = (
        app_id,
        merchant_number,
        key_version,
        instead.or(certificate),
    ) else {
        return Err(CredentialFault::Incomplete);
    };
    let key = store::open_secret(tx, vault, tenant, channel, SecretName::ApiKey, key_version)?;
    let damaged = || DbFault::Damaged {
        table: "channel_secrets",
        what: "an API key that is none",
    };
    let text = std::str::from_utf8(key.expose()).map_err(|_| damaged())?;
    let api_key = ApiKey::parse(text).map_err(|_| damaged())?;
    let OpenedCertificate { chain, key } =
        certificates::open_certificate(tx, vault, tenant, certificate)?;
    let identity = Arc::new(ClientIdentity {
        tenant,
        certificate,
        chain,
        key,
    });
    Ok(Credential {
        merchant_number,
        app_id,
        api_key,
        identity,
    })
}

/// The newest version with this AppID and merchant number and everything else that a call needs: what a payout that was
/// sent with them is asked for with, whatever the settings are now.
pub fn find_version_for(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    channel: ChannelId,
    app_id: &AppId,
    merchant_number: &MerchantNumber,
) -> Result<Option<i64>, DbFault> {
    Ok(channel_versions::table
        .filter(
            channel_versions::tenant_id
                .eq(tenant)
                .and(channel_versions::channel_id.eq(channel))
                .and(channel_versions::app_id.eq(app_id))
                .and(channel_versions::merchant_number.eq(merchant_number))
                .and(channel_versions::api_key_version.is_not_null())
                .and(channel_versions::certificate_id.is_not_null()),
        )
        .order(channel_versions::version.desc())
        .select(channel_versions::version)
        .first(tx.conn())
        .optional()?)
}
