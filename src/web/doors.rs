//! Every door of the house in one table: method, path, who may enter.
//!
//! The guard of a door is in this table and stands before its handler: a storefront's key and a member's role are judged before
//! anything else of the request is read, and a handler that asks for a [`Storefront`](super::guard) behind another door gets none. A
//! test walks over all doors and all visitors.

use actix_web::http::Method;
use actix_web::middleware::from_fn;
use actix_web::{HttpRequest, HttpResponse, ResponseError as _, Route, web};

use super::form::{form_config, query_config};
use super::guard::{admit, storefront_first};
use super::problem::{Code, Problem, Said};
use super::{State, admin, api_docs, assets, choices, health, join, sign_in, storefront};
use crate::people::Role;

/// Who may enter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// Anyone.
    Anyone,
    /// A storefront with a live key.
    Storefront,
    /// A member who is signed in, of any role.
    Member,
    /// A member whose role handles money.
    MoneyMember,
    /// An owner.
    Owner,
}

impl Who {
    /// Whether a member of this role may enter.
    pub const fn admits(self, role: Role) -> bool {
        match self {
            Who::Anyone | Who::Member => true,
            Who::MoneyMember => role.handles_money(),
            Who::Owner => matches!(role, Role::Owner),
            Who::Storefront => false,
        }
    }
}

/// One door.
pub struct Door {
    /// The method.
    pub method: Method,
    /// The path, with `{…}` for what varies.
    pub path: &'static str,
    /// Who may enter.
    pub who: Who,
    route: fn(Method) -> Route,
}

macro_rules! doors {
    ($($method:ident $path:literal $who:ident $handler:path;)+) => {
        vec![$(Door {
            method: Method::$method,
            path: $path,
            who: Who::$who,
            route: |method| web::method(method).to($handler),
        }),+]
    };
}

/// All of them.
#[expect(clippy::too_many_lines, reason = "one line a door, in one table")]
pub fn doors() -> Vec<Door> {
    doors! {
        GET "/healthz" Anyone health::live;
        GET "/readyz" Anyone health::ready;
        GET "/metrics" Anyone health::metrics;
        GET "/static/{name}" Anyone assets::show;
        GET "/language/{code}" Anyone choices::language;
        GET "/theme/{name}" Anyone choices::theme;
        GET "/sign-in" Anyone sign_in::show;
        POST "/sign-in" Anyone sign_in::sign_in;
        POST "/sign-in/factor" Anyone sign_in::factor;
        POST "/sign-out" Member sign_in::sign_out;
        GET "/join" Anyone join::show;
        POST "/join" Anyone join::accept;
        GET "/admin/account" Member admin::account::show;
        POST "/admin/account/password" Member admin::account::change_password;
        POST "/admin/account/second-factor/begin" Member admin::account::begin;
        GET "/admin/account/second-factor" Member admin::account::enrol;
        POST "/admin/account/second-factor" Member admin::account::confirm;
        POST "/admin/account/second-factor/off" Member admin::account::turn_off;
        POST "/admin/account/recovery-codes" Member admin::account::renew_codes;
        POST "/admin/account/sessions/{id}/end" Member admin::account::end;
        POST "/admin/account/end-other-sessions" Member admin::account::end_others;
        GET "/admin" Member admin::home::show;
        GET "/admin/batches" Member admin::batches::list;
        POST "/admin/batches" MoneyMember admin::batches::upload;
        GET "/admin/batches/sample.csv" Member admin::batches::sample;
        GET "/admin/batches/{id}" Member admin::batches::show;
        GET "/admin/batches/{id}/result.csv" Member admin::batches::result;
        POST "/admin/batches/{id}/approve" MoneyMember admin::batches::approve;
        POST "/admin/batches/{id}/pause" MoneyMember admin::batches::pause;
        POST "/admin/batches/{id}/resume" MoneyMember admin::batches::resume;
        POST "/admin/batches/{id}/discard" MoneyMember admin::batches::discard;
        GET "/admin/commissions" Member admin::commissions::show;
        POST "/admin/commissions/rules" MoneyMember admin::commissions::add;
        POST "/admin/commissions/rules/{id}/end" MoneyMember admin::commissions::end;
        GET "/admin/recipients" Member admin::commissions::recipients;
        GET "/admin/recipients/{id}" Member admin::commissions::recipient;
        POST "/admin/recipients/{id}/corrections" MoneyMember admin::commissions::ask;
        POST "/admin/corrections/{id}/decide" MoneyMember admin::commissions::decide;
        GET "/admin/confirm" Member admin::confirm::show;
        POST "/admin/confirm" Member admin::confirm::confirm;
        GET "/admin/findings" Member admin::findings::show;
        POST "/admin/findings/{id}/resolve" MoneyMember admin::findings::resolve;
        GET "/admin/limits" Member admin::limits::show;
        POST "/admin/limits" MoneyMember admin::limits::save;
        GET "/admin/payouts" Member admin::payouts::list;
        POST "/admin/payouts/review" MoneyMember admin::payouts::review;
        POST "/admin/payouts/approve" MoneyMember admin::payouts::approve;
        POST "/admin/payouts/reject" MoneyMember admin::payouts::reject;
        GET "/admin/payouts/{id}" Member admin::payouts::show;
        POST "/admin/payouts/{id}/cancel" MoneyMember admin::payouts::cancel;
        POST "/admin/payouts/{id}/inquire" MoneyMember admin::payouts::ask_now;
        POST "/admin/payouts/{id}/retry" MoneyMember admin::payouts::hurry;
        POST "/admin/payouts/{id}/decide" MoneyMember admin::payouts::decide;
        POST "/admin/balance-filled" MoneyMember admin::payouts::balance_filled;
        GET "/api/docs" Anyone api_docs::show;
        GET "/api/v1/openapi.json" Anyone api_docs::openapi;
        GET "/admin/wechat-pay" Member admin::wechat_pay::show;
        POST "/admin/wechat-pay" MoneyMember admin::wechat_pay::save;
        GET "/admin/wechat-pay/history" Member admin::wechat_pay::history;
        POST "/admin/wechat-pay/check" MoneyMember admin::wechat_pay::check;
        POST "/admin/wechat-pay/certificates/{id}/check" MoneyMember admin::wechat_pay::check_certificate;
        POST "/admin/wechat-pay/certificates/{id}/activate" MoneyMember admin::wechat_pay::activate;
        POST "/admin/wechat-pay/certificates/{id}/discard" MoneyMember admin::wechat_pay::discard;
        GET "/admin/developers" Member admin::developers::show;
        POST "/admin/developers/keys" MoneyMember admin::developers::make_key;
        POST "/admin/developers/keys/{id}/revoke" MoneyMember admin::developers::revoke_key;
        GET "/admin/developers/endpoints/new" MoneyMember admin::developers::new_endpoint;
        POST "/admin/developers/endpoints" MoneyMember admin::developers::register;
        GET "/admin/developers/endpoints/{id}" Member admin::developers::endpoint;
        POST "/admin/developers/endpoints/{id}" MoneyMember admin::developers::change;
        GET "/admin/developers/endpoints/{id}/edit" MoneyMember admin::developers::edit_endpoint;
        POST "/admin/developers/endpoints/{id}/test" MoneyMember admin::developers::test;
        POST "/admin/developers/endpoints/{id}/rotate" MoneyMember admin::developers::rotate;
        POST "/admin/developers/endpoints/{id}/enable" MoneyMember admin::developers::enable;
        POST "/admin/developers/endpoints/{id}/disable" MoneyMember admin::developers::disable;
        POST "/admin/developers/endpoints/{id}/remove" MoneyMember admin::developers::remove;
        POST "/admin/developers/endpoints/{id}/replay" MoneyMember admin::developers::replay_range;
        GET "/admin/developers/endpoints/{id}/deliveries/{event}" Member admin::developers::delivery;
        POST "/admin/developers/endpoints/{id}/deliveries/{event}/replay" MoneyMember admin::developers::replay;
        GET "/admin/log" Member admin::log::show;
        GET "/admin/members" Member admin::members::show;
        POST "/admin/members/invitations" Owner admin::members::invite;
        POST "/admin/members/invitations/{id}/withdraw" Owner admin::members::withdraw;
        POST "/admin/members/{id}/role" Owner admin::members::change_role;
        POST "/admin/members/{id}/disable" Owner admin::members::disable;
        POST "/admin/members/{id}/enable" Owner admin::members::enable;
        POST "/admin/members/{id}/end-sessions" Owner admin::members::end_sessions;
        PUT "/api/v1/recipients/{recipient_id}" Storefront storefront::recipients::put;
        GET "/api/v1/recipients/{recipient_id}" Storefront storefront::recipients::show;
        GET "/api/v1/recipients/{recipient_id}/entries" Storefront storefront::recipients::entries;
        POST "/api/v1/commissions" Storefront storefront::commissions::earn;
        POST "/api/v1/commissions/{commission_id}/reverse" Storefront storefront::commissions::reverse;
        POST "/api/v1/orders" Storefront storefront::orders::record;
        GET "/api/v1/orders/{order_id}" Storefront storefront::orders::show;
        POST "/api/v1/orders/{order_id}/refunds" Storefront storefront::orders::refund;
        POST "/api/v1/withdrawals" Storefront storefront::withdrawals::withdraw;
        POST "/api/v1/payouts" Storefront storefront::withdrawals::pay_directly;
        GET "/api/v1/payouts" Storefront storefront::payouts::list;
        GET "/api/v1/payouts/{id}" Storefront storefront::payouts::show;
        POST "/api/v1/payouts/{id}/cancel" Storefront storefront::payouts::cancel;
        GET "/api/v1/limits" Storefront storefront::limits::list;
    }
}

/// Hangs the doors into an actix application.
pub fn configure(config: &mut web::ServiceConfig, state: State) {
    config.app_data(web::Data::new(state));
    config.app_data(storefront::body_config());
    config.app_data(form_config());
    config.app_data(query_config());
    let doors = doors();
    let mut paths: Vec<&'static str> = doors.iter().map(|door| door.path).collect();
    paths.sort_unstable();
    paths.dedup();
    for path in paths {
        let mut resource = web::resource(path);
        let here: Vec<&Door> = doors.iter().filter(|door| door.path == path).collect();
        let mut allowed: Vec<&str> = Vec::new();
        for door in &here {
            resource = resource.route(guarded(door, door.method.clone()));
            allowed.push(door.method.as_str());
            if door.method == Method::GET {
                // the same answer, of which only the head is sent
                resource = resource.route(guarded(door, Method::HEAD));
                allowed.push(Method::HEAD.as_str());
            }
        }
        let allowed = allowed.join(", ");
        resource = resource.default_service(web::to(move || {
            let allowed = allowed.clone();
            async move { other_method(&allowed) }
        }));
        config.service(resource);
    }
    config.default_service(web::to(nowhere));
}

/// A door's route, behind the guard that the table names.
fn guarded(door: &Door, method: Method) -> Route {
    let (who, route) = (door.who, (door.route)(method));
    match who {
        Who::Anyone => route,
        Who::Storefront => route.wrap(from_fn(storefront_first)),
        Who::Member | Who::MoneyMember | Who::Owner => {
            route.wrap(from_fn(move |request, next| admit(who, request, next)))
        }
    }
}

fn other_method(allowed: &str) -> HttpResponse {
    let detail = Said::new(
        format!("此路径可用的方法: {allowed}"),
        format!("this path has {allowed}"),
    );
    let problem = Problem::new(Code::MethodNotAllowed, detail);
    let mut answer = problem.error_response();
    if let Ok(value) = allowed.parse() {
        answer
            .headers_mut()
            .insert(actix_web::http::header::ALLOW, value);
    }
    answer
}

async fn nowhere(request: HttpRequest) -> HttpResponse {
    if request.path().starts_with("/api/") {
        let detail = Said::new("没有这个路径", "there is no such path");
        return Problem::new(Code::NotFound, detail).error_response();
    }
    if request.path() == "/" {
        return super::page::see_other("/admin");
    }
    super::page::not_found(&request)
}
