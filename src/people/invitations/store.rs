//! The queries about the invitations of one tenant.

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Binary, Text};

use super::InvitationToken;
use crate::audit::By;
use crate::basics::{EmailAddress, InvitationId, TenantId, Timestamp};
use crate::db::{DbFault, Tx, sql};
use crate::people::members::MOST_MEMBERS;
use crate::people::model::Role;

/// An invitation that waits, as a list shows it.
#[derive(Clone, Debug)]
pub struct OpenInvitation {
    /// Which.
    pub id: InvitationId,
    /// Who is invited.
    pub email: EmailAddress,
    /// In which role.
    pub role: Role,
    /// Since when.
    pub created_at: Timestamp,
    /// By whom.
    pub created_by: String,
    /// Until when it is good.
    pub expires_at: Timestamp,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Binary)]
    id: InvitationId,
    #[diesel(sql_type = Text)]
    email: EmailAddress,
    #[diesel(sql_type = Text)]
    role: String,
    #[diesel(sql_type = BigInt)]
    created_at: Timestamp,
    #[diesel(sql_type = Text)]
    created_by: String,
    #[diesel(sql_type = BigInt)]
    expires_at: Timestamp,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

#[derive(QueryableByName)]
struct Email {
    #[diesel(sql_type = Text)]
    email: EmailAddress,
}

/// The invitations that are open, the newest first.
pub fn list_open(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    now: Timestamp,
) -> Result<Vec<OpenInvitation>, DbFault> {
    let rows: Vec<Row> = sql(
        "SELECT id, email, role, created_at, created_by, expires_at FROM invitations \
         WHERE tenant_id = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL AND expires_at > $2 \
         ORDER BY id DESC LIMIT $3",
    )
    .bind(tenant)
    .bind(now)
    .bind(MOST_MEMBERS)
    .load(tx)?;
    rows.into_iter()
        .map(|row| {
            Ok(OpenInvitation {
                id: row.id,
                email: row.email,
                role: Role::parse(&row.role).ok_or(DbFault::Damaged {
                    table: "invitations",
                    what: "unknown role",
                })?,
                created_at: row.created_at,
                created_by: row.created_by,
                expires_at: row.expires_at,
            })
        })
        .collect()
}

pub(super) fn count_open(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    now: Timestamp,
) -> Result<i64, DbFault> {
    let row: Option<Count> = sql("SELECT COUNT(*) AS count FROM invitations \
         WHERE tenant_id = $1 AND accepted_at IS NULL AND withdrawn_at IS NULL AND expires_at > $2")
    .bind(tenant)
    .bind(now)
    .find(tx)?;
    Ok(row.map_or(0, |row| row.count))
}

/// Whether the person of an address is a member, perhaps a disabled one.
pub(super) fn is_member(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    email: &EmailAddress,
) -> Result<bool, DbFault> {
    let row: Option<Count> = sql(
        "SELECT COUNT(*) AS count FROM members m JOIN people p ON p.id = m.person_id \
         WHERE m.tenant_id = $1 AND p.email = $2",
    )
    .bind(tenant)
    .bind(email)
    .find(tx)?;
    Ok(row.is_some_and(|row| row.count > 0))
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: InvitationId,
    token: &InvitationToken,
    email: &EmailAddress,
    role: Role,
    by: &By,
    (now, until): (Timestamp, Timestamp),
) -> Result<(), DbFault> {
    sql(
        "INSERT INTO invitations (tenant_id, id, token_hash, email, role, created_at, created_by, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(tenant)
    .bind(id)
    .bind(token.hash().as_slice())
    .bind(email)
    .bind(role.as_str())
    .bind(now)
    .bind(by.text())
    .bind(until)
    .execute(tx)?;
    Ok(())
}

/// Whether it was open. It is used from now on.
pub(super) fn use_up(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: InvitationId,
    now: Timestamp,
) -> Result<bool, DbFault> {
    let rows = sql(
        "UPDATE invitations SET accepted_at = $3 WHERE tenant_id = $1 AND id = $2 \
         AND accepted_at IS NULL AND withdrawn_at IS NULL AND expires_at > $3",
    )
    .bind(tenant)
    .bind(id)
    .bind(now)
    .execute(tx)?;
    Ok(rows == 1)
}

/// Makes an invitation void that was open, and says whose it was.
pub(super) fn withdraw(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    id: InvitationId,
    now: Timestamp,
) -> Result<Option<EmailAddress>, DbFault> {
    let row: Option<Email> = sql(
        "UPDATE invitations SET withdrawn_at = $3 WHERE tenant_id = $1 AND id = $2 \
         AND accepted_at IS NULL AND withdrawn_at IS NULL RETURNING email",
    )
    .bind(tenant)
    .bind(id)
    .bind(now)
    .find(tx)?;
    Ok(row.map(|row| row.email))
}

/// Makes open invitations of an address void.
pub(super) fn withdraw_of(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    email: &EmailAddress,
    now: Timestamp,
) -> Result<(), DbFault> {
    sql(
        "UPDATE invitations SET withdrawn_at = $3 WHERE tenant_id = $1 AND email = $2 \
         AND accepted_at IS NULL AND withdrawn_at IS NULL",
    )
    .bind(tenant)
    .bind(email)
    .bind(now)
    .execute(tx)?;
    Ok(())
}
