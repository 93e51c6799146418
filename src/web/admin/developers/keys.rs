//! Making and revoking storefront keys.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::secret::{Kind, shown_once};
use super::show::render;
use crate::basics::ApiKeyId;
use crate::db::{DbFault, Scope};
use crate::tenants::{self, RevokeError, TenantName};
use crate::web::State;
use crate::web::guard::{KeptForm, Member, MemberFault, Proof};
use crate::web::page::{not_found, see_other};

/// The form of a new key.
#[derive(Deserialize)]
pub(in crate::web) struct KeyForm {
    form_token: String,
    #[serde(default)]
    name: String,
}

/// A form without fields of its own.
#[derive(Deserialize)]
pub(in crate::web) struct TokenForm {
    pub(super) form_token: String,
}

/// `POST /admin/developers/keys`
pub(in crate::web) async fn make(
    request: HttpRequest,
    state: web::Data<State>,
    mut member: Member,
    form: KeptForm<KeyForm>,
) -> Result<HttpResponse, MemberFault> {
    member.check_form(&form.form.form_token)?;
    let Some(name) = TenantName::parse(&form.form.name) else {
        let wrong = StatusCode::UNPROCESSABLE_ENTITY;
        let name = Some(form.form.name.as_str());
        return render(&request, &state, &member, wrong, "", name).await;
    };
    member
        .check_fresh(&request, &state, Proof::of(&form))
        .await?;
    let (tenant, by, now) = (member.tenant_id(), member.by(), state.clock.now());
    let random = state.random.clone();
    let key = state
        .database
        .write(
            "make a storefront key",
            Scope::Tenant(tenant),
            move |tx| -> Result<_, DbFault> {
                let (_, key) = tenants::create_api_key(tx, tenant, &name, &by, &*random, now)?;
                Ok(key)
            },
        )
        .await?;
    let back = "/admin/developers".to_owned();
    Ok(shown_once(&request, &member, Kind::Key, &key, back))
}

/// `POST /admin/developers/keys/{id}/revoke`
pub(in crate::web) async fn revoke(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    path: web::Path<String>,
    form: web::Form<TokenForm>,
) -> Result<HttpResponse, MemberFault> {
    member.check_form(&form.form_token)?;
    let Ok(id) = path.parse::<ApiKeyId>() else {
        return Ok(not_found(&request));
    };
    let (tenant, by, now) = (member.tenant_id(), member.by(), state.clock.now());
    let revoked = state
        .database
        .write(
            "revoke a storefront key",
            Scope::Tenant(tenant),
            move |tx| tenants::revoke_api_key(tx, tenant, id, &by, now),
        )
        .await;
    match revoked {
        Ok(_) => Ok(see_other("/admin/developers?done=revoked")),
        Err(RevokeError::NotFound) => Ok(not_found(&request)),
        Err(RevokeError::Db(fault)) => Err(fault.into()),
    }
}
