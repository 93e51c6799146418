//! Making somebody an operator of the platform.

use serde_json::json;

use super::across_tenants;
use super::password::PasswordHash;
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{EmailAddress, PersonId, TenantId, Timestamp};
use crate::db::{DbFault, Tx};

/// Why somebody does not become an operator.
#[derive(Debug, thiserror::Error)]
pub enum AddOperatorError {
    /// The person is an operator already.
    #[error("{0} is an operator already")]
    Already(EmailAddress),
    /// The database failed.
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// Somebody who is an operator now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewOperator {
    /// The person.
    pub person: PersonId,
    /// The address was known, as a member's, and the person keeps the password they have.
    pub was_known: bool,
}

/// Makes the person of this address an operator. A person who is known keeps the password they have: `hash` is for somebody new.
pub fn add_operator(
    tx: &mut Tx<'_>,
    email: &EmailAddress,
    hash: &PasswordHash,
    by: &By,
    now: Timestamp,
) -> Result<NewOperator, AddOperatorError> {
    let fresh: PersonId = tx.fresh_id(now);
    let person = across_tenants::find_or_insert_person(tx, fresh, email, hash, now)?;
    if !across_tenants::insert_operator(tx, person, by.text(), now)? {
        return Err(AddOperatorError::Already(email.clone()));
    }
    let event = Event {
        kind: EventKind::OperatorAdded,
        object: Object::Operator(person),
        details: json!({ "email": email }),
    };
    audit::record(tx, TenantId::PLATFORM, event, by, now)?;
    Ok(NewOperator {
        person,
        was_known: person != fresh,
    })
}
