//! What endpoints can be told.

use serde_json::Value as Json;

use crate::basics::{PayoutId, TenantId};

macro_rules! kinds {
    ($($(#[$doc:meta])+ $name:ident = $text:literal),+ $(,)?) => {
        /// What has happened.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($(#[$doc])+ $name),+
        }

        impl Kind {
            /// All of them.
            pub const ALL: &[Kind] = &[$(Kind::$name),+];

            /// Its name: the `type` of what is sent.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Kind::$name => $text),+
                }
            }

            /// The one of a name.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.as_str() == text)
            }
        }
    };
}

kinds! {
    /// A payout was accepted.
    PayoutCreated = "payout.created",
    /// A payout waits to be sent: it was approved, or goes out again later. The payout says for what it waits.
    PayoutQueued = "payout.queued",
    /// A payout's request goes out: from now on it may have been paid.
    PayoutProcessing = "payout.processing",
    /// A payout's outcome is not known yet. Nobody should pay again.
    PayoutInDoubt = "payout.in_doubt",
    /// A payout was paid.
    PayoutSucceeded = "payout.succeeded",
    /// A payout failed for good, and nothing was paid.
    PayoutFailed = "payout.failed",
    /// A member rejected a payout.
    PayoutRejected = "payout.rejected",
    /// A payout was cancelled before it was sent.
    PayoutCancelled = "payout.cancelled",
    /// A recipient is paid under another openid from now on.
    RecipientChanged = "recipient.changed",
    /// The merchant certificate in use ends soon.
    CertificateExpiring = "certificate.expiring",
    /// A limit lets nothing more through today.
    LimitReached = "limit.reached",
    /// No payout of the tenant is sent until somebody has mended something.
    TenantPaused = "tenant.paused",
    /// Somebody has asked for a test.
    Test = "webhook.test",
}

impl Kind {
    /// An endpoint may ask for it. A test goes to whom it is for, asked or not.
    pub const fn can_be_asked_for(self) -> bool {
        !matches!(self, Kind::Test)
    }
}

/// One thing that has happened.
#[derive(Clone, Debug)]
pub struct Event {
    /// What.
    pub kind: Kind,
    /// To which payout, and as its how manyeth change.
    pub payout: Option<(PayoutId, i64)>,
    /// Told once for each endpoint, however often it is noticed.
    pub once: Option<String>,
    /// The facts, as a JSON object. Never a secret, an openid or a name. A reason is a code here; the courier explains it.
    pub facts: Json,
}

/// An event and whose it is.
pub(super) type Owned = (TenantId, Event);
