//! Who is who in a tenant's history: the names behind the ids of its records.

use std::collections::{BTreeMap, BTreeSet};

use diesel::QueryableByName;
use diesel::sql_types::{Binary, Text};

use crate::audit::Entry;
use crate::basics::{ApiKeyId, Id, PersonId, TenantId};
use crate::db::{DbFault, Tx, Value, sql};

/// Names by id.
#[derive(Clone, Debug, Default)]
pub struct Names(BTreeMap<String, String>);

#[derive(QueryableByName)]
struct PersonRow {
    #[diesel(sql_type = Binary)]
    id: PersonId,
    #[diesel(sql_type = Text)]
    name: String,
}

#[derive(QueryableByName)]
struct KeyRow {
    #[diesel(sql_type = Binary)]
    id: ApiKeyId,
    #[diesel(sql_type = Text)]
    name: String,
}

impl Names {
    /// The names of these ids, as far as they are people or keys of this tenant.
    pub fn load<'a>(
        tx: &mut Tx<'_>,
        tenant: TenantId,
        ids: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, DbFault> {
        let ids: BTreeSet<&str> = ids.into_iter().filter(|id| !id.is_empty()).collect();
        let people: Vec<PersonId> = ids.iter().filter_map(|id| id.parse().ok()).collect();
        if people.is_empty() {
            return Ok(Self::default());
        }
        let mut names = BTreeMap::new();
        let rows: Vec<PersonRow> = among(
            "SELECT people.id AS id, people.email AS name FROM members \
             JOIN people ON people.id = members.person_id WHERE members.tenant_id = ? AND members.person_id IN (",
            tenant,
            &people,
        )
        .load(tx)?;
        names.extend(rows.into_iter().map(|row| (row.id.to_string(), row.name)));
        let rows: Vec<KeyRow> = among(
            "SELECT id, name FROM api_keys WHERE tenant_id = ? AND id IN (",
            tenant,
            &people,
        )
        .load(tx)?;
        names.extend(rows.into_iter().map(|row| (row.id.to_string(), row.name)));
        Ok(Self(names))
    }

    /// The name of an id.
    pub fn get(&self, id: &str) -> Option<&str> {
        self.0.get(id).map(String::as_str)
    }

    /// The name of who did something.
    pub fn of(&self, entry: &Entry) -> Option<&str> {
        self.get(&entry.actor_id)
    }
}

/// People and keys have ids of the same form, so each table is asked for all of them.
fn among(text: &str, tenant: TenantId, ids: &[PersonId]) -> crate::db::Sql {
    let mut query = sql("").push_with(text, [tenant.into()]);
    for (number, id) in ids.iter().enumerate() {
        let bytes = Value::Bytes(Some(id.as_uuid().into_bytes().to_vec()));
        query = query.push_with(if number == 0 { "?" } else { ", ?" }, [bytes]);
    }
    query.push(")")
}
