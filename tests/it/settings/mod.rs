//! 微信支付配置 through its doors.

mod access;
mod certificates;
mod check;
mod fields;
mod uploads;

use zhanfu::basics::Clock as _;
use zhanfu::channels::{self, Settings};
use zhanfu::db::{DbFault, Scope};

use crate::harness::{Answer, FormFile, House, Shop, Visitor, hidden};

/// The page.
const PAGE: &str = "/admin/wechat-pay";

/// The settings in force.
fn settings(house: &House, shop: &Shop) -> Settings {
    house
        .ground
        .database
        .read_blocking(
            "settings",
            Scope::Tenant(shop.tenant),
            |tx| -> Result<_, DbFault> { channels::load_settings(tx, shop.tenant) },
        )
        .unwrap()
}

/// The serials of the certificates beside the one in use: those that wait, those that were retired.
fn beside(house: &House, shop: &Shop) -> (Vec<String>, Vec<String>) {
    let now = house.clock.now();
    let settings = settings(house, shop);
    let beside = house
        .ground
        .database
        .read_blocking(
            "beside",
            Scope::Tenant(shop.tenant),
            |tx| -> Result<_, DbFault> { channels::load_shelf(tx, shop.tenant, &settings, now) },
        )
        .unwrap();
    let serials = |all: Vec<channels::StoredCertificate>| {
        all.into_iter().map(|one| one.facts.serial).collect()
    };
    (serials(beside.waiting), serials(beside.retired))
}

/// Fills in the form of the page as it was seen last and sends it, with files.
async fn saves(visitor: &Visitor, fields: &[(&str, &str)], files: &[FormFile<'_>]) -> Answer {
    let page = visitor.get(PAGE).await.expect(200);
    saves_seen(visitor, &version_of(&page), fields, files).await
}

/// The same with the version that was seen earlier.
async fn saves_seen(
    visitor: &Visitor,
    version: &str,
    fields: &[(&str, &str)],
    files: &[FormFile<'_>],
) -> Answer {
    let mut all = vec![("seen_version", version)];
    all.extend(fields);
    visitor.post_multipart(PAGE, &all, files).await
}

/// The version that a page shows.
fn version_of(page: &Answer) -> String {
    hidden(&page.text, "seen_version").expect("a page with the form")
}

/// A chosen file.
const fn chosen<'a>(name: &'a str, bytes: &'a [u8]) -> FormFile<'a> {
    FormFile {
        field: "certificate",
        name,
        bytes,
    }
}

/// The page that an answer leads to, without the text of its address.
async fn lands(visitor: &Visitor, answer: Answer) -> Answer {
    let answer = answer.expect(303);
    visitor.follow(&answer).await.expect(200)
}
