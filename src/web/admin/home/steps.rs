//! The way of a new shop, from nothing to a first payment.

use crate::channels::Settings;
use crate::reports::standing::Begun;
use crate::web::text::Home;

/// One step.
pub(super) struct Step {
    /// `done`, `now`, or nothing yet.
    pub(super) class: &'static str,
    /// Its state for those who hear the page.
    pub(super) state: &'static str,
    /// What.
    pub(super) title: &'static str,
    /// How.
    pub(super) help: &'static str,
    /// Where, when it is done on a page of ours.
    pub(super) link: Option<(&'static str, &'static str)>,
    /// It is done by the storefront's programs: here is how.
    pub(super) shows_calls: bool,
}

/// The steps, when the shop has not paid anybody yet.
pub(super) fn steps(
    begun: Begun,
    settings: &Settings,
    checked: bool,
    limits_seen: bool,
    t: &Home,
) -> Vec<Step> {
    if begun.has_paid {
        return Vec::new();
    }
    let wechat = Some(("/admin/wechat-pay", t.go_fill_in));
    let missing = settings.missing();
    let filled_in = settings.app_id.is_some()
        && settings.merchant_number.is_some()
        && settings.api_key.is_some();
    let all = [
        (
            filled_in,
            t.step_settings,
            t.step_settings_help,
            wechat,
            false,
        ),
        (
            settings.certificate.is_some(),
            t.step_certificate,
            t.step_certificate_help,
            wechat,
            false,
        ),
        (
            checked && missing.is_empty(),
            t.step_check,
            t.step_check_help,
            Some(("/admin/wechat-pay", t.go_check)),
            false,
        ),
        (
            limits_seen,
            t.step_limits,
            t.step_limits_help,
            Some(("/admin/limits", t.go_limits)),
            false,
        ),
        (
            begun.has_key,
            t.step_key,
            t.step_key_help,
            Some(("/admin/developers", t.go_key)),
            false,
        ),
        (false, t.step_pay, t.step_pay_help, None, true),
    ];
    let mut now_is_given = false;
    all.into_iter()
        .map(|(done, title, help, link, shows_calls)| {
            let is_now = !done && !now_is_given;
            now_is_given |= is_now;
            Step {
                class: if done {
                    "done"
                } else if is_now {
                    "now"
                } else {
                    ""
                },
                state: if done { t.step_done } else { t.step_open },
                title,
                help,
                link: link.filter(|_| !done),
                shows_calls: shows_calls && begun.has_key,
            }
        })
        .collect()
}
