//! What is said after something was done: the door sends the browser back to the page with these words in the address.

use crate::web::text::WechatPay;

/// One thing that was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Done {
    Saved,
    Unchanged,
    Trimmed,
    TakenIntoUse,
    StoredBeside,
    Dropped,
    P12NotUsed,
    GoingOn,
    Activated,
    Discarded,
}

impl Done {
    const ALL: [Done; 10] = [
        Done::Saved,
        Done::Unchanged,
        Done::Trimmed,
        Done::TakenIntoUse,
        Done::StoredBeside,
        Done::Dropped,
        Done::P12NotUsed,
        Done::GoingOn,
        Done::Activated,
        Done::Discarded,
    ];

    const fn as_str(self) -> &'static str {
        match self {
            Done::Saved => "saved",
            Done::Unchanged => "unchanged",
            Done::Trimmed => "trimmed",
            Done::TakenIntoUse => "in_use",
            Done::StoredBeside => "stored",
            Done::Dropped => "dropped",
            Done::P12NotUsed => "p12_not_used",
            Done::GoingOn => "going_on",
            Done::Activated => "activated",
            Done::Discarded => "discarded",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|done| done.as_str() == text)
    }

    /// The sentence.
    pub(super) const fn say(self, w: &'static WechatPay) -> &'static str {
        match self {
            Done::Saved => w.saved,
            Done::Unchanged => w.unchanged,
            Done::Trimmed => w.trimmed,
            Done::TakenIntoUse => w.taken_into_use,
            Done::StoredBeside => w.stored_beside,
            Done::Dropped => w.dropped,
            Done::P12NotUsed => w.p12_not_used,
            Done::GoingOn => w.going_on,
            Done::Activated => w.activated,
            Done::Discarded => w.discarded,
        }
    }
}

/// The page's address with what was done.
pub(super) fn address(done: &[Done]) -> String {
    let words: Vec<&str> = done.iter().map(|one| one.as_str()).collect();
    if words.is_empty() {
        return "/admin/wechat-pay".to_owned();
    }
    format!("/admin/wechat-pay?done={}", words.join("."))
}

/// What an address says that was done. Words that nobody of ours wrote say nothing.
pub(super) fn read(text: &str) -> Vec<Done> {
    text.split('.').take(8).filter_map(Done::parse).collect()
}
