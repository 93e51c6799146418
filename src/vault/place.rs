//! Where a secret belongs: what its ciphertext is bound to.

use crate::basics::{Id as _, TenantId};

/// A place for one sealed secret. All of it is associated data: moved anywhere else, the secret does not open.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The tenant.
    pub tenant: TenantId,
    /// The table.
    pub table: &'static str,
    /// The column, or what plays its part.
    pub column: &'static str,
    /// The row within the tenant.
    pub row: &'a str,
    /// The version of the row or of the secret in it.
    pub version: i64,
}

impl<'a> Place<'a> {
    /// A place of somebody who is no tenant's: a person may be a member of several tenants, and outlives each of them. It
    /// is sealed under the platform's own data key, whose tenant is sixteen zero bytes, and bound to the row, which names
    /// the person.
    pub fn of_person(
        table: &'static str,
        column: &'static str,
        person: &'a str,
        version: i64,
    ) -> Self {
        Self {
            tenant: TenantId::from_uuid(uuid::Uuid::nil()),
            table,
            column,
            row: person,
            version,
        }
    }

    /// The associated data: each part with its length before it, so that no two places read alike.
    pub(super) fn associated_data(&self) -> Vec<u8> {
        let version = self.version.to_be_bytes();
        length_prefixed(&[
            b"zhanfu secret v1",
            self.tenant.as_bytes(),
            self.table.as_bytes(),
            self.column.as_bytes(),
            self.row.as_bytes(),
            &version,
        ])
    }
}

/// Joins parts unambiguously.
pub(super) fn length_prefixed(parts: &[&[u8]]) -> Vec<u8> {
    let mut joined = Vec::new();
    for part in parts {
        let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
        joined.extend_from_slice(&length.to_be_bytes());
        joined.extend_from_slice(part);
    }
    joined
}
