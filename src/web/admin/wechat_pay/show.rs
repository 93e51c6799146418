//! The page.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::done::{self, Done};
use super::form::{FieldFault, FileFault, Typed, Wrong};
use super::lines::{self, CertificateLine, ChangeLine, CheckLine};
use super::look::{self, Look};
use super::save::LIMITS;
use crate::basics::Timestamp;
use crate::channels::{SecretState, Settings};
use crate::engine::{self, Language};
use crate::payouts::LaneState;
use crate::web::State;
use crate::web::guard::{ConfirmPage, Member, MemberFault, Proven};
use crate::web::page::{Shell, html};
use crate::web::text::{Tutorial, WechatPay};

/// Why nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    Wrong,
    Stale,
    StaleButton,
    TooOften,
    TooLarge,
    Unreadable,
    NotProved,
    NotValidToday,
    StaysInUse,
    NotFresh,
}

/// Something that was asked for and not done; the page comes back with what was typed.
pub(super) struct Refused {
    status: StatusCode,
    why: Why,
    typed: Option<Typed>,
    wrong: Wrong,
    proven: Option<Proven>,
}

impl Refused {
    /// Fields are wrong.
    pub(super) fn wrong(typed: Typed, wrong: Wrong) -> Self {
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            why: Why::Wrong,
            typed: Some(typed),
            wrong,
            proven: None,
        }
    }

    /// The member has to prove that it is them.
    pub(super) fn not_fresh(typed: Typed, proven: Proven) -> Self {
        let status = match proven {
            Proven::Yes | Proven::NotAsked | Proven::Wrong => StatusCode::FORBIDDEN,
            Proven::Wait(_) => StatusCode::TOO_MANY_REQUESTS,
        };
        Self {
            typed: Some(typed),
            proven: Some(proven),
            ..Self::because(status, Why::NotFresh)
        }
    }

    /// Somebody else saved in the meantime.
    pub(super) fn stale(typed: Typed) -> Self {
        Self {
            typed: Some(typed),
            ..Self::because(StatusCode::CONFLICT, Why::Stale)
        }
    }

    /// The tenant's turns are used up.
    pub(super) fn too_often(typed: Typed) -> Self {
        Self {
            typed: Some(typed),
            ..Self::because(StatusCode::TOO_MANY_REQUESTS, Why::TooOften)
        }
    }

    /// The request was too large.
    pub(super) fn too_large() -> Self {
        Self {
            wrong: Wrong {
                file: Some(FileFault::TooLarge),
                ..Wrong::default()
            },
            ..Self::because(StatusCode::PAYLOAD_TOO_LARGE, Why::TooLarge)
        }
    }

    /// The request was no form.
    pub(super) fn unreadable(status: StatusCode) -> Self {
        Self::because(status, Why::Unreadable)
    }

    /// Nothing was typed.
    pub(super) fn because(status: StatusCode, why: Why) -> Self {
        Self {
            status,
            why,
            typed: None,
            wrong: Wrong::default(),
            proven: None,
        }
    }
}

#[expect(
    clippy::struct_excessive_bools,
    reason = "what a template asks one by one"
)]
#[derive(Template)]
#[template(path = "admin/wechat_pay/show.html")]
struct SettingsPage {
    s: Shell,
    w: &'static WechatPay,
    may_change: bool,
    done: Vec<&'static str>,
    refused: Option<RefusedLine>,
    status: StatusLine,
    expiring: Option<(&'static str, String)>,
    version: i64,
    fields: Vec<FieldLine>,
    /// Whether the member is asked to prove that it is them.
    asks_proof: bool,
    has_factor: bool,
    proof_error: Option<String>,
    file_error: Option<(String, &'static str)>,
    has_number: bool,
    in_use: Option<CertificateLine>,
    waiting: Vec<CertificateLine>,
    retired: Vec<CertificateLine>,
    check: Option<CheckLine>,
    changes: Vec<ChangeLine>,
    has_more_changes: bool,
}

struct RefusedLine {
    title: &'static str,
    sentence: String,
    /// What others changed meanwhile.
    changes: Vec<ChangeLine>,
}

struct StatusLine {
    look: &'static str,
    icon: &'static str,
    title: &'static str,
    sentences: Vec<String>,
}

struct FieldLine {
    name: &'static str,
    label: &'static str,
    is_secret: bool,
    is_number: bool,
    is_optional: bool,
    value: String,
    help: &'static str,
    error: Option<String>,
    /// That a secret is set, when and by whom.
    set: Option<String>,
    /// The value that is saved, when it is not the one in the field.
    saved: Option<String>,
    tutorial: &'static Tutorial,
}

#[derive(Deserialize)]
pub(in crate::web) struct WhatWasDone {
    #[serde(default)]
    done: String,
}

/// `GET /admin/wechat-pay`
pub(in crate::web) async fn show(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    query: web::Query<WhatWasDone>,
) -> Result<HttpResponse, MemberFault> {
    let look = look::read(&state, member.tenant_id()).await?;
    let done = done::read(&query.done);
    let page = page(&request, &member, &look, &done, None, state.clock.now());
    Ok(html(StatusCode::OK, &page))
}

/// The page after something was not done.
pub(super) async fn render(
    request: &HttpRequest,
    state: &State,
    member: &Member,
    refused: Refused,
) -> Result<HttpResponse, MemberFault> {
    let look = look::read(state, member.tenant_id()).await?;
    let status = refused.status;
    let page = page(
        request,
        member,
        &look,
        &[],
        Some(refused),
        state.clock.now(),
    );
    Ok(html(status, &page))
}

fn page(
    request: &HttpRequest,
    member: &Member,
    look: &Look,
    done: &[Done],
    refused: Option<Refused>,
    now: Timestamp,
) -> SettingsPage {
    let s = Shell::of(request, member);
    let (w, language) = (&s.t.wechat_pay, Language::from(s.tongue));
    let settings = &look.settings;
    let line = |certificate| CertificateLine::of(w, certificate, look, language, now);
    let (typed, wrong) = match &refused {
        Some(refused) => (refused.typed.as_ref(), refused.wrong.clone()),
        None => (None, Wrong::default()),
    };
    SettingsPage {
        w,
        may_change: member.who.role.handles_money(),
        done: done.iter().map(|done| done.say(w)).collect(),
        status: status(w, look, language, now),
        expiring: settings
            .expiring(member.tenant_id(), now)
            .map(|expiring| lines::expiring(w, &expiring)),
        version: settings.version,
        fields: fields(w, settings, typed, &wrong),
        asks_proof: settings.version > 1 && !member.who.is_fresh(now),
        has_factor: member.who.has_factor,
        proof_error: refused
            .as_ref()
            .and_then(|refused| refused.proven)
            .and_then(|proven| ConfirmPage::wrong(&s, member.who.has_factor, proven)),
        has_number: settings.merchant_number.is_some(),
        file_error: wrong.file.as_ref().map(|fault| file_error(w, fault)),
        in_use: settings.certificate.as_ref().map(line),
        waiting: look.beside.waiting.iter().map(line).collect(),
        retired: look.beside.retired.iter().map(line).collect(),
        check: look
            .check
            .as_ref()
            .map(|past| CheckLine::of(w, past, settings.version, language)),
        changes: look
            .changes
            .iter()
            .map(|change| ChangeLine::of(w, change))
            .collect(),
        has_more_changes: look.has_more_changes,
        refused: refused.map(|refused| refused_line(&s, look, &refused)),
        s,
    }
}

fn refused_line(s: &Shell, look: &Look, refused: &Refused) -> RefusedLine {
    let w = &s.t.wechat_pay;
    let (title, sentence) = match refused.why {
        Why::Wrong => (w.wrong_title, w.wrong.to_owned()),
        Why::Stale => (w.stale_title, w.stale.to_owned()),
        Why::StaleButton => (w.stale_title, w.stale_button.to_owned()),
        Why::TooOften => (w.refused_title, w.too_often.to_owned()),
        Why::TooLarge => (w.refused_title, (w.too_large)(LIMITS.bytes / 1024)),
        Why::Unreadable => (w.refused_title, w.unreadable.to_owned()),
        Why::NotProved => (w.refused_title, w.not_proved.to_owned()),
        Why::NotValidToday => (w.refused_title, w.not_valid_today.to_owned()),
        Why::StaysInUse => (w.refused_title, w.stays_in_use.to_owned()),
        Why::NotFresh => (s.t.confirm.title, w.wrong.to_owned()),
    };
    let seen = refused.typed.as_ref().and_then(|typed| typed.seen_version);
    let changes = seen
        .filter(|_| refused.why == Why::Stale)
        .map(|seen| {
            look.changes
                .iter()
                .filter(|change| change.version > seen)
                .map(|change| ChangeLine::of(w, change))
                .collect()
        })
        .unwrap_or_default();
    RefusedLine {
        title,
        sentence,
        changes,
    }
}

/// Whether the shop can pay, and what keeps it from paying.
fn status(w: &'static WechatPay, look: &Look, language: Language, now: Timestamp) -> StatusLine {
    let missing = look.settings.missing();
    if !missing.is_empty() {
        return StatusLine {
            look: "warn",
            icon: "warn",
            title: w.incomplete,
            sentences: vec![(w.still_missing)(&missing)],
        };
    }
    if !look.settings.has_valid_certificate(now) {
        return StatusLine {
            look: "bad",
            icon: "bad",
            title: w.not_valid,
            sentences: vec![w.not_valid_means.to_owned()],
        };
    }
    let waiting = look
        .lane
        .as_ref()
        .filter(|lane| lane.state == LaneState::Settings);
    if let Some(lane) = waiting {
        let explained = engine::explain(&lane.code, language);
        return StatusLine {
            look: "bad",
            icon: "bad",
            title: w.waiting,
            sentences: vec![
                (w.since)(&lane.since.shanghai(), &explained.message, &lane.code),
                explained.remedy,
                w.waiting_means.to_owned(),
            ],
        };
    }
    StatusLine {
        look: "good",
        icon: "ok",
        title: w.ready,
        sentences: vec![w.ready_means.to_owned()],
    }
}

fn fields(
    w: &'static WechatPay,
    settings: &Settings,
    typed: Option<&Typed>,
    wrong: &Wrong,
) -> Vec<FieldLine> {
    let t = &w.tutorials;
    let error = |fault: Option<FieldFault>| fault.map(|fault| field_error(w, fault));
    let text = |saved: Option<String>, typed: Option<&String>| {
        let saved_text = saved.clone().unwrap_or_default();
        match typed {
            Some(typed) if *typed != saved_text => (typed.clone(), saved),
            Some(_) | None => (saved_text, None),
        }
    };
    let (app_id, saved_app_id) = text(
        settings.app_id.as_ref().map(ToString::to_string),
        typed.map(|typed| &typed.app_id),
    );
    let (number, saved_number) = text(
        settings.merchant_number.as_ref().map(ToString::to_string),
        typed.map(|typed| &typed.merchant_number),
    );
    let shown = |name, label, help, tutorial| FieldLine {
        name,
        label,
        is_secret: false,
        is_number: false,
        is_optional: false,
        value: String::new(),
        help,
        error: None,
        set: None,
        saved: None,
        tutorial,
    };
    let hidden = |line: FieldLine, state: Option<&SecretState>, fault| FieldLine {
        is_secret: true,
        set: lines::secret(w, state),
        error: error(fault),
        ..line
    };
    vec![
        FieldLine {
            value: app_id,
            saved: saved_app_id,
            error: error(wrong.app_id),
            ..shown("app_id", w.app_id, w.app_id_help, &t.app_id)
        },
        FieldLine {
            is_optional: true,
            ..hidden(
                shown("app_secret", w.app_secret, w.app_secret_help, &t.app_secret),
                settings.app_secret.as_ref(),
                wrong.app_secret,
            )
        },
        FieldLine {
            is_number: true,
            value: number,
            saved: saved_number,
            error: error(wrong.merchant_number),
            ..shown(
                "mch_id",
                w.merchant_number,
                w.merchant_number_help,
                &t.merchant_number,
            )
        },
        hidden(
            shown("api_key", w.api_key, w.api_key_help, &t.api_key),
            settings.api_key.as_ref(),
            wrong.api_key,
        ),
        FieldLine {
            is_optional: true,
            ..hidden(
                shown("api_v3_key", w.api_v3_key, w.api_v3_key_help, &t.api_v3_key),
                settings.api_v3_key.as_ref(),
                wrong.api_v3_key,
            )
        },
    ]
}

fn field_error(w: &'static WechatPay, fault: FieldFault) -> String {
    match fault {
        FieldFault::Form(fault) => (w.field_fault)(fault),
        FieldFault::Cleared => w.cleared.to_owned(),
    }
}

/// The sentence and what to do.
fn file_error(w: &'static WechatPay, fault: &FileFault) -> (String, &'static str) {
    match fault {
        FileFault::Certificate(fault) => (w.upload_fault)(fault),
        FileFault::ChooseAgain => (w.file_again.to_owned(), ""),
        FileFault::NumberFirst => (w.number_first.to_owned(), ""),
        FileFault::TooManyWaiting(most) => ((w.too_many_waiting)(*most), ""),
        FileFault::TooLarge => ((w.too_large)(LIMITS.bytes / 1024), ""),
    }
}
