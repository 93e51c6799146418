//! How the words are kept in columns. One implementation serves both databases.
//!
//! Reading parses again: a row that holds what no parser lets in is an error, not a wrong value.

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql};
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::{BigInt, Binary, Text};

use super::Value;
use crate::basics::names::RealName;
use crate::basics::{
    ApiKeyId, AppId, AttemptId, AuditId, BatchId, CertificateId, ChannelId, CommissionId,
    CorrectionId, Day, Description, EmailAddress, EndpointId, EventId, ExternalId, Fen, FindingId,
    Id, InvitationId, ItemKey, MemberId, MerchantNumber, OpenId, OrderId, PayoutId, PersonId,
    PostingId, RecipientId, RefundId, RuleId, SessionId, TenantId, TenantSlug, Timestamp,
};

macro_rules! id_columns {
    ($($id:ident),+) => {$(
        impl<DB: Backend> ToSql<Binary, DB> for $id
        where
            [u8]: ToSql<Binary, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                <[u8] as ToSql<Binary, DB>>::to_sql(self.as_bytes(), out)
            }
        }

        impl<DB: Backend> FromSql<Binary, DB> for $id
        where
            Vec<u8>: FromSql<Binary, DB>,
        {
            fn from_sql(raw: DB::RawValue<'_>) -> deserialize::Result<Self> {
                let bytes = <Vec<u8> as FromSql<Binary, DB>>::from_sql(raw)?;
                Ok(Self::from_uuid(uuid::Uuid::from_slice(&bytes)?))
            }
        }

        impl From<$id> for Value {
            fn from(id: $id) -> Self {
                Value::Bytes(Some(id.as_bytes().to_vec()))
            }
        }

        impl From<Option<$id>> for Value {
            fn from(id: Option<$id>) -> Self {
                Value::Bytes(id.map(|id| id.as_bytes().to_vec()))
            }
        }
    )+};
}

id_columns!(
    BatchId,
    EndpointId,
    EventId,
    CorrectionId,
    RuleId,
    FindingId,
    ApiKeyId,
    AttemptId,
    AuditId,
    CertificateId,
    ChannelId,
    InvitationId,
    MemberId,
    PayoutId,
    PersonId,
    PostingId,
    SessionId,
    TenantId
);

macro_rules! name_columns {
    ($($name:ident),+) => {$(
        impl<DB: Backend> ToSql<Text, DB> for $name
        where
            str: ToSql<Text, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                <str as ToSql<Text, DB>>::to_sql(self.as_str(), out)
            }
        }

        impl<DB: Backend> FromSql<Text, DB> for $name
        where
            String: FromSql<Text, DB>,
        {
            fn from_sql(raw: DB::RawValue<'_>) -> deserialize::Result<Self> {
                let text = <String as FromSql<Text, DB>>::from_sql(raw)?;
                Ok(Self::parse(&text)?)
            }
        }

        impl From<&$name> for Value {
            fn from(name: &$name) -> Self {
                Value::Text(Some(name.as_str().to_owned()))
            }
        }

        impl From<Option<&$name>> for Value {
            fn from(name: Option<&$name>) -> Self {
                Value::Text(name.map(|name| name.as_str().to_owned()))
            }
        }
    )+};
}

name_columns!(
    AppId,
    CommissionId,
    Description,
    EmailAddress,
    ExternalId,
    ItemKey,
    MerchantNumber,
    OpenId,
    OrderId,
    RealName,
    RecipientId,
    RefundId,
    TenantSlug
);

macro_rules! long_columns {
    ($($name:ident => $read:expr),+ $(,)?) => {$(
        impl<DB: Backend> ToSql<BigInt, DB> for $name
        where
            i64: ToSql<BigInt, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                <i64 as ToSql<BigInt, DB>>::to_sql(self.as_ref(), out)
            }
        }

        impl<DB: Backend> FromSql<BigInt, DB> for $name
        where
            i64: FromSql<BigInt, DB>,
        {
            fn from_sql(raw: DB::RawValue<'_>) -> deserialize::Result<Self> {
                let read: fn(i64) -> Self = $read;
                <i64 as FromSql<BigInt, DB>>::from_sql(raw).map(read)
            }
        }
    )+};
}

long_columns!(Fen => Fen::new, Timestamp => Timestamp::from_millis);

impl<DB: Backend> FromSql<BigInt, DB> for Day
where
    i64: FromSql<BigInt, DB>,
{
    fn from_sql(raw: DB::RawValue<'_>) -> deserialize::Result<Self> {
        let number = <i64 as FromSql<BigInt, DB>>::from_sql(raw)?;
        i32::try_from(number)
            .ok()
            .and_then(Day::from_number)
            .ok_or_else(|| format!("{number} is not a day").into())
    }
}
