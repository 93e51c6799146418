//! Gathering what our books say about some payouts: three statements, however many there are.

use std::collections::BTreeMap;

use super::compare::Record;
use crate::basics::{PayoutId, TenantId};
use crate::db::{DbFault, Tx};
use crate::ledger;
use crate::payouts;

/// The records of these payouts. Ids are unique over all tenants.
pub(in crate::engine) fn records(
    tx: &mut Tx<'_>,
    of: &[(TenantId, PayoutId)],
) -> Result<BTreeMap<PayoutId, Record>, DbFault> {
    let mut records: BTreeMap<PayoutId, Record> =
        of.iter().map(|(_, id)| (*id, Record::default())).collect();
    let sources: Vec<(TenantId, String)> = of
        .iter()
        .map(|(tenant, id)| (*tenant, id.to_string()))
        .collect();
    let ids: BTreeMap<&str, PayoutId> = sources
        .iter()
        .zip(of)
        .map(|((_, source), (_, id))| (source.as_str(), *id))
        .collect();
    for (source, movement) in ledger::list_movements(tx, &sources)? {
        let record = ids.get(source.as_str()).and_then(|id| records.get_mut(id));
        if let Some(record) = record {
            record.movements.push(movement);
        }
    }
    for (id, words) in payouts::list_words(tx, of)? {
        if let Some(record) = records.get_mut(&id) {
            record.words = words;
        }
    }
    Ok(records)
}
