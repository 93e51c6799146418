//! Changing one's own password.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::show::render;
use crate::channels;
use crate::db::{DbFault, Scope};
use crate::people::{self, Password, PasswordFault, PasswordHash, Proved, SessionToken, Step};
use crate::web::State;
use crate::web::guard::{Member, MemberFault, Proof};
use crate::web::page::see_other;
use crate::web::sign_in::browser;
use crate::web::text::Account;

#[derive(Deserialize)]
pub(in crate::web) struct PasswordForm {
    #[serde(default)]
    form_token: String,
    #[serde(default)]
    current: String,
    #[serde(default)]
    new: String,
    #[serde(default)]
    again: String,
    proof: Option<String>,
}

/// What is wrong with it, field by field.
#[derive(Clone, Debug, Default)]
pub(super) struct Errors {
    pub(super) current: Option<String>,
    pub(super) new: Option<&'static str>,
    pub(super) again: Option<&'static str>,
}

/// What came of it.
enum Changed {
    Now(SessionToken),
    Wrong,
    SignedOut,
}

/// `POST /admin/account/password`
pub(in crate::web) async fn change(
    request: HttpRequest,
    state: web::Data<State>,
    mut member: Member,
    form: web::Form<PasswordForm>,
) -> Result<HttpResponse, MemberFault> {
    member.check_form(&form.form_token)?;
    let w = &crate::web::text::Tongue::of(&request).text().account;
    let known = known_of(&state, &member).await?;
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let mut errors = Errors::default();
    let new = Password::chosen(&form.new, &known);
    if let Err(fault) = &new {
        errors.new = Some(sentence(w, *fault));
    } else if form.new != form.again {
        errors.again = Some(w.not_the_same);
    }
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let new = match new {
        Ok(new) if errors.again.is_none() => new,
        Ok(_) | Err(_) => return render(&request, &state, &member, refused, "", errors).await,
    };
    if member.who.has_factor {
        let proof = Proof::typed(form.proof.as_deref(), "/admin/account");
        member.check_fresh(&request, &state, proof).await?;
    }
    let Ok(current) = Password::typed(&form.current) else {
        errors.current = Some(w.wrong_current.to_owned());
        return render(&request, &state, &member, refused, "", errors).await;
    };
    let place = state.hashing.enter().ok_or(MemberFault::Busy)?;
    let (who, now, random) = (member.who.clone(), state.clock.now(), state.random.clone());
    let begun = state
        .database
        .write("the present password", Scope::AcrossTenants, move |tx| {
            people::begin_by_password(tx, &who, now)
        })
        .await?;
    let hash = match begun {
        Ok(hash) => hash,
        Err(wait) => {
            let words = &crate::web::text::Tongue::of(&request).text().sign_in;
            errors.current = Some((words.wait)(wait.as_secs().max(1)));
            let status = StatusCode::TOO_MANY_REQUESTS;
            return render(&request, &state, &member, status, "", errors).await;
        }
    };
    let new = place
        .run(move || current.matches(&hash).then(|| new.hash(&*random)))
        .await
        .map_err(|_| MemberFault::Unavailable)?;
    match settle(&request, &state, &member, new).await? {
        Changed::Now(session) => {
            member.renewed(&request, &state, session);
            Ok(see_other("/admin/account?done=password"))
        }
        Changed::Wrong => {
            errors.current = Some(w.wrong_current.to_owned());
            render(&request, &state, &member, refused, "", errors).await
        }
        Changed::SignedOut => Err(MemberFault::SignedOut),
    }
}

async fn settle(
    request: &HttpRequest,
    state: &State,
    member: &Member,
    new: Option<PasswordHash>,
) -> Result<Changed, MemberFault> {
    let (who, session, by) = (member.who.clone(), member.session.clone(), member.by());
    let (random, now, browser) = (
        state.random.clone(),
        state.clock.now(),
        browser(request, state)?,
    );
    Ok(state
        .database
        .write(
            "change the password",
            Scope::AcrossTenants,
            move |tx| -> Result<_, DbFault> {
                let Some(hash) = &new else {
                    let step = Step::Confirm(Proved::Password);
                    people::record_failure(tx, who.person, step, None, &by, now)?;
                    return Ok(Changed::Wrong);
                };
                people::account::change_password(tx, &who, hash, browser.as_ref(), &by, now)?;
                people::forget_tries(tx, &people::TryKey::of_session(who.session))?;
                let renewed = people::renew_session(tx, &session, Proved::Password, &*random, now)?;
                Ok(renewed.map_or(Changed::SignedOut, Changed::Now))
            },
        )
        .await?)
}

/// What everybody knows of the member and the shop: no password.
async fn known_of(state: &State, member: &Member) -> Result<Vec<String>, DbFault> {
    let tenant = member.tenant_id();
    let settings = state
        .database
        .read("merchant number", Scope::Tenant(tenant), move |tx| {
            channels::load_settings(tx, tenant)
        })
        .await?;
    let number = settings.merchant_number.map(|number| number.to_string());
    Ok([
        member.who.email.to_string(),
        member.tenant.name.clone(),
        member.tenant.slug.to_string(),
    ]
    .into_iter()
    .chain(number)
    .collect())
}

/// What is wrong with a new password.
pub(in crate::web) const fn sentence(w: &'static Account, fault: PasswordFault) -> &'static str {
    match fault {
        PasswordFault::TooShort => w.too_short,
        PasswordFault::TooLong => w.too_long,
        PasswordFault::TooCommon => w.too_common,
        PasswordFault::Known => w.known,
    }
}
