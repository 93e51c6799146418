//! Which certificates served the last calls to the rail.

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Binary};

use crate::basics::{CertificateId, TenantId, Timestamp};
use crate::db::{DbFault, Tx, sql};

/// How many calls are looked at: those of the newest payouts.
const CALLS: i64 = 200;

/// What one certificate did among the last calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CertificateUse {
    /// The certificate.
    pub certificate: CertificateId,
    /// How many of the last calls were made with it.
    pub calls: u64,
    /// When it was used last.
    pub last_at: Timestamp,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Binary)]
    certificate_id: CertificateId,
    #[diesel(sql_type = BigInt)]
    prepared_at: Timestamp,
}

/// The certificates of the last calls, the one that was used last first.
pub fn list(tx: &mut Tx<'_>, tenant: TenantId) -> Result<Vec<CertificateUse>, DbFault> {
    let rows: Vec<Row> = sql("SELECT v.certificate_id, a.prepared_at FROM \
         (SELECT payout_id, channel_version, prepared_at FROM attempts WHERE tenant_id = $1 AND finished_at IS NOT NULL \
         ORDER BY payout_id DESC, number DESC LIMIT $2) a \
         JOIN payouts p ON p.tenant_id = $1 AND p.id = a.payout_id \
         JOIN channel_versions v ON v.tenant_id = $1 AND v.channel_id = p.channel_id AND v.version = a.channel_version \
         WHERE v.certificate_id IS NOT NULL")
    .bind(tenant)
    .bind(CALLS)
    .load(tx)?;
    let mut uses: Vec<CertificateUse> = Vec::new();
    for row in rows {
        match uses
            .iter_mut()
            .find(|known| known.certificate == row.certificate_id)
        {
            Some(known) => {
                known.calls = known.calls.saturating_add(1);
                known.last_at = known.last_at.max(row.prepared_at);
            }
            None => uses.push(CertificateUse {
                certificate: row.certificate_id,
                calls: 1,
                last_at: row.prepared_at,
            }),
        }
    }
    uses.sort_by_key(|known| std::cmp::Reverse(known.last_at));
    Ok(uses)
}
