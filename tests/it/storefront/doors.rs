//! Every door × every visitor.

use reqwest::Method;
use zhanfu::web::doors::{Door, Who, doors};

use crate::harness::{Answer, House, Shop};
use crate::on_both_databases;

/// Somebody at a door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Visitor {
    Nobody,
    AKeyThatWasNeverMade,
    AnotherTenantsKey,
    TheShopsKey,
}

const VISITORS: [Visitor; 4] = [
    Visitor::Nobody,
    Visitor::AKeyThatWasNeverMade,
    Visitor::AnotherTenantsKey,
    Visitor::TheShopsKey,
];

/// The door's address, with ids that are there in the shop and nowhere else.
fn path(door: &Door, payout: &str) -> String {
    door.path
        .replace("/payouts/{id}", &format!("/payouts/{payout}"))
        .replace("{recipient_id}", "u1")
        .replace("{commission_id}", "c1")
        .split('/')
        .map(|part| if part.starts_with('{') { "x" } else { part })
        .collect::<Vec<_>>()
        .join("/")
}

async fn visit(
    house: &House,
    shop: &Shop,
    other: &Shop,
    door: &Door,
    visitor: Visitor,
    payout: &str,
) -> Answer {
    let method = Method::from_bytes(door.method.as_str().as_bytes()).unwrap();
    let mut request = house.request(method, &path(door, payout));
    request = match visitor {
        Visitor::Nobody => request,
        Visitor::AKeyThatWasNeverMade => request.bearer_auth(format!("zfk_{}", "A".repeat(43))),
        Visitor::AnotherTenantsKey => request.bearer_auth(&other.key),
        Visitor::TheShopsKey => request.bearer_auth(&shop.key),
    };
    Answer::of(request).await
}

on_both_databases! {
    async fn a_door_lets_in_whom_the_table_says(house) {
        let (shop, other) = (house.shop("tea"), house.shop("rice"));
        shop.knows("u1").await;
        let told = serde_json::json!({ "commission_id": "c1", "recipient_id": "u1", "amount_fen": 100 });
        shop.post("/commissions", told).await.expect(201);
        let payout = shop.pays("u1", 100).await.expect(201).id();
        for door in doors() {
            for visitor in VISITORS {
                let answer = visit(house, &shop, &other, &door, visitor, &payout).await;
                let what = format!("{} {} by {visitor:?}: {} {}", door.method, door.path, answer.status, answer.text);
                assert!(answer.status < 500, "{what}");
                let has_a_key = matches!(visitor, Visitor::AnotherTenantsKey | Visitor::TheShopsKey);
                match door.who {
                    Who::Anyone => assert_ne!(answer.status, 401, "{what}"),
                    Who::Storefront if !has_a_key => assert_eq!(answer.status, 401, "{what}"),
                    Who::Storefront => {
                        assert_ne!(answer.status, 401, "{what}");
                        // an id in the path is the shop's own: for the other it is not there
                        if visitor == Visitor::AnotherTenantsKey && door.path.contains('{') && door.method != "PUT" {
                            // a call that needs a body is refused before anything is looked at, the shop's own like this one
                            let needs_a_body = door.path.ends_with("/refunds");
                            assert_eq!(answer.status, if needs_a_body { 415 } else { 404 }, "{what}");
                        }
                    }
                    // a key opens none of the members' doors
                    Who::Member | Who::MoneyMember | Who::Owner => assert!(matches!(answer.status, 303 | 403), "{what}"),
                }
            }
        }
    }

    async fn no_door_has_another_method_than_it_says(house) {
        let shop = house.shop("tea");
        let all = doors();
        for door in &all {
            for method in ["GET", "HEAD", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO"] {
                let here: Vec<&str> = all.iter().filter(|other| other.path == door.path).map(|other| other.method.as_str()).collect();
                let known = here.contains(&method) || (method == "HEAD" && here.contains(&"GET"));
                if known {
                    continue;
                }
                let request = house.request(Method::from_bytes(method.as_bytes()).unwrap(), &path(door, "x"));
                let answer = Answer::of(request.bearer_auth(&shop.key)).await;
                let what = format!("{method} {}: {} {}", door.path, answer.status, answer.text);
                assert_eq!(answer.status, 405, "{what}");
                let allowed = answer.header("allow").unwrap_or_default().to_owned();
                assert!(here.iter().all(|method| allowed.contains(method)), "{what} {allowed}");
            }
        }
    }
}
