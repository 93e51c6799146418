//! A tenant's payouts, newest first, and looking for one.
//!
//! Every list is one or several *arms*: reads of an index that ends with the id, each cut to the page's length, and the page is the
//! newest of them all. Ids grow with time, so a date is a range of ids. A page therefore costs the same in any shop and at any depth,
//! whatever it is filtered by, and new payouts do not shift the older ones.

use diesel::QueryableByName;
use diesel::sql_types::BigInt;

use super::model::{Kind, Payout, Status};
use super::store::{COLUMNS, Row};
use crate::basics::page::{Page, PageSize};
use crate::basics::{
    ExternalId, OpenId, PayoutId, PersonId, RecipientId, TenantId, Timestamp, ids,
};
use crate::db::{DbFault, Sql, Tx, Value, sql};

/// Which payouts.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Of this recipient.
    pub recipient: Option<RecipientId>,
    /// In this status.
    pub status: Option<Status>,
    /// From the balance, or direct.
    pub kind: Option<Kind>,
    /// With this number of the storefront's.
    pub external_id: Option<ExternalId>,
    /// Accepted at this instant or later.
    pub created_from: Option<Timestamp>,
    /// Accepted before this instant.
    pub created_to: Option<Timestamp>,
    /// What somebody has typed to find one.
    pub words: Option<Sought>,
    /// Only what waits for this person: in review and not yet approved by them, or undecided and without their word.
    pub waits_for: Option<PersonId>,
}

/// What somebody has typed into the one box for everything.
#[derive(Clone, Debug)]
pub struct Sought {
    /// The text.
    pub text: String,
    /// The recipients who have ever had it as their openid.
    pub known_as: Vec<RecipientId>,
}

/// Where a page begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Start {
    /// At the newest.
    #[default]
    Newest,
    /// With the next older one.
    Before(PayoutId),
    /// Ending with the next newer one.
    After(PayoutId),
}

/// One page and what lies on both sides of it.
#[derive(Clone, Debug)]
pub struct Slice {
    /// The payouts, newest first.
    pub rows: Vec<Payout>,
    /// The oldest one of the page, when there are older ones.
    pub older: Option<PayoutId>,
    /// The newest one of the page, when there may be newer ones.
    pub newer: Option<PayoutId>,
}

/// One page of payouts, older than `before`.
pub fn list(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    filter: &Filter,
    before: Option<PayoutId>,
    size: PageSize,
) -> Result<Page<Payout, PayoutId>, DbFault> {
    let from = before.map_or(Start::Newest, Start::Before);
    let rows = read(tx, tenant, filter, from, size)?;
    Ok(Page::from_one_more(rows, size, |payout| payout.id))
}

/// One page of payouts for people, who go both ways.
pub fn browse(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    filter: &Filter,
    from: Start,
    size: PageSize,
) -> Result<Slice, DbFault> {
    let rows = read(tx, tenant, filter, from, size)?;
    let Page { mut rows, next } = Page::from_one_more(rows, size, |payout| payout.id);
    let more_in_that_direction = next.is_some();
    if matches!(from, Start::After(_)) {
        rows.reverse();
    }
    let (first, last) = (
        rows.first().map(|payout| payout.id),
        rows.last().map(|payout| payout.id),
    );
    let (older, newer) = match from {
        Start::Newest => (last.filter(|_| more_in_that_direction), None),
        Start::Before(_) => (last.filter(|_| more_in_that_direction), first),
        Start::After(_) => (last, first.filter(|_| more_in_that_direction)),
    };
    Ok(Slice { rows, older, newer })
}

#[derive(QueryableByName)]
struct CountRow {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

/// How many payouts wait for a person, counted up to `most`.
pub fn count_waiting(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    person: PersonId,
    most: i64,
) -> Result<i64, DbFault> {
    let mut query = sql("SELECT COUNT(*) AS n FROM (");
    for (number, arm) in [Arm::InReviewFor(person), Arm::UndecidedFor(person)]
        .into_iter()
        .enumerate()
    {
        query = query
            .push(if number == 0 { "" } else { " UNION ALL " })
            .push("SELECT * FROM (SELECT id FROM payouts WHERE ")
            .push_with("tenant_id = ?", [tenant.into()]);
        query = arm
            .condition(query)
            .push_with(" LIMIT ?", [most.into()])
            .push(&format!(") AS arm{number}"));
    }
    let row: Option<CountRow> = query.push(") AS waiting").find(tx)?;
    Ok(row.map_or(0, |row| row.n.min(most)))
}

/// One row more than the page holds, in the direction of reading.
fn read(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    filter: &Filter,
    from: Start,
    size: PageSize,
) -> Result<Vec<Payout>, DbFault> {
    let range = Range::of(filter, from);
    let order = if matches!(from, Start::After(_)) {
        " ORDER BY id"
    } else {
        " ORDER BY id DESC"
    };
    let most = size.rows().saturating_add(1);
    let mut query = sql("");
    for (number, arm) in arms(filter).into_iter().enumerate() {
        // an arm may find what another has found, so they are put together without repeating
        query = query.push(if number == 0 { "" } else { " UNION " });
        query = query
            .push(&format!(
                "SELECT * FROM (SELECT {COLUMNS} FROM payouts WHERE "
            ))
            .push_with("tenant_id = ?", [tenant.into()]);
        query = arm.condition(query);
        query = range.condition(query);
        query = query
            .push(order)
            .push_with(" LIMIT ?", [most.into()])
            .push(&format!(") AS arm{number}"));
    }
    let rows: Vec<Row> = query
        .push(order)
        .push_with(" LIMIT ?", [most.into()])
        .load(tx)?;
    rows.into_iter().map(Row::into_payout).collect()
}

/// Ids from `low` on, below `high`. Both ends are worked out here: a database would use one of two upper ends, and perhaps the wrong one.
struct Range {
    low: Option<PayoutId>,
    low_is_out: bool,
    high: Option<PayoutId>,
}

impl Range {
    fn of(filter: &Filter, from: Start) -> Self {
        let mut range = Self {
            low: filter.created_from.map(ids::first_of),
            low_is_out: false,
            high: filter.created_to.map(ids::first_of),
        };
        match from {
            Start::Newest => {}
            Start::Before(id) => range.high = Some(range.high.map_or(id, |high| high.min(id))),
            Start::After(id) => {
                if range.low.is_none_or(|low| low <= id) {
                    (range.low, range.low_is_out) = (Some(id), true);
                }
            }
        }
        range
    }

    fn condition(&self, mut query: Sql) -> Sql {
        if let Some(low) = self.low {
            let text = if self.low_is_out {
                " AND id > ?"
            } else {
                " AND id >= ?"
            };
            query = query.push_with(text, [low.into()]);
        }
        if let Some(high) = self.high {
            query = query.push_with(" AND id < ?", [high.into()]);
        }
        query
    }
}

/// One read of one index.
enum Arm {
    /// All of the tenant's: the primary key.
    All,
    /// `payouts_by_kind_and_status`.
    In(Kind, Status),
    /// Few, by a key of their own; what else is wanted is looked at row by row.
    By {
        key: &'static str,
        value: Value,
        kind: Option<Kind>,
        status: Option<Status>,
        openid: Option<OpenId>,
    },
    /// `payouts_in_review`, without those that this person can do nothing about.
    InReviewFor(PersonId),
    /// `payouts_undecided`, without those that this person has decided.
    UndecidedFor(PersonId),
}

impl Arm {
    /// A condition on a value that is worked out is none that a planner could use an index for, so that it takes the one of the key.
    fn condition(self, query: Sql) -> Sql {
        match self {
            Arm::All => query,
            Arm::In(kind, status) => query.push_with(
                " AND kind = ? AND status = ?",
                [kind.as_str().into(), status.as_str().into()],
            ),
            Arm::By {
                key,
                value,
                kind,
                status,
                openid,
            } => {
                let mut query = query.push_with(&format!(" AND {key} = ?"), [value]);
                if let Some(kind) = kind {
                    query = query.push_with(" AND kind || '' = ?", [kind.as_str().into()]);
                }
                if let Some(status) = status {
                    query = query.push_with(" AND status || '' = ?", [status.as_str().into()]);
                }
                if let Some(openid) = openid {
                    query = query.push_with(" AND openid = ?", [(&openid).into()]);
                }
                query
            }
            Arm::InReviewFor(person) => query.push_with(
                " AND status = 'in_review' AND NOT EXISTS (SELECT 1 FROM approvals WHERE approvals.tenant_id = payouts.tenant_id \
                 AND approvals.payout_id = payouts.id AND approvals.person_id = ?)",
                [person.into()],
            ),
            Arm::UndecidedFor(person) => query.push_with(
                " AND reason_code = 'needs_decision' \
                 AND NOT EXISTS (SELECT 1 FROM decisions WHERE decisions.tenant_id = payouts.tenant_id \
                 AND decisions.payout_id = payouts.id AND decisions.person_id = ?)",
                [person.into()],
            ),
        }
    }
}

fn arms(filter: &Filter) -> Vec<Arm> {
    let by = |key, value, openid| Arm::By {
        key,
        value,
        kind: filter.kind,
        status: filter.status,
        openid,
    };
    if let Some(words) = &filter.words {
        return found_by(words, by);
    }
    if let Some(person) = filter.waits_for {
        return vec![Arm::InReviewFor(person), Arm::UndecidedFor(person)];
    }
    if let Some(external_id) = &filter.external_id {
        return vec![by("external_id", external_id.into(), None)];
    }
    if let Some(recipient) = &filter.recipient {
        return vec![by("recipient_id", recipient.into(), None)];
    }
    if filter.kind.is_none() && filter.status.is_none() {
        return vec![Arm::All];
    }
    let kinds = filter.kind.as_ref().map_or(Kind::ALL, std::slice::from_ref);
    let statuses = filter
        .status
        .as_ref()
        .map_or(Status::ALL, std::slice::from_ref);
    kinds
        .iter()
        .flat_map(|kind| statuses.iter().map(|status| Arm::In(*kind, *status)))
        .collect()
}

/// Our id, the order number, the storefront's number, WeChat Pay's number, a recipient, an openid.
fn found_by(words: &Sought, by: impl Fn(&'static str, Value, Option<OpenId>) -> Arm) -> Vec<Arm> {
    let text = words.text.as_str();
    let mut arms = vec![by("payment_no", text.into(), None)];
    if let Some(id) = ids::read_copied::<PayoutId>(text) {
        arms.push(by("id", id.into(), None));
    }
    if let Ok(external_id) = ExternalId::parse(text) {
        arms.push(by("external_id", (&external_id).into(), None));
    }
    if let Ok(recipient) = RecipientId::parse(text) {
        arms.push(by("recipient_id", (&recipient).into(), None));
    }
    if let Ok(openid) = OpenId::parse(text) {
        for recipient in &words.known_as {
            arms.push(by("recipient_id", recipient.into(), Some(openid.clone())));
        }
    }
    arms
}
