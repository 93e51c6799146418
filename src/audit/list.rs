//! Reading a tenant's log, newest first, a page at a time.
//!
//! A page costs the same in a log of millions: ids sort by time, so a span of days is a span of ids; and what is narrowed by kind or by who
//! did it is looked up in the index of tenant, kind and doer, once for each pair that is asked for.

use diesel::QueryableByName;
use diesel::sql_types::{BigInt, Binary, Nullable, Text};
use serde_json::Value as Json;

use super::EventKind;
use crate::basics::page::{Page, PageSize};
use crate::basics::{AuditId, Id as _, TenantId, Timestamp};
use crate::db::{DbFault, Sql, Tx, Value, sql};

/// Who did something, as far as people tell them apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doer {
    /// A member, in a browser.
    Member,
    /// The storefront.
    Storefront,
    /// The engine, or somebody with a shell on the server.
    System,
    /// Somebody who was not signed in.
    Visitor,
}

impl Doer {
    /// All of them.
    pub const ALL: [Doer; 4] = [Self::Member, Self::Storefront, Self::System, Self::Visitor];

    /// Its name in an address.
    pub const fn as_str(self) -> &'static str {
        match self {
            Doer::Member => "member",
            Doer::Storefront => "storefront",
            Doer::System => "system",
            Doer::Visitor => "visitor",
        }
    }

    /// The doer of a name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|doer| doer.as_str() == text)
    }

    /// What the log calls them.
    const fn actor_kinds(self) -> &'static [&'static str] {
        match self {
            Doer::Member => &["member"],
            Doer::Storefront => &["storefront"],
            Doer::System => &["engine", "command_line"],
            Doer::Visitor => &["visitor"],
        }
    }

    /// The doer of a record.
    pub fn of(actor_kind: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|doer| doer.actor_kinds().contains(&actor_kind))
    }
}

/// What of a log is asked for. What is not named is not narrowed.
#[derive(Clone, Debug, Default)]
pub struct LogFilter {
    /// What was done; any when empty.
    pub kinds: Vec<EventKind>,
    /// Who did it.
    pub doer: Option<Doer>,
    /// The whole id of the thing that it was done to.
    pub object: Option<String>,
    /// From this instant.
    pub from: Option<Timestamp>,
    /// Before this instant.
    pub to: Option<Timestamp>,
    /// Older than this record.
    pub before: Option<AuditId>,
}

/// One record of the log.
#[derive(Clone, Debug)]
pub struct Record {
    /// Which.
    pub id: AuditId,
    /// When.
    pub at: Timestamp,
    /// The kind of who did it.
    pub actor_kind: String,
    /// The id of who did it.
    pub actor_id: String,
    /// What was done, by its name in the log; a newer program may have written kinds that this one does not know.
    pub kind: String,
    /// To what kind of thing.
    pub object_kind: String,
    /// To which.
    pub object_id: String,
    /// In the course of which request.
    pub request_id: Option<String>,
    /// The facts.
    pub details: Json,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Binary)]
    id: AuditId,
    #[diesel(sql_type = BigInt)]
    at: Timestamp,
    #[diesel(sql_type = Text)]
    actor_kind: String,
    #[diesel(sql_type = Text)]
    actor_id: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    object_kind: String,
    #[diesel(sql_type = Text)]
    object_id: String,
    #[diesel(sql_type = Nullable<Text>)]
    request_id: Option<String>,
    #[diesel(sql_type = Text)]
    details: String,
}

const COLUMNS: &str = "SELECT id, at, actor_kind, actor_id, kind, object_kind, object_id, request_id, details \
     FROM audit_events WHERE tenant_id = ?";

/// One page of a tenant's log.
pub fn list(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    filter: &LogFilter,
    size: PageSize,
) -> Result<Page<Record, AuditId>, DbFault> {
    let more = size.rows().saturating_add(1);
    let query = sql("").push_with(COLUMNS, [tenant.into()]);
    let query = if let Some(object) = &filter.object {
        // one thing has few records: they are looked through
        let query = query.push_with(" AND object_id = ?", [object.as_str().into()]);
        let query = among(query, "kind", filter.kinds.iter().map(|kind| kind.as_str()));
        let actors = filter.doer.map_or(&[][..], Doer::actor_kinds);
        within(among(query, "actor_kind", actors.iter().copied()), filter)
    } else if filter.kinds.is_empty() && filter.doer.is_none() {
        within(query, filter)
    } else {
        by_index(query, tenant, filter, more)
    };
    let rows: Vec<Row> = query
        .push_with(" ORDER BY id DESC LIMIT ?", [more.into()])
        .load(tx)?;
    let records = rows
        .into_iter()
        .map(read)
        .collect::<Result<Vec<_>, DbFault>>()?;
    Ok(Page::from_one_more(records, size, |record| record.id))
}

/// For each pair of kind and doer the newest that fit, and of all of them the newest.
fn by_index(query: Sql, tenant: TenantId, filter: &LogFilter, more: i64) -> Sql {
    let kinds = if filter.kinds.is_empty() {
        EventKind::ALL
    } else {
        &filter.kinds
    };
    let actors: Vec<&str> = Doer::ALL
        .into_iter()
        .filter(|doer| filter.doer.is_none_or(|only| only == *doer))
        .flat_map(|doer| doer.actor_kinds().iter().copied())
        .collect();
    let mut query = query.push(" AND id IN (SELECT id FROM (");
    let pairs = kinds
        .iter()
        .flat_map(|kind| actors.iter().map(move |actor| (kind.as_str(), *actor)));
    for (number, (kind, actor)) in pairs.enumerate() {
        if number > 0 {
            query = query.push(" UNION ALL ");
        }
        query = query.push_with(
            "SELECT id FROM (SELECT id FROM audit_events WHERE tenant_id = ? AND kind = ? AND actor_kind = ?",
            [tenant.into(), kind.into(), actor.into()],
        );
        query = within(query, filter)
            .push_with(" ORDER BY id DESC LIMIT ?", [more.into()])
            .push(&format!(") AS pair_{number}"));
    }
    query.push_with(") AS pairs ORDER BY id DESC LIMIT ?)", [more.into()])
}

fn among<'a>(query: Sql, column: &str, values: impl Iterator<Item = &'a str>) -> Sql {
    let mut query = query;
    let mut is_first = true;
    for value in values {
        query = if is_first {
            query.push(&format!(" AND {column} IN ("))
        } else {
            query.push(", ")
        };
        query = query.push_with("?", [value.into()]);
        is_first = false;
    }
    if is_first { query } else { query.push(")") }
}

/// A span of time, as a span of ids.
fn within(query: Sql, filter: &LogFilter) -> Sql {
    let mut query = query;
    if let Some(from) = filter.from {
        query = query.push_with(" AND id >= ?", [first_id_of(from)]);
    }
    if let Some(to) = filter.to {
        query = query.push_with(" AND id < ?", [first_id_of(to)]);
    }
    if let Some(before) = filter.before {
        query = query.push_with(" AND id < ?", [before.into()]);
    }
    query
}

/// The smallest id that an instant can give: an id begins with its milliseconds.
fn first_id_of(instant: Timestamp) -> Value {
    let millis = u64::try_from(instant.as_millis()).unwrap_or(0);
    let bits = u128::from(millis).checked_shl(80).unwrap_or(u128::MAX);
    AuditId::from_uuid(uuid::Uuid::from_u128(bits)).into()
}

fn read(row: Row) -> Result<Record, DbFault> {
    Ok(Record {
        id: row.id,
        at: row.at,
        actor_kind: row.actor_kind,
        actor_id: row.actor_id,
        kind: row.kind,
        object_kind: row.object_kind,
        object_id: row.object_id,
        request_id: row.request_id,
        details: serde_json::from_str(&row.details).map_err(|_| DbFault::Damaged {
            table: "audit_events",
            what: "details are not JSON",
        })?,
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::json;

    use super::*;
    use crate::audit::{By, Event, Object, record};
    use crate::db::scratch::{self, NOON};

    fn done(tx: &mut Tx<'_>, tenant: TenantId, kind: EventKind, by: &By, at: Timestamp) {
        let event = Event {
            kind,
            object: Object::Tenant(tenant),
            details: json!({}),
        };
        record(tx, tenant, event, by, at).unwrap();
    }

    #[test]
    fn pages_follow_one_another_whatever_is_asked_for() {
        let database = scratch::migrated();
        let (tea, rice) = (database.tenant("tea"), database.tenant("rice"));
        let seconds = Duration::from_secs;
        database.in_tx(|tx| {
            for n in 0..40 {
                let at = NOON.plus(seconds(n));
                let kind = if n % 4 == 0 {
                    EventKind::PayoutFailed
                } else {
                    EventKind::PayoutSucceeded
                };
                let by = if n % 2 == 0 {
                    By::ENGINE
                } else {
                    By::COMMAND_LINE
                };
                done(tx, tea, kind, &by, at);
                done(tx, rice, kind, &by, at);
            }
            let all = |tx: &mut Tx<'_>, filter: LogFilter| {
                let mut filter = filter;
                let mut seen = Vec::new();
                loop {
                    let size = PageSize::new(7).unwrap();
                    let page = list(tx, tea, &filter, size).unwrap();
                    seen.extend(page.rows);
                    match page.next {
                        Some(next) => filter.before = Some(next),
                        None => break,
                    }
                }
                assert!(seen.is_sorted_by(|one, next| one.id > next.id));
                seen.len()
            };
            let filter = LogFilter::default;
            assert_eq!(all(tx, filter()), 40);
            let failed = vec![EventKind::PayoutFailed];
            assert_eq!(
                all(
                    tx,
                    LogFilter {
                        kinds: failed.clone(),
                        ..filter()
                    }
                ),
                10
            );
            let doer = Some(Doer::System);
            assert_eq!(all(tx, LogFilter { doer, ..filter() }), 40);
            let doer = Some(Doer::Member);
            assert_eq!(all(tx, LogFilter { doer, ..filter() }), 0);
            let (from, to) = (Some(NOON.plus(seconds(10))), Some(NOON.plus(seconds(20))));
            assert_eq!(
                all(
                    tx,
                    LogFilter {
                        from,
                        to,
                        ..filter()
                    }
                ),
                10
            );
            let doer = Some(Doer::System);
            let kinds = failed.clone();
            assert_eq!(
                all(
                    tx,
                    LogFilter {
                        kinds,
                        doer,
                        from,
                        to,
                        ..filter()
                    }
                ),
                2
            );
            let object = Some(tea.to_string());
            assert_eq!(
                all(
                    tx,
                    LogFilter {
                        object,
                        kinds: failed,
                        ..filter()
                    }
                ),
                10
            );
            let object = Some(rice.to_string());
            assert_eq!(all(tx, LogFilter { object, ..filter() }), 0);
        });
    }

    #[test]
    fn every_kind_is_found_by_its_name() {
        for kind in EventKind::ALL {
            assert_eq!(EventKind::parse(kind.as_str()), Some(*kind));
        }
        assert_eq!(EventKind::parse("payout.forgotten"), None);
    }
}
