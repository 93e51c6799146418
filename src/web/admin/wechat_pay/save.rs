//! 保存 and 上传: one form, so that nothing that was typed is lost whichever button is pressed.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};

use super::done::{self, Done};
use super::form::{FileFault, Typed, Wrong};
use super::show::{Refused, render};
use super::upload;
use crate::channels::certificate::{CertificateFault, CertificateWarning};
use crate::channels::{
    self, CertificateUse, KeepError, SaveError, SaveWarning, Saved, Settings, SettingsChange,
    Uploaded,
};
use crate::db::{DbFault, Scope};
use crate::engine;
use crate::vault::VaultFault;
use crate::web::State;
use crate::web::form_body::{self, FormBody, FormFault, FormLimits};
use crate::web::guard::{Member, MemberFault, Proven};
use crate::web::page::see_other;

/// A certificate package has some 10 KiB; the limit is that of `security.md` §6.
pub(super) const LIMITS: FormLimits = FormLimits {
    bytes: 256 * 1024,
    parts: 16,
};

/// `POST /admin/wechat-pay`
pub(in crate::web) async fn save(
    request: HttpRequest,
    state: web::Data<State>,
    mut member: Member,
    payload: web::Payload,
) -> Result<HttpResponse, MemberFault> {
    member.check_handles_money()?;
    let body = match form_body::read(&request, payload, LIMITS).await {
        Ok(body) => body,
        Err(fault) => return unread(&request, &state, &member, fault).await,
    };
    member.check_form(body.text("form_token"))?;
    let typed = Typed::read(&body);
    if typed.seen_version.is_none() {
        return unread(&request, &state, &member, FormFault::Unreadable).await;
    }
    let before = load(&state, &member).await?;
    let (mut change, mut wrong) = typed.judge(&before);
    if replaces(&before, &change, body.has_file("certificate")) && !member.is_fresh(&state) {
        let proven = member
            .prove(&request, &state, Some(body.text("proof")))
            .await?;
        if proven != Proven::Yes {
            let refused = Refused::not_fresh(typed, proven);
            return render(&request, &state, &member, refused).await;
        }
    }
    match take_files(&state, &member, body, &before, &mut change, &mut wrong).await? {
        Files::Taken => {}
        Files::TooOften => {
            let refused = Refused::too_often(typed);
            return render(&request, &state, &member, refused).await;
        }
    }
    if wrong.is_any() {
        let refused = Refused::wrong(typed, wrong);
        return render(&request, &state, &member, refused).await;
    }
    let mut beside = Vec::new();
    if typed.was_trimmed {
        beside.push(Done::Trimmed);
    }
    if is_p12_unused(&change) {
        beside.push(Done::P12NotUsed);
    }
    match write(&state, &member, change).await {
        Ok(written) => {
            state.engine.wake();
            let mut done = told(&written);
            done.extend(beside);
            Ok(see_other(&done::address(&done)))
        }
        Err(SaveError::Changed) => render(&request, &state, &member, Refused::stale(typed)).await,
        Err(SaveError::Certificate(KeepError::TooManyWaiting { most })) => {
            let wrong = Wrong {
                file: Some(FileFault::TooManyWaiting(most)),
                ..Wrong::default()
            };
            render(&request, &state, &member, Refused::wrong(typed, wrong)).await
        }
        Err(SaveError::Certificate(KeepError::OtherMerchant {
            certificate,
            settings,
        })) => {
            let fault = CertificateFault::AnotherMerchant {
                found: certificate,
                expected: settings,
            };
            let wrong = Wrong {
                file: Some(FileFault::Certificate(fault)),
                ..Wrong::default()
            };
            render(&request, &state, &member, Refused::wrong(typed, wrong)).await
        }
        Err(SaveError::Vault(fault) | SaveError::Certificate(KeepError::Vault(fault))) => {
            Err(of_the_vault(fault))
        }
        Err(SaveError::Db(fault) | SaveError::Certificate(KeepError::Db(fault))) => {
            Err(fault.into())
        }
    }
}

/// Whether something that is set would be replaced: whoever does that proves that it is them. Filling in what is empty needs no proof.
fn replaces(before: &Settings, change: &SettingsChange, has_file: bool) -> bool {
    let other_app = change.app_id.is_some() && before.app_id.is_some();
    let other_number = change.merchant_number.is_some() && before.merchant_number.is_some();
    (other_app && change.app_id != before.app_id)
        || (other_number && change.merchant_number != before.merchant_number)
        || (change.app_secret.is_some() && before.app_secret.is_some())
        || (change.api_key.is_some() && before.api_key.is_some())
        || (change.api_v3_key.is_some() && before.api_v3_key.is_some())
        || (has_file && before.certificate.is_some())
}

/// The vault's faults are ours: the member learns that nothing was done.
fn of_the_vault(fault: VaultFault) -> MemberFault {
    match fault {
        VaultFault::Db(fault) => fault.into(),
        VaultFault::Damaged { .. } | VaultFault::NoDataKey => {
            tracing::error!(error = ?fault, "a secret could not be sealed");
            MemberFault::Unavailable
        }
    }
}

async fn unread(
    request: &HttpRequest,
    state: &State,
    member: &Member,
    fault: FormFault,
) -> Result<HttpResponse, MemberFault> {
    let refused = match fault {
        FormFault::TooLarge => Refused::too_large(),
        FormFault::NotAForm => Refused::unreadable(StatusCode::UNSUPPORTED_MEDIA_TYPE),
        FormFault::Unreadable => Refused::unreadable(StatusCode::BAD_REQUEST),
    };
    render(request, state, member, refused).await
}

async fn load(state: &State, member: &Member) -> Result<Settings, DbFault> {
    let tenant = member.tenant_id();
    state
        .database
        .read("settings", Scope::Tenant(tenant), move |tx| {
            channels::load_settings(tx, tenant)
        })
        .await
}

enum Files {
    Taken,
    TooOften,
}

/// Reads the files, when some came and the rest is right. 上传 without a file is told so; 保存 needs none.
async fn take_files(
    state: &State,
    member: &Member,
    body: FormBody,
    before: &Settings,
    change: &mut SettingsChange,
    wrong: &mut Wrong,
) -> Result<Files, MemberFault> {
    let wants_upload = body.text("do") == "upload";
    let files = body.into_files("certificate");
    if files.is_empty() {
        if wants_upload {
            wrong.file = Some(FileFault::Certificate(CertificateFault::NothingUploaded));
        }
        return Ok(Files::Taken);
    }
    if wrong.is_any() {
        wrong.file = Some(FileFault::ChooseAgain);
        return Ok(Files::Taken);
    }
    let number = change.merchant_number.clone();
    let Some(number) = number.or_else(|| before.merchant_number.clone()) else {
        wrong.file = Some(FileFault::NumberFirst);
        return Ok(Files::Taken);
    };
    let now = state.clock.now();
    if !state.uploads.take(member.tenant_id(), now) {
        return Ok(Files::TooOften);
    }
    match upload::read(state, files, number, now).await? {
        Ok(identity) => {
            change.certificate = Some(identity);
            change.certificate_use = CertificateUse::WhenProved;
        }
        Err(fault) => {
            tracing::warn!(?fault, "an uploaded certificate was refused");
            wrong.file = Some(fault);
        }
    }
    Ok(Files::Taken)
}

/// Of the warnings of an upload only this one passes: the page says the others of the certificate for as long as they hold.
fn is_p12_unused(change: &SettingsChange) -> bool {
    change.certificate.as_ref().is_some_and(|identity| {
        identity
            .warnings
            .iter()
            .any(|warning| matches!(warning, CertificateWarning::P12NotUsed { .. }))
    })
}

struct Written {
    saved: Saved,
    version_before: i64,
    /// Whether payouts that waited for the settings go on.
    is_going_on: bool,
}

async fn write(
    state: &State,
    member: &Member,
    change: SettingsChange,
) -> Result<Written, SaveError> {
    let (tenant, by, now) = (member.tenant_id(), member.by(), state.clock.now());
    let vault = state.vault.clone();
    state
        .database
        .write("save settings", Scope::Tenant(tenant), move |tx| {
            let version_before = channels::load_settings(tx, tenant)?.version;
            let saved = channels::save(tx, &vault, tenant, &change, &by, now)?;
            let is_going_on = engine::settings_mended(tx, tenant, &by, now)?;
            Ok(Written {
                saved,
                version_before,
                is_going_on,
            })
        })
        .await
}

fn told(written: &Written) -> Vec<Done> {
    let saved = &written.saved;
    let has_changed = saved.settings.version != written.version_before;
    let mut done = Vec::new();
    match (has_changed, saved.uploaded) {
        (true, _) => done.push(Done::Saved),
        (false, None) => done.push(Done::Unchanged),
        (false, Some(_)) => {}
    }
    match saved.uploaded {
        None => {}
        Some(Uploaded::InUse) => done.push(Done::TakenIntoUse),
        Some(Uploaded::Waiting) => done.push(Done::StoredBeside),
    }
    for warning in &saved.warnings {
        match warning {
            SaveWarning::CertificateDropped => done.push(Done::Dropped),
        }
    }
    if written.is_going_on {
        done.push(Done::GoingOn);
    }
    done
}
