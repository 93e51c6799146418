//! The queries about the members of one tenant.

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Binary, Nullable, Text};

use crate::basics::{EmailAddress, MemberId, PersonId, TenantId, Timestamp};
use crate::db::{Backend, DbFault, Tx, sql};
use crate::people::model::Role;
use crate::people::session::{SESSION_ABSOLUTE, SESSION_IDLE};

/// How many members and open invitations a tenant has at the most: a list shows them all at once.
pub const MOST_MEMBERS: i64 = 200;

/// One member, as a list shows them.
#[derive(Clone, Debug)]
pub struct MemberLine {
    /// The membership.
    pub member: MemberId,
    /// The person.
    pub person: PersonId,
    /// The person's address.
    pub email: EmailAddress,
    /// What the member may do.
    pub role: Role,
    /// Since when.
    pub created_at: Timestamp,
    /// Since when the member may not sign in.
    pub disabled_at: Option<Timestamp>,
    /// When the member signed in last.
    pub signed_in_at: Option<Timestamp>,
    /// Whether the person has a second factor.
    pub has_factor: bool,
    /// How many sessions of the member live.
    pub sessions: i64,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Binary)]
    id: MemberId,
    #[diesel(sql_type = Binary)]
    person_id: PersonId,
    #[diesel(sql_type = Text)]
    email: EmailAddress,
    #[diesel(sql_type = Text)]
    role: String,
    #[diesel(sql_type = BigInt)]
    created_at: Timestamp,
    #[diesel(sql_type = Nullable<BigInt>)]
    disabled_at: Option<Timestamp>,
    #[diesel(sql_type = Nullable<BigInt>)]
    signed_in_at: Option<Timestamp>,
    #[diesel(sql_type = Nullable<BigInt>)]
    factor_since: Option<Timestamp>,
    #[diesel(sql_type = BigInt)]
    sessions: i64,
}

impl Row {
    fn into_line(self) -> Result<MemberLine, DbFault> {
        Ok(MemberLine {
            member: self.id,
            person: self.person_id,
            email: self.email,
            role: Role::parse(&self.role).ok_or(DbFault::Damaged {
                table: "members",
                what: "unknown role",
            })?,
            created_at: self.created_at,
            disabled_at: self.disabled_at,
            signed_in_at: self.signed_in_at,
            has_factor: self.factor_since.is_some(),
            sessions: self.sessions,
        })
    }
}

/// All members: owners first, the longest membership first.
pub fn list(tx: &mut Tx<'_>, tenant: TenantId, now: Timestamp) -> Result<Vec<MemberLine>, DbFault> {
    let rows: Vec<Row> = sql(
        "SELECT m.id, m.person_id, p.email, m.role, m.created_at, m.disabled_at, f.confirmed_at AS factor_since, \
         (SELECT MAX(s.created_at) FROM sessions s WHERE s.person_id = m.person_id AND s.tenant_id = m.tenant_id) \
         AS signed_in_at, \
         (SELECT COUNT(*) FROM sessions s WHERE s.person_id = m.person_id AND s.tenant_id = m.tenant_id \
         AND s.created_at > $2 AND s.last_seen_at > $3 AND s.ended_at IS NULL) AS sessions \
         FROM members m JOIN people p ON p.id = m.person_id \
         LEFT JOIN second_factors f ON f.person_id = m.person_id \
         WHERE m.tenant_id = $1 ORDER BY m.id LIMIT $4",
    )
    .bind(tenant)
    .bind(now.minus(SESSION_ABSOLUTE))
    .bind(now.minus(SESSION_IDLE))
    .bind(MOST_MEMBERS * 2)
    .load(tx)?;
    let mut lines = rows
        .into_iter()
        .map(Row::into_line)
        .collect::<Result<Vec<_>, _>>()?;
    lines.sort_by_key(|line| (line.disabled_at.is_some(), line.role));
    Ok(lines)
}

/// One member.
pub fn find(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    member: MemberId,
    now: Timestamp,
) -> Result<Option<MemberLine>, DbFault> {
    Ok(list(tx, tenant, now)?
        .into_iter()
        .find(|line| line.member == member))
}

/// All members without what their sessions say.
pub(super) fn list_plain(tx: &mut Tx<'_>, tenant: TenantId) -> Result<Vec<MemberLine>, DbFault> {
    let rows: Vec<Row> = sql(
        "SELECT m.id, m.person_id, p.email, m.role, m.created_at, m.disabled_at, \
         CAST(NULL AS BIGINT) AS factor_since, CAST(NULL AS BIGINT) AS signed_in_at, CAST(0 AS BIGINT) AS sessions \
         FROM members m JOIN people p ON p.id = m.person_id WHERE m.tenant_id = $1 ORDER BY m.id",
    )
    .bind(tenant)
    .load(tx)?;
    rows.into_iter().map(Row::into_line).collect()
}

/// The addresses of a tenant's members by person, for texts that tell who did something.
pub fn names(tx: &mut Tx<'_>, tenant: TenantId) -> Result<Vec<(PersonId, EmailAddress)>, DbFault> {
    Ok(list_plain(tx, tenant)?
        .into_iter()
        .map(|line| (line.person, line.email))
        .collect())
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// How many members there are.
pub(in crate::people) fn count(tx: &mut Tx<'_>, tenant: TenantId) -> Result<i64, DbFault> {
    let row: Option<Count> = sql("SELECT COUNT(*) AS count FROM members WHERE tenant_id = $1")
        .bind(tenant)
        .find(tx)?;
    Ok(row.map_or(0, |row| row.count))
}

/// From here to the end of the transaction nobody else changes a member of the tenant.
pub(in crate::people) fn lock(tx: &mut Tx<'_>, tenant: TenantId) -> Result<(), DbFault> {
    if tx.backend() == Backend::Postgres {
        sql("SELECT 1 FROM members WHERE tenant_id = $1 ORDER BY id FOR UPDATE")
            .bind(tenant)
            .execute(tx)?;
    }
    Ok(())
}

pub(super) fn put_role(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    member: MemberId,
    role: Role,
) -> Result<(), DbFault> {
    sql("UPDATE members SET role = $3 WHERE tenant_id = $1 AND id = $2")
        .bind(tenant)
        .bind(member)
        .bind(role.as_str())
        .execute(tx)?;
    Ok(())
}

pub(super) fn put_disabled(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    member: MemberId,
    disabled_at: Option<Timestamp>,
) -> Result<(), DbFault> {
    sql("UPDATE members SET disabled_at = $3 WHERE tenant_id = $1 AND id = $2")
        .bind(tenant)
        .bind(member)
        .bind(disabled_at)
        .execute(tx)?;
    Ok(())
}

/// How many sessions of a person in this tenant were ended.
pub(super) fn end_sessions(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    person: PersonId,
    now: Timestamp,
) -> Result<usize, DbFault> {
    sql(
        "UPDATE sessions SET ended_at = $3 WHERE person_id = $2 AND tenant_id = $1 AND ended_at IS NULL \
         AND created_at > $4",
    )
    .bind(tenant)
    .bind(person)
    .bind(now)
    .bind(now.minus(SESSION_ABSOLUTE))
    .execute(tx)
}
