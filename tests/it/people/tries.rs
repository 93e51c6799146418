//! Trying to sign in (`security.md` §12 L).

use std::time::Duration;

use futures_util::future::join_all;
use zhanfu::people::Role;

use crate::harness::PASSWORD;
use crate::on_both_databases;

const SECOND: Duration = Duration::from_secs(1);

fn retry_after(answer: &crate::harness::Answer) -> u64 {
    answer.header("retry-after").unwrap().parse().unwrap()
}

on_both_databases! {
    async fn an_address_is_delayed_more_and_more_and_never_locked(house) {
        let shop = house.empty_shop("tea");
        let owner = house.signs_in(&shop).await;
        for _ in 0..5 {
            house.visitor().tries(&shop.owner(), "not this one").await.expect(401);
        }
        let answer = house.visitor().tries(&shop.owner(), PASSWORD).await.expect(429);
        assert_eq!(retry_after(&answer), 1);
        assert!(answer.text.contains("尝试次数过多"), "{}", answer.text);
        // each wait over, one more try; from a thousand addresses it is the same
        let mut waits = Vec::new();
        for _ in 0..12 {
            let answer = house.visitor().tries(&shop.owner(), "not this one").await.expect(429);
            waits.push(retry_after(&answer));
            house.clock.advance(SECOND * u32::try_from(retry_after(&answer)).unwrap());
            house.visitor().tries(&shop.owner(), "not this one").await.expect(401);
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]);
        // the owner comes in all the same, in the browser that knows them
        owner.loses_cookie("zhanfu");
        owner.tries(&shop.owner(), PASSWORD).await.expect(303);
        // and in any other after the longest wait
        let elsewhere = house.visitor();
        elsewhere.tries(&shop.owner(), PASSWORD).await.expect(429);
        house.clock.advance(SECOND * 300);
        elsewhere.tries(&shop.owner(), PASSWORD).await.expect(303);
        // the right password forgets what was
        house.visitor().tries(&shop.owner(), "not this one").await.expect(401);
    }

    async fn an_unknown_address_is_delayed_like_a_known_one(house) {
        let shop = house.empty_shop("tea");
        for email in [shop.owner(), "nobody@tea.example.com".to_owned(), "no address".to_owned()] {
            for _ in 0..5 {
                house.visitor().tries(&email, "not this one").await.expect(401);
            }
            let answer = house.visitor().tries(&email, "not this one").await.expect(429);
            assert_eq!(retry_after(&answer), 1, "{email}");
        }
    }

    async fn a_known_browser_has_a_count_of_its_own(house) {
        let shop = house.empty_shop("tea");
        let owner = house.signs_in(&shop).await;
        owner.loses_cookie("zhanfu");
        for _ in 0..5 {
            owner.tries(&shop.owner(), "not this one").await.expect(401);
        }
        owner.tries(&shop.owner(), PASSWORD).await.expect(429);
        house.signs_in(&shop).await;
        // it is no proof, and another person's count is another
        owner.moves_to("198.51.100.2");
        house.joins(&shop, "wang@tea.example.com", Role::Staff);
        for _ in 0..5 {
            owner.tries("wang@tea.example.com", "not this one").await.expect(401);
        }
        owner.tries("wang@tea.example.com", PASSWORD).await.expect(429);
        house.visitor().tries("wang@tea.example.com", PASSWORD).await.expect(429);
    }

    async fn a_network_address_has_ten_tries_and_one_every_six_seconds(house) {
        let shop = house.empty_shop("tea");
        let visitor = house.visitor();
        visitor.moves_to("198.51.100.1");
        for n in 0..10 {
            let email = format!("u{n}@tea.example.com");
            visitor.tries(&email, "not this one").await.expect(401);
        }
        let answer = visitor.tries("u10@tea.example.com", "not this one").await.expect(429);
        assert_eq!(retry_after(&answer), 6);
        house.clock.advance(SECOND * 6);
        // the right password gives its try back
        for _ in 0..5 {
            visitor.tries(&shop.owner(), PASSWORD).await.expect(303);
        }
        visitor.tries("u11@tea.example.com", "not this one").await.expect(401);
        visitor.tries("u12@tea.example.com", "not this one").await.expect(429);
        // one subscriber's whole network is one address
        for n in 0..10 {
            visitor.moves_to(&format!("2001:db8:1:2::{n}"));
            let email = format!("v{n}@tea.example.com");
            visitor.tries(&email, "not this one").await.expect(401);
        }
        visitor.moves_to("2001:db8:1:2:3::1");
        visitor.tries("v@tea.example.com", "not this one").await.expect(429);
        // what a stranger writes to the left does not count
        visitor.moves_to("203.0.113.7, 2001:db8:1:2:3::1");
        visitor.tries("v@tea.example.com", "not this one").await.expect(429);
        visitor.moves_to("2001:db8:1:3::1");
        visitor.tries("v@tea.example.com", "not this one").await.expect(401);
    }

    async fn two_hundred_at_once_are_answered_and_none_fails(house) {
        let shop = house.empty_shop("tea");
        let visitors: Vec<_> = (0..200).map(|_| house.visitor()).collect();
        let emails: Vec<String> = (0..200).map(|n| format!("u{n}@{}.example.com", shop.slug)).collect();
        let tries = visitors.iter().zip(&emails).map(|(visitor, email)| visitor.tries(email, "not this one"));
        let answers = join_all(tries).await;
        let count = |status: u16| answers.iter().filter(|answer| answer.status == status).count();
        assert_eq!(count(401) + count(429), 200);
        assert!(count(401) >= 1);
        let busy = answers.iter().find(|answer| answer.status == 429);
        assert!(busy.is_none_or(|answer| answer.text.contains("登录人数较多")));
        house.signs_in(&shop).await;
    }

    async fn a_password_of_a_megabyte_is_refused_before_anything_is_computed(house) {
        let shop = house.empty_shop("tea");
        let visitor = house.visitor();
        for size in [257, 10_000, 1 << 20] {
            visitor.tries(&shop.owner(), &"x".repeat(size)).await.expect(400);
        }
        // none of them was counted
        for _ in 0..5 {
            visitor.tries(&shop.owner(), "not this one").await.expect(401);
        }
    }

    async fn every_failure_is_written_down_for_the_person_and_in_the_log(house) {
        let shop = house.empty_shop("tea");
        house.visitor().tries(&shop.owner(), "a secret guess").await.expect(401);
        let owner = house.signs_in(&shop).await;
        let page = owner.get("/admin/account").await.expect(200);
        assert!(page.text.contains("密码错误"), "{}", page.text);
        assert!(page.text.contains("登录成功"));
        let kinds = super::log_kinds(house, &shop);
        assert!(kinds.contains(&"member.sign_in_failed".to_owned()));
        assert!(kinds.contains(&"member.signed_in".to_owned()));
        assert!(!super::log_text(house, &shop).contains("a secret guess"));
    }

    async fn a_disabled_members_cookie_opens_nothing(house) {
        let shop = house.empty_shop("tea");
        let owner = house.signs_in(&shop).await;
        let staff = house.signs_in_as(&shop, Role::Staff).await;
        let id = super::member_id(house, &shop, "staff@tea.example.com");
        owner.get("/admin/members").await.expect(200);
        owner.post_form(&format!("/admin/members/{id}/disable"), &[]).await.expect(303);
        let answer = staff.get("/admin").await.expect(303);
        assert_eq!(answer.header("location"), Some("/sign-in"));
        staff.tries("staff@tea.example.com", PASSWORD).await.expect(401);
        owner.post_form(&format!("/admin/members/{id}/enable"), &[]).await.expect(303);
        staff.tries("staff@tea.example.com", PASSWORD).await.expect(303);
        staff.get("/admin").await.expect(200);
    }
}
