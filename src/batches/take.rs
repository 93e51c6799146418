//! Taking a file: every line is checked, and kept with what was found.

use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::check::{Known, check, doubled};
use super::model::{Batch, BatchState, Line, LineState};
use super::read::RawLine;
use super::store;
use crate::audit::{self, Actor, By, Event, EventKind, Object};
use crate::basics::money::FenOverflow;
use crate::basics::{Done, ExternalId, Fen, RecipientId, TenantId, Timestamp};
use crate::db::{DbFault, Tx};
use crate::limits::Policy;
use crate::{payouts, recipients};

/// The longest name of a file that is kept, in characters.
const LONGEST_NAME: usize = 120;

/// Why a file is not taken.
#[derive(Debug, thiserror::Error)]
pub enum TakeError {
    /// Only people upload files.
    #[error("only a member can upload a file of payouts")]
    NotAPerson,
    /// All lines together are more than 64 bits of fen.
    #[error("the file's amounts together are too large")]
    TooLarge,
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// Takes a file that was read. The same file again is the batch that it made, until that is discarded.
pub fn take(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    file_name: &str,
    bytes: &[u8],
    raw: &[RawLine],
    policy: &Policy,
    by: &By,
    now: Timestamp,
) -> Result<Done<Batch>, TakeError> {
    let Actor::Member { person, .. } = by.actor else {
        return Err(TakeError::NotAPerson);
    };
    let digest: [u8; 32] = Sha256::digest(bytes).into();
    if let Some(batch) = store::find_by_file(tx, tenant, &digest)? {
        return Ok(Done::Already(batch));
    }
    let lines = check_all(tx, tenant, raw, policy)?;
    let good = lines.iter().filter(|line| line.state == LineState::Waiting);
    let amount = Fen::sum(good.clone().map(|line| line.amount))
        .map_err(|FenOverflow| TakeError::TooLarge)?;
    let batch = Batch {
        id: tx.fresh_id(now),
        file_name: file_name
            .chars()
            .filter(|c| !c.is_control())
            .take(LONGEST_NAME)
            .collect(),
        state: BatchState::Checked,
        lines: i64::try_from(lines.len()).unwrap_or(i64::MAX),
        good_lines: i64::try_from(good.count()).unwrap_or(i64::MAX),
        good: amount,
        created_at: now,
        created_by: by.text().to_owned(),
        created_by_person: person,
        approved: None,
        started_at: None,
        finished_at: None,
    };
    if !store::insert(tx, tenant, &batch, &digest)? {
        // somebody else took the same file at the same time
        return match store::find_by_file(tx, tenant, &digest)? {
            Some(batch) => Ok(Done::Already(batch)),
            None => Err(TakeError::Db(DbFault::Damaged {
                table: "batches",
                what: "a file that is there and is not",
            })),
        };
    }
    store::insert_lines(tx, tenant, batch.id, &lines)?;
    let event = Event {
        kind: EventKind::BatchTaken,
        object: Object::Batch(batch.id),
        details: json!({
            "file": batch.file_name,
            "sha256": hex::encode(digest),
            "lines": batch.lines,
            "good_lines": batch.good_lines,
            "amount_fen": batch.good,
        }),
    };
    audit::record(tx, tenant, event, by, now)?;
    Ok(Done::Now(batch))
}

fn check_all(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    raw: &[RawLine],
    policy: &Policy,
) -> Result<Vec<Line>, DbFault> {
    let ids = raw
        .iter()
        .filter_map(|line| RecipientId::parse(&line.recipient).ok())
        .collect();
    let numbers = raw
        .iter()
        .filter_map(|line| ExternalId::parse(&line.external_id).ok())
        .collect();
    let known = Known {
        recipients: recipients::known_of(tx, tenant, ids)?,
        taken: payouts::external_ids_taken(tx, tenant, numbers)?,
    };
    let doubled = doubled(raw);
    Ok(raw
        .iter()
        .map(|line| match check(line, &known, &doubled, policy) {
            Ok(good) => Line {
                number: line.number,
                recipient: good.recipient.to_string(),
                amount: good.amount,
                description: good.description.to_string(),
                external_id: good.external_id.map(|number| number.to_string()),
                state: LineState::Waiting,
                fault: None,
                payout: None,
            },
            Err(fault) => Line {
                number: line.number,
                recipient: line.recipient.clone(),
                amount: Fen::ZERO,
                description: line.description.clone(),
                external_id: Some(line.external_id.clone()).filter(|text| !text.is_empty()),
                state: LineState::Wrong,
                fault: Some(fault),
                payout: None,
            },
        })
        .collect())
}
