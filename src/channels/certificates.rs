//! The queries of a tenant's certificates.

use diesel::prelude::*;

use super::certificate::{CertificateFacts, MerchantIdentity};
use super::model::StoredCertificate;
use crate::basics::{CertificateId, ChannelId, MerchantNumber, Secret, TenantId, Timestamp};
use crate::db::schema::certificates;
use crate::db::{DbFault, Tx};
use crate::vault::{Place, Vault, VaultFault};

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
    proved_at: Option<Timestamp>,
    retired_at: Option<Timestamp>,
}

type Columns = (
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
    certificates::proved_at,
    certificates::retired_at,
);

const COLUMNS: Columns = (
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
    certificates::proved_at,
    certificates::retired_at,
);

impl CertificateRow {
    fn read(self) -> Result<StoredCertificate, DbFault> {
        Ok(StoredCertificate {
            id: self.id,
            facts: CertificateFacts {
                merchant_number: self.merchant_number,
                serial: self.serial,
                subject: self.subject,
                organization: self.organization,
                organizational_unit: self.organizational_unit,
                issuer: self.issuer,
                not_before: self.not_before,
                not_after: self.not_after,
                fingerprint_sha256: self.fingerprint_sha256,
                key_bits: u32::try_from(self.key_bits).map_err(|_| DbFault::Damaged {
                    table: "certificates",
                    what: "key_bits",
                })?,
            },
            uploaded_at: self.uploaded_at,
            uploaded_by: self.uploaded_by,
            proved_at: self.proved_at,
            retired_at: self.retired_at,
        })
    }
}

pub(super) fn load_certificate(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: CertificateId,
) -> Result<StoredCertificate, DbFault> {
    let row: CertificateRow = certificates::table
        .find((tenant, id))
        .select(COLUMNS)
        .first(tx.conn())?;
    row.read()
}

/// How many stored certificates are looked through: people upload one a year.
const LOOKED_THROUGH: i64 = 50;

/// The certificates of a merchant number that were not thrown away, newest first.
pub(super) fn list_certificates(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    channel: ChannelId,
    merchant_number: &MerchantNumber,
) -> Result<Vec<StoredCertificate>, DbFault> {
    let rows: Vec<CertificateRow> = certificates::table
        .filter(
            certificates::tenant_id
                .eq(tenant)
                .and(certificates::channel_id.eq(channel))
                .and(certificates::merchant_number.eq(merchant_number.as_str()))
                .and(certificates::discarded_at.is_null()),
        )
        .order((certificates::uploaded_at.desc(), certificates::id.desc()))
        .limit(LOOKED_THROUGH)
        .select(COLUMNS)
        .load(tx.conn())?;
    rows.into_iter().map(CertificateRow::read).collect()
}

/// Notes that a certificate was taken out of use, or into use again.
pub(super) fn set_retired(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: CertificateId,
    retired_at: Option<Timestamp>,
) -> Result<(), DbFault> {
    diesel::update(certificates::table.find((tenant, id)))
        .set(certificates::retired_at.eq(retired_at))
        .execute(tx.conn())?;
    Ok(())
}

/// Notes that a check has found a certificate good.
pub(super) fn set_proved(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: CertificateId,
    now: Timestamp,
) -> Result<(), DbFault> {
    diesel::update(certificates::table.find((tenant, id)))
        .set(certificates::proved_at.eq(now))
        .execute(tx.conn())?;
    Ok(())
}

/// Throws a certificate away: it is no longer shown or offered. Its row stays, because versions and attempts refer to it.
pub(super) fn set_discarded(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: CertificateId,
    now: Timestamp,
) -> Result<(), DbFault> {
    diesel::update(certificates::table.find((tenant, id)))
        .set(certificates::discarded_at.eq(now))
        .execute(tx.conn())?;
    Ok(())
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
