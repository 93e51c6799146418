//! Cookies of sessions (`security.md` §12 T).

use std::time::Duration;

use reqwest::Method;

use crate::harness::{On, PASSWORD};
use crate::on_both_databases;

on_both_databases! {
    async fn a_cookie_that_is_no_session_opens_nothing(house) {
        house.empty_shop("tea");
        let long = "A".repeat(8 * 1024);
        for value in ["", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", long.as_str()] {
            let visitor = house.visitor();
            visitor.keeps_cookie("zhanfu", value);
            let answer = visitor.get("/admin").await.expect(303);
            assert_eq!(answer.header("location"), Some("/sign-in"));
        }
    }

    async fn a_cookie_from_before_is_dead_after_signing_in(house) {
        let shop = house.empty_shop("tea");
        let owner = house.signs_in(&shop).await;
        let before = owner.cookie("zhanfu").unwrap();
        // somebody else's session, planted: signing in makes a new one, and the planted one is not taken over
        let visitor = house.visitor();
        visitor.keeps_cookie("zhanfu", "BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA");
        visitor.tries(&shop.owner(), PASSWORD).await.expect(303);
        let after = visitor.cookie("zhanfu").unwrap();
        assert_ne!(after, "BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA");
        assert_ne!(after, before);
        visitor.keeps_cookie("zhanfu", "BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA");
        visitor.get("/admin").await.expect(303);
        // and one that was signed out of stays dead
        let value = owner.cookie("zhanfu").unwrap();
        owner.get("/admin").await.expect(200);
        owner.post_form("/sign-out", &[]).await.expect(303);
        owner.keeps_cookie("zhanfu", &value);
        owner.get("/admin").await.expect(303);
    }

    async fn a_session_ends_after_half_an_hour_without_use_and_after_eight_hours(house) {
        let shop = house.empty_shop("tea");
        let minutes = Duration::from_mins;
        let owner = house.signs_in(&shop).await;
        house.clock.advance(Duration::from_secs(30 * 60 - 1));
        owner.get("/admin").await.expect(200);
        house.clock.advance(minutes(30));
        owner.get("/admin").await.expect(303);

        let owner = house.signs_in(&shop).await;
        for _ in 0..19 {
            house.clock.advance(minutes(25));
            owner.get("/admin").await.expect(200);
        }
        house.clock.advance(minutes(5));
        owner.get("/admin").await.expect(303);
    }

    async fn two_session_cookies_are_one_too_many(house) {
        let shop = house.empty_shop("tea");
        let owner = house.signs_in(&shop).await;
        let one = owner.cookie("zhanfu").unwrap();
        let request = house
            .http
            .request(Method::GET, format!("{}/admin", house.base))
            .header("cookie", format!("zhanfu={one}; zhanfu={one}"));
        let answer = crate::harness::Answer::read(request.send().await.unwrap()).await;
        assert_eq!(answer.status, 400);
    }

    async fn a_sensitive_deed_after_six_minutes_is_asked_about_and_its_form_is_kept(house) {
        let shop = house.empty_shop("tea");
        let owner = house.signs_in(&shop).await;
        let fields = [("email", "new@tea.example.com"), ("role", "staff")];
        owner.get("/admin/members").await.expect(200);
        house.clock.advance(Duration::from_mins(5));
        owner.post_form("/admin/members/invitations", &fields).await.expect(200);
        house.clock.advance(Duration::from_mins(1));
        let before = owner.cookie("zhanfu").unwrap();
        let asked = owner.post_form("/admin/members/invitations", &fields).await.expect(403);
        assert!(asked.text.contains("请确认是您本人"));
        assert!(asked.text.contains("name=\"email\" value=\"new@tea.example.com\""));
        assert!(asked.text.contains("name=\"role\" value=\"staff\""));
        assert!(asked.text.contains("action=\"/admin/members/invitations\""));
        assert_eq!(owner.cookie("zhanfu").unwrap(), before);
        // a wrong password: asked again, nothing done
        let wrong = [fields[0], fields[1], ("proof", "not this one")];
        owner.post_form("/admin/members/invitations", &wrong).await.expect(401);
        // the right one: done, under a new token, and the old one is dead
        let right = [fields[0], fields[1], ("proof", PASSWORD)];
        let done = owner.post_form("/admin/members/invitations", &right).await.expect(200);
        assert!(done.text.contains("/join?token="));
        let after = owner.cookie("zhanfu").unwrap();
        assert_ne!(after, before);
        owner.get("/admin").await.expect(200);
        owner.keeps_cookie("zhanfu", &before);
        owner.get("/admin").await.expect(303);
        // fresh for five minutes
        owner.keeps_cookie("zhanfu", &after);
        owner.get("/admin/members").await.expect(200);
        owner.post_form("/admin/members/invitations", &fields).await.expect(200);
    }

    async fn guesses_of_a_confirmation_are_delayed(house) {
        let shop = house.empty_shop("tea");
        let owner = house.signs_in(&shop).await;
        house.clock.advance(Duration::from_mins(6));
        owner.get("/admin/confirm?back=/admin/members").await.expect(200);
        let guess = [("proof", "not this one"), ("back", "/admin/members")];
        for _ in 0..5 {
            owner.post_form("/admin/confirm", &guess).await.expect(401);
        }
        let right = [("proof", PASSWORD), ("back", "/admin/members")];
        let answer = owner.post_form("/admin/confirm", &right).await.expect(429);
        assert_eq!(answer.header("retry-after"), Some("1"));
        house.clock.advance(Duration::from_secs(1));
        let answer = owner.post_form("/admin/confirm", &right).await.expect(303);
        assert_eq!(answer.header("location"), Some("/admin/members"));
        // it leads nowhere else
        house.clock.advance(Duration::from_mins(6));
        owner.get("/admin/confirm").await.expect(200);
        let astray = [("proof", PASSWORD), ("back", "https://evil.example.com/")];
        let answer = owner.post_form("/admin/confirm", &astray).await.expect(303);
        assert_eq!(answer.header("location"), Some("/admin"));
    }

    async fn the_database_holds_no_cookie(house) {
        let shop = house.empty_shop("tea");
        let owner = house.signs_in(&shop).await;
        let cookies = [owner.cookie("zhanfu").unwrap(), owner.cookie("zhanfu-browser").unwrap()];
        if house.on == On::Sqlite {
            for name in ["zhanfu.db", "zhanfu.db-wal"] {
                let bytes = std::fs::read(house.directory.join(name)).unwrap_or_default();
                for cookie in &cookies {
                    assert!(!bytes.windows(cookie.len()).any(|part| part == cookie.as_bytes()), "{name}");
                }
            }
        }
        assert!(cookies.iter().all(|cookie| !super::log_text(house, &shop).contains(cookie)));
    }
}
