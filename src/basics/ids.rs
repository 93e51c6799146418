//! Ids of ours: UUIDv7, so that they sort by age and say nothing about other tenants.

use std::fmt;
use std::str::FromStr;

use diesel::sql_types::Binary;
use diesel::{AsExpression, FromSqlRow};
use uuid::Uuid;

use super::{Randomness, Timestamp};
use std::sync::{Mutex, PoisonError};

/// What every id can do.
pub trait Id: Copy {
    /// Wraps a UUID that came out of the database or out of [`fresh`].
    fn from_uuid(uuid: Uuid) -> Self;
    /// The UUID.
    fn as_uuid(&self) -> Uuid;
}

/// A new id: the time to the millisecond, then random bits.
pub fn fresh<I: Id>(now: Timestamp, random: &dyn Randomness) -> I {
    let mut bits = [0_u8; 10];
    random.fill(&mut bits);
    let millis = u64::try_from(now.as_millis()).unwrap_or(0);
    I::from_uuid(uuid::Builder::from_unix_timestamp_millis(millis, &bits).into_uuid())
}

/// The low bits of a UUIDv7, which come after its version and variant.
const TAIL_BITS: u32 = 62;
const TAIL: u128 = (1 << TAIL_BITS) - 1;

/// Ids of which a later one is greater also within one millisecond, so that lists by id are lists by time. Only of one
/// process, which is enough: what one transaction writes comes from one.
#[derive(Debug, Default)]
pub struct Sequence(Mutex<u128>);

impl Sequence {
    /// A new id, greater than the last one when that is of the same millisecond.
    pub fn fresh<I: Id>(&self, now: Timestamp, random: &dyn Randomness) -> I {
        let new: AnyId = fresh(now, random);
        let new = new.as_uuid().as_u128();
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // the step is random too, so that an id tells little about its neighbours
        let step = (new & 0xFFFF_FFFF).saturating_add(1);
        let is_of_the_same_millisecond = *last >> 80 == new >> 80;
        let next = match (*last & TAIL).checked_add(step) {
            Some(tail) if is_of_the_same_millisecond && tail <= TAIL => (*last & !TAIL) | tail,
            _ => new,
        };
        *last = next;
        I::from_uuid(Uuid::from_u128(next))
    }
}

/// The least id of an instant: whatever was made before has a lesser id, whatever was made then or later a greater one.
pub fn first_of<I: Id>(instant: Timestamp) -> I {
    let millis = u64::try_from(instant.as_millis()).unwrap_or(0);
    I::from_uuid(uuid::Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid())
}

impl TenantId {
    /// What belongs to no tenant, but to the platform, has sixteen zero bytes in the tenant's place.
    pub const PLATFORM: Self = Self(Uuid::nil());
}

/// Reads an id as people copy it from somewhere: with hyphens or, like an order number, without.
pub fn read_copied<I: Id>(text: &str) -> Option<I> {
    Uuid::try_parse(text).ok().map(I::from_uuid)
}

/// A text that is not an id of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an id")]
pub struct NotAnId;

macro_rules! ids {
    ($($(#[$doc:meta])+ $name:ident),+ $(,)?) => {$(
        $(#[$doc])+
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow)]
        #[diesel(sql_type = Binary)]
        pub struct $name(Uuid);

        impl $name {
            /// Its 16 bytes.
            pub const fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }

        impl Id for $name {
            fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }
            fn as_uuid(&self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            /// Only the form we print: 36 characters, lower case, with hyphens.
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let uuid = Uuid::try_parse(text).map_err(|_| NotAnId)?;
                if uuid.to_string() == text { Ok(Self(uuid)) } else { Err(NotAnId) }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(&self.0)
            }
        }
    )+};
}

ids! {
    /// Any of them, while it is being made.
    AnyId,
    /// One tenant (站点). It comes out of a sign-in, a storefront key or a claimed payout, never out of a
    /// request's path or body: that is how every query is scoped.
    TenantId,
    /// One person, who may be a member of several tenants.
    PersonId,
    /// One membership of a person in a tenant.
    MemberId,
    /// One sign-in.
    SessionId,
    /// One invitation to become a member.
    InvitationId,
    /// One storefront key.
    ApiKeyId,
    /// One channel (付款设置).
    ChannelId,
    /// One merchant certificate.
    CertificateId,
    /// One payout (付款单).
    PayoutId,
    /// One attempt (请求记录).
    AttemptId,
    /// One ledger posting.
    PostingId,
    /// One audit event.
    AuditId,
    /// One finding.
    FindingId,
    /// One webhook endpoint.
    EndpointId,
    /// One event that webhook endpoints are told.
    EventId,
    /// One rule of commissions.
    RuleId,
    /// One correction of a balance by hand.
    CorrectionId,
    /// One batch of payouts out of a file.
    BatchId,
}
