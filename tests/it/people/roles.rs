//! Every role at every door of the members: may and may not.

use reqwest::Method;
use zhanfu::people::Role;
use zhanfu::web::doors::{Door, Who, doors};

use crate::harness::{House, Shop, Visitor};
use crate::on_both_databases;

const ROLES: [Role; 4] = [Role::Owner, Role::Finance, Role::Staff, Role::Viewer];

/// What the refusal of a role says.
const REFUSED: &str = "您的角色不能进行此操作";

/// The door's path with an id of nothing in its gaps.
fn path(door: &Door) -> String {
    door.path
        .split('/')
        .map(|part| {
            if part.starts_with('{') {
                "019b0000-0000-7000-8000-000000000000"
            } else {
                part
            }
        })
        .collect::<Vec<_>>()
        .join("/")
}

async fn visitors(house: &House, shop: &Shop) -> Vec<(Role, Visitor)> {
    let mut all = Vec::new();
    for role in ROLES {
        all.push((role, house.signs_in_as(shop, role).await));
    }
    all
}

on_both_databases! {
    async fn a_role_may_what_the_table_of_doors_says_and_nothing_else(house) {
        let shop = house.empty_shop("tea");
        let visitors = visitors(house, &shop).await;
        for door in doors() {
            if !matches!(door.who, Who::Member | Who::MoneyMember | Who::Owner) {
                continue;
            }
            for (role, visitor) in &visitors {
                // without a form token: a door that may be entered does nothing either
                let method = Method::from_bytes(door.method.as_str().as_bytes()).unwrap();
                let answer = visitor.send(visitor.request(&method, &path(&door))).await;
                let what = format!("{} {} by {role:?}: {} {}", door.method, door.path, answer.status, answer.text);
                assert!(answer.status < 500, "{what}");
                assert_ne!(answer.header("location"), Some("/sign-in"), "{what}");
                let refused = answer.status == 403 && answer.text.contains(REFUSED);
                assert_eq!(refused, !door.who.admits(*role), "{what}");
                if door.who.admits(*role) && door.method == "GET" {
                    assert!(matches!(answer.status, 200 | 303 | 404), "{what}");
                }
            }
        }
    }

    async fn nobody_enters_a_members_door_without_a_session(house) {
        house.empty_shop("tea");
        let visitor = house.visitor();
        for door in doors() {
            if !matches!(door.who, Who::Member | Who::MoneyMember | Who::Owner) {
                continue;
            }
            let method = Method::from_bytes(door.method.as_str().as_bytes()).unwrap();
            let answer = visitor.send(visitor.request(&method, &path(&door))).await;
            assert_eq!(answer.status, 303, "{} {}", door.method, door.path);
            assert_eq!(answer.header("location"), Some("/sign-in"));
        }
    }
}
