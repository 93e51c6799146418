//! One's own account.

use std::time::Duration;

use crate::harness::PASSWORD;
use crate::on_both_databases;

const PATH: &str = "/admin/account/password";

on_both_databases! {
    async fn a_new_password_ends_all_other_sessions(house) {
        let shop = house.empty_shop("tea");
        let (owner, elsewhere) = (house.signs_in(&shop).await, house.signs_in(&shop).await);
        owner.get("/admin/account").await.expect(200);
        let new = "a much better one";
        let fields = [("current", PASSWORD), ("new", new), ("again", new)];
        let answer = owner.post_form(PATH, &fields).await.expect(303);
        let page = owner.follow(&answer).await.expect(200);
        assert!(page.text.contains("密码已修改"));
        elsewhere.get("/admin").await.expect(303);
        house.visitor().tries(&shop.owner(), PASSWORD).await.expect(401);
        house.visitor().tries(&shop.owner(), new).await.expect(303);
        assert!(super::log_kinds(house, &shop).contains(&"member.password_changed".to_owned()));
        assert!(!super::log_text(house, &shop).contains(new));
    }

    async fn a_new_password_that_others_would_guess_is_refused_with_the_reason(house) {
        let shop = house.shop("tea");
        let owner = house.signs_in(&shop).await;
        owner.get("/admin/account").await.expect(200);
        for (new, reason) in [
            ("short", "至少需要 8 个字符"),
            ("woaini1314", "最常被猜到"),
            (shop.owner().as_str(), "不能与邮箱"),
            (shop.mchid.as_str(), "不能与邮箱"),
        ] {
            let fields = [("current", PASSWORD), ("new", new), ("again", new)];
            let page = owner.post_form(PATH, &fields).await.expect(422);
            assert!(page.text.contains(reason), "{new}: {}", page.text);
            assert!(!page.text.contains(&format!("value=\"{new}\"")) || new == shop.owner());
        }
        let fields = [("current", PASSWORD), ("new", "a much better one"), ("again", "another one")];
        let page = owner.post_form(PATH, &fields).await.expect(422);
        assert!(page.text.contains("两次输入的新密码不一致"));
        let fields = [("current", "not this one"), ("new", "a much better one"), ("again", "a much better one")];
        let page = owner.post_form(PATH, &fields).await.expect(422);
        assert!(page.text.contains("当前密码不正确"));
        house.visitor().tries(&shop.owner(), PASSWORD).await.expect(303);
    }

    async fn guesses_of_the_present_password_are_delayed(house) {
        let shop = house.empty_shop("tea");
        let owner = house.signs_in(&shop).await;
        owner.get("/admin/account").await.expect(200);
        let fields = [("current", "not this one"), ("new", "a much better one"), ("again", "a much better one")];
        for _ in 0..5 {
            owner.post_form(PATH, &fields).await.expect(422);
        }
        owner.post_form(PATH, &fields).await.expect(429);
    }

    async fn sessions_are_listed_and_ended_one_by_one_and_all(house) {
        let (shop, other) = (house.empty_shop("tea"), house.empty_shop("rice"));
        let owner = house.signs_in(&shop).await;
        let (first, second) = (house.signs_in(&shop).await, house.signs_in(&shop).await);
        let stranger = house.signs_in(&other).await;
        let page = owner.get("/admin/account").await.expect(200);
        let ids: Vec<String> = page
            .text
            .split("/admin/account/sessions/")
            .skip(1)
            .map(|rest| rest.split_once("/end").unwrap().0.to_owned())
            .collect();
        assert_eq!(ids.len(), 2, "all but this one");
        stranger.get("/admin/account").await.expect(200);
        stranger.post_form(&format!("/admin/account/sessions/{}/end", ids[0]), &[]).await.expect(404);
        owner.post_form(&format!("/admin/account/sessions/{}/end", ids[0]), &[]).await.expect(303);
        owner.post_form(&format!("/admin/account/sessions/{}/end", ids[0]), &[]).await.expect(404);
        let alive = [first.get("/admin").await.status, second.get("/admin").await.status];
        assert!(alive == [200, 303] || alive == [303, 200]);
        owner.get("/admin/account").await.expect(200);
        owner.post_form("/admin/account/end-other-sessions", &[]).await.expect(303);
        first.get("/admin").await.expect(303);
        second.get("/admin").await.expect(303);
        owner.get("/admin").await.expect(200);
        stranger.get("/admin").await.expect(200);
        // one that is over is not listed
        house.clock.advance(Duration::from_mins(29));
        owner.get("/admin").await.expect(200);
        let again = house.signs_in(&shop).await;
        house.clock.advance(Duration::from_mins(29));
        owner.get("/admin").await.expect(200);
        house.clock.advance(Duration::from_mins(2));
        let page = owner.get("/admin/account").await.expect(200);
        assert!(!page.text.contains("/admin/account/sessions/"));
        again.get("/admin").await.expect(303);
    }
}
