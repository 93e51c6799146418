//! The query of what the last 一键检测 found. What the findings say is the engine's to write and to read.

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Text};
use uuid::Uuid;

use super::certificates;
use crate::audit::By;
use crate::basics::{CertificateId, ChannelId, Id as _, TenantId, Timestamp};
use crate::db::{DbFault, Tx, sql};

/// A check that was put down.
#[derive(Clone, Debug, PartialEq, Eq, QueryableByName)]
pub struct PutDown {
    /// The version of the settings that was checked.
    #[diesel(sql_type = BigInt)]
    pub version: i64,
    /// What was found, as JSON.
    #[diesel(sql_type = Text)]
    pub results: String,
    /// When.
    #[diesel(sql_type = BigInt)]
    pub checked_at: Timestamp,
    /// By whom.
    #[diesel(sql_type = Text)]
    pub checked_by: String,
}

/// The row of a check for which there was no certificate.
fn row_of(certificate: Option<CertificateId>) -> CertificateId {
    certificate.unwrap_or_else(|| CertificateId::from_uuid(Uuid::nil()))
}

/// Puts a check down in place of the last one of the same certificate. A good one proves the certificate.
pub fn put_check(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    channel: ChannelId,
    version: i64,
    certificate: Option<CertificateId>,
    is_good: bool,
    results: &str,
    by: &By,
    now: Timestamp,
) -> Result<(), DbFault> {
    sql(
        "INSERT INTO channel_checks (tenant_id, channel_id, certificate_id, version, results, checked_at, checked_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (tenant_id, channel_id, certificate_id) DO UPDATE SET version = excluded.version, \
         results = excluded.results, checked_at = excluded.checked_at, checked_by = excluded.checked_by",
    )
    .bind(tenant)
    .bind(channel)
    .bind(row_of(certificate))
    .bind(version)
    .bind(results)
    .bind(now)
    .bind(by.text())
    .execute(tx)?;
    if let Some(certificate) = certificate.filter(|_| is_good) {
        certificates::set_proved(tx, tenant, certificate, now)?;
    }
    Ok(())
}

/// What the last check of this certificate found, or of the settings without one.
pub fn find_check(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    channel: ChannelId,
    certificate: Option<CertificateId>,
) -> Result<Option<PutDown>, DbFault> {
    sql(
        "SELECT version, results, checked_at, checked_by FROM channel_checks \
         WHERE tenant_id = $1 AND channel_id = $2 AND certificate_id = $3",
    )
    .bind(tenant)
    .bind(channel)
    .bind(row_of(certificate))
    .find(tx)
}
