//! The queries about people: a person is not a tenant's, and signing in finds out which tenant it is.

use diesel::QueryableByName;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Binary, Nullable, Text};
use serde_json::Value as Json;

use super::model::{Membership, Role};
use super::password::PasswordHash;
use super::session::{Client, Proved, SessionToken, SignedIn};
use crate::audit::{self, By, Event, EventKind, Object};
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

/// Whether the person was not an operator before.
pub(super) fn insert_operator(
    tx: &mut Tx<'_>,
    person: PersonId,
    by: &str,
    now: Timestamp,
) -> Result<bool, DbFault> {
    let rows = sql(
        "INSERT INTO operators (person_id, created_at, created_by) VALUES ($1, $2, $3) \
         ON CONFLICT DO NOTHING",
    )
    .bind(person)
    .bind(now)
    .bind(by)
    .execute(tx)?;
    Ok(rows == 1)
}

/// Where a person is a member and may sign in, the oldest membership first.
pub fn list_memberships(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<Membership>, DbFault> {
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

/// Records what concerns a person in the log of every tenant of which they are a member.
pub(super) fn record_everywhere(
    tx: &mut Tx<'_>,
    person: PersonId,
    kind: EventKind,
    details: &Json,
    by: &By,
    now: Timestamp,
) -> Result<(), DbFault> {
    let events = list_memberships(tx, person)?
        .into_iter()
        .map(|membership| {
            let event = Event {
                kind,
                object: Object::Member(membership.member),
                details: details.clone(),
            };
            (membership.tenant, event)
        })
        .collect();
    audit::record_all(tx, events, by, now)
}

pub(super) fn insert_session(
    tx: &mut Tx<'_>,
    token: &SessionToken,
    person: PersonId,
    tenant: TenantId,
    proved: Proved,
    client: &Client,
    now: Timestamp,
) -> Result<(), DbFault> {
    let id: SessionId = tx.fresh_id(now);
    let factor_proved_at = match proved {
        Proved::Password => None,
        Proved::PasswordAndFactor => Some(now),
    };
    let user_agent: String = client.user_agent.chars().take(200).collect();
    sql(
        "INSERT INTO sessions (token_hash, id, person_id, tenant_id, created_at, last_seen_at, \
         address, user_agent, password_proved_at, factor_proved_at) \
         VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $5, $8)",
    )
    .bind(token.hash().as_slice())
    .bind(id)
    .bind(person)
    .bind(tenant)
    .bind(now)
    .bind(client.address.as_str())
    .bind(user_agent)
    .bind(factor_proved_at)
    .execute(tx)?;
    Ok(())
}

pub(super) struct SessionRow {
    pub(super) signed_in: SignedIn,
    pub(super) created_at: Timestamp,
    pub(super) last_seen_at: Timestamp,
}

#[derive(QueryableByName)]
struct JoinedSession {
    #[diesel(sql_type = Binary)]
    id: SessionId,
    #[diesel(sql_type = BigInt)]
    created_at: Timestamp,
    #[diesel(sql_type = BigInt)]
    last_seen_at: Timestamp,
    #[diesel(sql_type = Nullable<BigInt>)]
    password_proved_at: Option<Timestamp>,
    #[diesel(sql_type = Nullable<BigInt>)]
    factor_proved_at: Option<Timestamp>,
    #[diesel(sql_type = Binary)]
    person_id: PersonId,
    #[diesel(sql_type = Text)]
    email: EmailAddress,
    #[diesel(sql_type = Binary)]
    tenant_id: TenantId,
    #[diesel(sql_type = Binary)]
    member_id: MemberId,
    #[diesel(sql_type = Text)]
    role: String,
    #[diesel(sql_type = Nullable<BigInt>)]
    factor_since: Option<Timestamp>,
}

/// The session of a token, when it was not ended and nobody in it is disabled.
pub(super) fn find_session(
    tx: &mut Tx<'_>,
    token_hash: &[u8; 32],
) -> Result<Option<SessionRow>, DbFault> {
    let row: Option<JoinedSession> = sql(
        "SELECT s.id, s.created_at, s.last_seen_at, s.password_proved_at, s.factor_proved_at, \
         p.id AS person_id, p.email, m.tenant_id, m.id AS member_id, m.role, f.confirmed_at AS factor_since \
         FROM sessions s JOIN people p ON p.id = s.person_id \
         JOIN members m ON m.person_id = s.person_id AND m.tenant_id = s.tenant_id \
         LEFT JOIN second_factors f ON f.person_id = p.id \
         WHERE s.token_hash = $1 AND s.ended_at IS NULL AND p.disabled_at IS NULL AND m.disabled_at IS NULL",
    )
    .bind(token_hash.as_slice())
    .find(tx)?;
    row.map(|row| {
        let has_factor = row.factor_since.is_some();
        let signed_in = SignedIn {
            tenant: row.tenant_id,
            person: row.person_id,
            member: row.member_id,
            session: row.id,
            role: role(&row.role)?,
            email: row.email,
            has_factor,
            proved_at: if has_factor {
                row.factor_proved_at
            } else {
                row.password_proved_at
            },
        };
        Ok(SessionRow {
            signed_in,
            created_at: row.created_at,
            last_seen_at: row.last_seen_at,
        })
    })
    .transpose()
}

/// Whether the session lived. It has a new token from now on, and has proved its person.
pub(super) fn prove_session(
    tx: &mut Tx<'_>,
    token_hash: &[u8; 32],
    fresh: &SessionToken,
    proved: Proved,
    now: Timestamp,
) -> Result<bool, DbFault> {
    let proof = match proved {
        Proved::Password => "UPDATE sessions SET token_hash = $2, password_proved_at = $3",
        Proved::PasswordAndFactor => "UPDATE sessions SET token_hash = $2, factor_proved_at = $3",
    };
    let rows = sql(proof)
        .push(" WHERE token_hash = $1 AND ended_at IS NULL")
        .bind(token_hash.as_slice())
        .bind(fresh.hash().as_slice())
        .bind(now)
        .execute(tx)?;
    Ok(rows == 1)
}

/// The hash of a person's password.
pub(super) fn load_password_hash(
    tx: &mut Tx<'_>,
    person: PersonId,
) -> Result<PasswordHash, DbFault> {
    let hash: String = people::table
        .find(person)
        .select(people::password_hash)
        .first(tx.conn())?;
    Ok(PasswordHash::stored(hash))
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
