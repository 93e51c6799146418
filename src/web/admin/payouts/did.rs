//! What was just done: a verb of ours in the address that the browser was sent to, and its sentence on the page.

use crate::web::admin::fields::Fields;
use crate::web::text::Payouts;

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::web) enum Did {
    /// Approved, and on its way.
    Approved,
    /// Approved, and one more approval is needed.
    OneMore,
    /// Rejected.
    Rejected,
    /// Cancelled.
    Cancelled,
    /// The rail is asked.
    Asked,
    /// It is tried again.
    Hurried,
    /// Somebody had done it before.
    Already,
    /// The lane is open again.
    Opened,
    /// The lane was not closed for the balance.
    NotClosed,
    /// The first word of two.
    Said,
    /// The second word of two.
    Decided,
}

impl Did {
    const ALL: [Did; 11] = [
        Did::Approved,
        Did::OneMore,
        Did::Rejected,
        Did::Cancelled,
        Did::Asked,
        Did::Hurried,
        Did::Already,
        Did::Opened,
        Did::NotClosed,
        Did::Said,
        Did::Decided,
    ];

    const fn name(self) -> &'static str {
        match self {
            Did::Approved => "approved",
            Did::OneMore => "one-more",
            Did::Rejected => "rejected",
            Did::Cancelled => "cancelled",
            Did::Asked => "asked",
            Did::Hurried => "hurried",
            Did::Already => "already",
            Did::Opened => "opened",
            Did::NotClosed => "not-closed",
            Did::Said => "said",
            Did::Decided => "decided",
        }
    }

    /// What the address says, when it is one of ours.
    pub(in crate::web) fn read(fields: &Fields) -> Option<Self> {
        let name = fields.get("did")?;
        Self::ALL.into_iter().find(|did| did.name() == name)
    }

    /// A path with the word in it.
    pub(in crate::web) fn at(self, path: &str) -> String {
        format!("{path}?did={}", self.name())
    }

    /// The sentence.
    pub(in crate::web) const fn sentence(self, t: &Payouts) -> &'static str {
        match self {
            Did::Approved => t.did_approved,
            Did::OneMore => t.did_one_more,
            Did::Rejected => t.did_rejected,
            Did::Cancelled => t.did_cancelled,
            Did::Asked => t.did_asked,
            Did::Hurried => t.did_hurried,
            Did::Already => t.did_already,
            Did::Opened => t.did_opened,
            Did::NotClosed => t.did_not_closed,
            Did::Said => t.did_said,
            Did::Decided => t.did_decided,
        }
    }
}
