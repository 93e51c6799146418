//! All versions of the settings.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::lines::ChangeLine;
use crate::basics::page::PageSize;
use crate::channels;
use crate::db::{DbFault, Scope};
use crate::web::State;
use crate::web::guard::{Member, MemberFault};
use crate::web::page::{Shell, html};
use crate::web::text::WechatPay;

#[derive(Template)]
#[template(path = "admin/wechat_pay/history.html")]
struct HistoryPage {
    s: Shell,
    w: &'static WechatPay,
    changes: Vec<ChangeLine>,
    next: Option<i64>,
}

#[derive(Deserialize)]
pub(in crate::web) struct Older {
    /// A version; a text that is none begins at the newest.
    #[serde(default)]
    before: String,
}

/// `GET /admin/wechat-pay/history`
pub(in crate::web) async fn list(
    request: HttpRequest,
    state: web::Data<State>,
    member: Member,
    query: web::Query<Older>,
) -> Result<HttpResponse, MemberFault> {
    let (tenant, before) = (member.tenant_id(), query.before.parse().ok());
    let page = state
        .database
        .read(
            "versions",
            Scope::Tenant(tenant),
            move |tx| -> Result<_, DbFault> {
                let channel = channels::load_settings(tx, tenant)?.channel;
                channels::list_changes(tx, tenant, channel, before, PageSize::DEFAULT)
            },
        )
        .await?;
    let s = Shell::of(&request, &member);
    let w = &s.t.wechat_pay;
    let changes = page.rows.iter().map(|row| ChangeLine::of(w, row)).collect();
    let page = HistoryPage {
        w,
        changes,
        next: page.next,
        s,
    };
    Ok(html(StatusCode::OK, &page))
}
