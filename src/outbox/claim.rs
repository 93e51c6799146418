//! The courier takes up what is due.

use super::across_tenants::{self, DueEndpoint};
use super::delivery::{Delivery, Outcome};
use super::settle::try_row;
use super::sign::SigningSecret;
use super::{Verdict, place};
use crate::basics::{EndpointId, TenantId, Timestamp};
use crate::db::{DbFault, Tx};
use crate::vault::{Vault, VaultFault};
use crate::wire::Target;
use std::time::Duration;

/// So many deliveries of one endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Whose endpoint it is.
    pub tenant: TenantId,
    /// The endpoint.
    pub endpoint: EndpointId,
    /// How many at the most.
    pub most: i64,
}

/// A delivery that is claimed: it is to be tried now.
#[derive(Clone, Debug)]
pub struct Claimed {
    /// Whose it is.
    pub tenant: TenantId,
    /// Where it goes.
    pub endpoint: EndpointId,
    /// What goes.
    pub delivery: Delivery,
    /// The fence of this claim.
    pub fence: i64,
    /// The number of the try that follows.
    pub number: i64,
    /// The try before was claimed then, and nobody knows how it ended.
    pub(super) interrupted: Option<(i64, Timestamp)>,
}

/// Claims due deliveries within the quotas until `lease_ends`. A courier that dies holds them no longer than that.
pub fn claim(
    tx: &mut Tx<'_>,
    quotas: &[Quota],
    lease_ends: Timestamp,
    now: Timestamp,
) -> Result<Vec<Claimed>, DbFault> {
    let claimed = across_tenants::lock_due(tx, quotas, now)?;
    across_tenants::mark_claimed(tx, &claimed, lease_ends, now)?;
    let interrupted = claimed
        .iter()
        .filter_map(|one| {
            let (number, at) = one.interrupted?;
            let verdict = Verdict::unanswered(Outcome::Interrupted);
            let key = (one.tenant, one.endpoint, one.delivery.event);
            Some(try_row(key, number, at, Duration::ZERO, &verdict))
        })
        .collect();
    across_tenants::insert_tries(tx, interrupted)?;
    Ok(claimed)
}

/// What is needed to call an endpoint.
#[derive(Clone, Debug)]
pub struct Correspondent {
    /// Where it is.
    pub url: Target,
    /// What to sign with: the secret in force, and for a day the one before. None when it does not open.
    pub secrets: Vec<SigningSecret>,
}

/// Opens what is needed to call an endpoint.
pub fn correspondent(
    tx: &mut Tx<'_>,
    vault: &Vault,
    due: &DueEndpoint,
    now: Timestamp,
) -> Result<Correspondent, DbFault> {
    let url =
        Target::parse(&due.url).map_err(|_| super::store::damaged("an address that is none"))?;
    let mut secrets = Vec::new();
    secrets.extend(open(
        tx,
        vault,
        due,
        due.secret_version,
        &due.sealed_secret,
    )?);
    if let Some(sealed) = &due.sealed_old_secret
        && due.old_secret_until.is_some_and(|until| now < until)
        && !secrets.is_empty()
    {
        let version = due.secret_version.saturating_sub(1);
        secrets.extend(open(tx, vault, due, version, sealed)?);
    }
    Ok(Correspondent { url, secrets })
}

fn open(
    tx: &mut Tx<'_>,
    vault: &Vault,
    due: &DueEndpoint,
    version: i64,
    sealed: &[u8],
) -> Result<Option<SigningSecret>, DbFault> {
    let row = due.id.to_string();
    match vault.open(tx, &place(due.tenant_id, &row, version), sealed) {
        Ok(plain) => Ok(SigningSecret::stored(plain.expose())),
        Err(VaultFault::Db(fault)) => Err(fault),
        Err(fault @ (VaultFault::Damaged { .. } | VaultFault::NoDataKey)) => {
            tracing::error!(endpoint = %due.id, %fault, "the secret of an endpoint does not open");
            Ok(None)
        }
    }
}
