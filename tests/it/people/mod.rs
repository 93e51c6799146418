//! Those who sign in: how often they may try, what they prove, what they may do.

mod account;
mod cookies;
mod forgery;
mod log;
mod members;
mod roles;
mod second_factor;
mod tries;

use zhanfu::basics::Clock as _;
use zhanfu::db::{DbFault, Scope};

use crate::harness::{House, Shop};

/// The id of a member, by their address.
fn member_id(house: &House, shop: &Shop, email: &str) -> String {
    let (tenant, now) = (shop.tenant, house.clock.now());
    house
        .ground
        .database
        .read_blocking("members", Scope::Tenant(tenant), |tx| {
            zhanfu::people::members::list(tx, tenant, now)
        })
        .unwrap()
        .into_iter()
        .find(|line| line.email.as_str() == email)
        .unwrap()
        .member
        .to_string()
}

#[derive(diesel::QueryableByName)]
struct Logged {
    #[diesel(sql_type = diesel::sql_types::Text)]
    kind: String,
    #[diesel(sql_type = diesel::sql_types::Text)]
    details: String,
}

fn logged(house: &House, shop: &Shop) -> Vec<Logged> {
    house
        .ground
        .database
        .read_blocking(
            "the log",
            Scope::Tenant(shop.tenant),
            |tx| -> Result<_, DbFault> {
                zhanfu::db::sql(
                    "SELECT kind, details FROM audit_events WHERE tenant_id = $1 ORDER BY id",
                )
                .bind(shop.tenant)
                .load(tx)
            },
        )
        .unwrap()
}

/// What was done in a shop, oldest first.
fn log_kinds(house: &House, shop: &Shop) -> Vec<String> {
    logged(house, shop)
        .into_iter()
        .map(|one| one.kind)
        .collect()
}

/// Everything that the log of a shop says.
fn log_text(house: &House, shop: &Shop) -> String {
    logged(house, shop)
        .into_iter()
        .map(|one| one.kind + " " + &one.details)
        .collect::<Vec<_>>()
        .join(
            "
",
        )
}
