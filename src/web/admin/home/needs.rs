//! What needs a person now, each with where to do it.

use crate::basics::Timestamp;
use crate::channels::Settings;
use crate::channels::certificate::expiry::{self, ExpiryNotice};
use crate::payouts::RailLimit;
use crate::reports::standing::{COUNTED, OnTheWay};
use crate::web::text::Home;

/// One thing to do.
pub(super) struct Need {
    /// How pressing it is: the colour's name.
    pub(super) class: &'static str,
    /// The picture.
    pub(super) icon: &'static str,
    /// What.
    pub(super) what: String,
    /// Where.
    pub(super) href: &'static str,
    /// What the link is called.
    pub(super) link: &'static str,
}

/// `7`, or `999+`.
pub(super) fn shown(count: i64) -> String {
    if count < COUNTED {
        count.to_string()
    } else {
        format!("{}+", COUNTED.saturating_sub(1))
    }
}

/// Everything that needs a person, the most pressing first. A closed lane has its own notice.
pub(super) fn needs(
    way: &OnTheWay,
    settings: &Settings,
    reached: &[RailLimit],
    webhooks_in_trouble: usize,
    may_decide: bool,
    t: &Home,
    now: Timestamp,
) -> Vec<Need> {
    let mut needs = Vec::new();
    let mut need = |class, icon, what, href, link| {
        needs.push(Need {
            class,
            icon,
            what,
            href,
            link,
        });
    };
    if way.findings > 0 {
        let what = (t.need_findings)(&shown(way.findings));
        need("bad", "reconcile", what, "/admin/findings", t.go_look);
    }
    if way.undecided > 0 {
        let what = (t.need_undecided)(&shown(way.undecided));
        need("bad", "warn", what, "/admin/payouts?view=mine", t.go_decide);
    }
    if way.long_in_doubt > 0 {
        let what = (t.need_doubt)(&shown(way.long_in_doubt));
        need(
            "warn",
            "question",
            what,
            "/admin/payouts?status=processing",
            t.go_look,
        );
    }
    if !settings.missing().is_empty() {
        let what = t.need_settings.to_owned();
        need("warn", "wechat", what, "/admin/wechat-pay", t.go_fill_in);
    }
    if let Some(certificate) = &settings.certificate {
        let not_after = certificate.facts.not_after;
        if let Some(notice) = expiry::notice(not_after, now) {
            let (class, what) = match notice {
                ExpiryNotice::Expired => ("bad", t.need_certificate_expired.to_owned()),
                ExpiryNotice::Within1Day | ExpiryNotice::Within7Days => (
                    "bad",
                    (t.need_certificate)(expiry::days_left(not_after, now)),
                ),
                ExpiryNotice::Within30Days | ExpiryNotice::Within90Days => (
                    "warn",
                    (t.need_certificate)(expiry::days_left(not_after, now)),
                ),
            };
            need(
                class,
                "certificate",
                what,
                "/admin/wechat-pay",
                t.go_certificate,
            );
        }
    }
    if !reached.is_empty() {
        let what = (t.need_limit)(reached.len());
        need("warn", "limits", what, "/admin/limits#reached", t.go_look);
    }
    if webhooks_in_trouble > 0 {
        let what = (t.need_webhooks)(webhooks_in_trouble);
        need("warn", "webhook", what, "/admin/developers", t.go_webhooks);
    }
    if way.in_review > 0 {
        let (what, href) = (
            (t.need_review)(&shown(way.in_review)),
            if may_decide {
                "/admin/payouts?view=mine"
            } else {
                "/admin/payouts?status=in_review"
            },
        );
        need("info", "wait", what, href, t.go_review);
    }
    needs
}
