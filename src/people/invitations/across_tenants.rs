//! Finding the invitation of a link: the link says which tenant it is.

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Binary, Nullable, Text};

use super::{Invitation, InvitationToken};
use crate::basics::{EmailAddress, InvitationId, PersonId, TenantId, Timestamp};
use crate::db::{DbFault, Tx, sql};
use crate::people::model::Role;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Binary)]
    id: InvitationId,
    #[diesel(sql_type = Binary)]
    tenant_id: TenantId,
    #[diesel(sql_type = Text)]
    email: EmailAddress,
    #[diesel(sql_type = Text)]
    role: String,
    #[diesel(sql_type = BigInt)]
    expires_at: Timestamp,
    #[diesel(sql_type = Nullable<Binary>)]
    person_id: Option<PersonId>,
}

/// The invitation of a link, when it is open.
pub fn find(
    tx: &mut Tx<'_>,
    token: &InvitationToken,
    now: Timestamp,
) -> Result<Option<Invitation>, DbFault> {
    let row: Option<Row> = sql(
        "SELECT i.id, i.tenant_id, i.email, i.role, i.expires_at, p.id AS person_id \
         FROM invitations i LEFT JOIN people p ON p.email = i.email \
         WHERE i.token_hash = $1 AND i.accepted_at IS NULL AND i.withdrawn_at IS NULL AND i.expires_at > $2",
    )
    .bind(token.hash().as_slice())
    .bind(now)
    .find(tx)?;
    row.map(|row| {
        Ok(Invitation {
            id: row.id,
            tenant: row.tenant_id,
            email: row.email,
            role: Role::parse(&row.role).ok_or(DbFault::Damaged {
                table: "invitations",
                what: "unknown role",
            })?,
            expires_at: row.expires_at,
            is_known: row.person_id.is_some(),
        })
    })
    .transpose()
}
