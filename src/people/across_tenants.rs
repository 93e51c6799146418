//! The queries about people: a person is not a tenant's, and signing in finds out which tenant it is.

use diesel::prelude::*;

use super::model::{Membership, Role};
use super::password::PasswordHash;
use super::session::{Client, SessionToken, SignedIn};
use crate::basics::{EmailAddress, MemberId, PersonId, SessionId, TenantId, Timestamp};
use crate::db::schema::{members, people, sessions};
use crate::db::{DbFault, Tx, sql};

fn role(text: &str) -> Result<Role, DbFault> {
    Role::parse(text).ok_or(DbFault::Damaged {
        table: "members",
        what: "unknown role",
    })
}

pub(super) fn find_person(
    tx: &mut Tx<'_>,
    email: &EmailAddress,
) -> Result<Option<(PersonId, PasswordHash)>, DbFault> {
    let row: Option<(PersonId, String)> = people::table
        .filter(people::email.eq(email).and(people::disabled_at.is_null()))
        .select((people::id, people::password_hash))
        .first(tx.conn())
        .optional()?;
    Ok(row.map(|(person, hash)| (person, PasswordHash::stored(hash))))
}

pub(super) fn find_or_insert_person(
    tx: &mut Tx<'_>,
    fresh: PersonId,
    email: &EmailAddress,
    hash: &PasswordHash,
    now: Timestamp,
) -> Result<PersonId, DbFault> {
    sql(
        "INSERT INTO people (id, email, password_hash, created_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT DO NOTHING",
    )
    .bind(fresh)
    .bind(email)
    .bind(hash.as_str())
    .bind(now)
    .execute(tx)?;
    Ok(people::table
        .filter(people::email.eq(email))
        .select(people::id)
        .first(tx.conn())?)
}

/// Whether the person was not a member before.
pub(super) fn insert_member(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    member: MemberId,
    person: PersonId,
    role: Role,
    now: Timestamp,
) -> Result<bool, DbFault> {
    let rows = sql(
        "INSERT INTO members (tenant_id, id, person_id, role, created_at) \
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
    )
    .bind(tenant)
    .bind(member)
    .bind(person)
    .bind(role.as_str())
    .bind(now)
    .execute(tx)?;
    Ok(rows == 1)
}

pub(super) fn list_memberships(
    tx: &mut Tx<'_>,
    person: PersonId,
) -> Result<Vec<Membership>, DbFault> {
    let rows: Vec<(TenantId, MemberId, String)> = members::table
        .filter(
            members::person_id
                .eq(person)
                .and(members::disabled_at.is_null()),
        )
        .order(members::created_at.asc())
        .select((members::tenant_id, members::id, members::role))
        .load(tx.conn())?;
    rows.into_iter()
        .map(|(tenant, member, text)| {
            Ok(Membership {
                tenant,
                member,
                role: role(&text)?,
            })
        })
        .collect()
}

pub(super) fn insert_session(
    tx: &mut Tx<'_>,
    token: &SessionToken,
    person: PersonId,
    tenant: TenantId,
    client: &Client,
    now: Timestamp,
) -> Result<(), DbFault> {
    let id: SessionId = tx.fresh_id(now);
    diesel::insert_into(sessions::table)
        .values((
            sessions::token_hash.eq(token.hash().as_slice()),
            sessions::id.eq(id),
            sessions::person_id.eq(person),
            sessions::tenant_id.eq(Some(tenant)),
            sessions::created_at.eq(now),
            sessions::last_seen_at.eq(now),
            sessions::address.eq(&client.address),
            sessions::user_agent.eq(client.user_agent.chars().take(200).collect::<String>()),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) struct SessionRow {
    pub(super) signed_in: SignedIn,
    pub(super) created_at: Timestamp,
    pub(super) last_seen_at: Timestamp,
}

/// The session of a token, when it was not ended and nobody in it is disabled.
pub(super) fn find_session(
    tx: &mut Tx<'_>,
    token_hash: &[u8; 32],
) -> Result<Option<SessionRow>, DbFault> {
    type Row = (
        Timestamp,
        Timestamp,
        PersonId,
        EmailAddress,
        TenantId,
        MemberId,
        String,
    );
    let row: Option<Row> = sessions::table
        .inner_join(people::table.on(people::id.eq(sessions::person_id)))
        .inner_join(
            members::table.on(members::person_id
                .eq(sessions::person_id)
                .and(sessions::tenant_id.eq(members::tenant_id.nullable()))),
        )
        .filter(sessions::token_hash.eq(token_hash.as_slice()))
        .filter(sessions::ended_at.is_null())
        .filter(people::disabled_at.is_null())
        .filter(members::disabled_at.is_null())
        .select((
            sessions::created_at,
            sessions::last_seen_at,
            people::id,
            people::email,
            members::tenant_id,
            members::id,
            members::role,
        ))
        .first(tx.conn())
        .optional()?;
    row.map(
        |(created_at, last_seen_at, person, email, tenant, member, text)| {
            let signed_in = SignedIn {
                tenant,
                person,
                member,
                role: role(&text)?,
                email,
            };
            Ok(SessionRow {
                signed_in,
                created_at,
                last_seen_at,
            })
        },
    )
    .transpose()
}

pub(super) fn touch_session(
    tx: &mut Tx<'_>,
    token_hash: &[u8; 32],
    now: Timestamp,
) -> Result<(), DbFault> {
    diesel::update(sessions::table.find(token_hash.as_slice()))
        .set(sessions::last_seen_at.eq(now))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn end_session(
    tx: &mut Tx<'_>,
    token_hash: &[u8; 32],
    now: Timestamp,
) -> Result<(), DbFault> {
    diesel::update(
        sessions::table
            .find(token_hash.as_slice())
            .filter(sessions::ended_at.is_null()),
    )
    .set(sessions::ended_at.eq(Some(now)))
    .execute(tx.conn())?;
    Ok(())
}
