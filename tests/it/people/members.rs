//! Members: invited, changed, kept out.

use std::time::Duration;

use zhanfu::people::Role;

use crate::harness::{House, PASSWORD, Shop, Visitor};
use crate::on_both_databases;

/// The owner invites somebody; the path of the link.
async fn invited(owner: &Visitor, email: &str, role: &str) -> String {
    owner.get("/admin/members").await.expect(200);
    let fields = [("email", email), ("role", role)];
    let page = owner
        .post_form("/admin/members/invitations", &fields)
        .await
        .expect(200);
    let (_, rest) = page.text.split_once("/join?token=").unwrap();
    let (token, _) = rest.split_once('<').unwrap();
    format!("/join?token={token}")
}

fn token(link: &str) -> &str {
    link.split_once("token=").unwrap().1
}

async fn role_of(house: &House, shop: &Shop, email: &str) -> Option<Role> {
    let tenant = shop.tenant;
    let now = zhanfu::basics::Clock::now(&*house.clock);
    house
        .ground
        .database
        .read("members", zhanfu::db::Scope::Tenant(tenant), move |tx| {
            zhanfu::people::members::list(tx, tenant, now)
        })
        .await
        .unwrap()
        .into_iter()
        .find(|line| line.email.as_str() == email)
        .map(|line| line.role)
}

on_both_databases! {
    async fn somebody_new_joins_by_the_link_with_a_password_of_their_own(house) {
        let shop = house.empty_shop("tea");
        let owner = house.signs_in(&shop).await;
        let link = invited(&owner, "New@tea.example.com", "finance").await;
        let new = house.visitor();
        let page = new.get(&link).await.expect(200);
        assert!(page.text.contains("new@tea.example.com") && page.text.contains("tea 店"));
        let join = |password: &'static str, again: &'static str| [("token", token(&link)), ("password", password), ("again", again)];
        new.post_form("/join", &join("12345678", "12345678")).await.expect(422);
        new.post_form("/join", &join("my own password", "another one")).await.expect(422);
        let answer = new.post_form("/join", &join("my own password", "my own password")).await.expect(303);
        new.follow(&answer).await.expect(200);
        assert_eq!(role_of(house, &shop, "new@tea.example.com").await, Some(Role::Finance));
        house.signs_in_with("new@tea.example.com", "my own password").await;
        // once
        let thief = house.visitor();
        thief.get(&link).await.expect(404);
        thief.get("/sign-in").await.expect(200);
        thief.post_form("/join", &join("a thief password", "a thief password")).await.expect(404);
        let kinds = super::log_kinds(house, &shop);
        assert!(kinds.contains(&"member.invited".to_owned()));
        assert!(!super::log_text(house, &shop).contains(token(&link)));
    }

    async fn a_known_person_joins_with_the_password_that_they_have(house) {
        let (tea, rice) = (house.empty_shop("tea"), house.empty_shop("rice"));
        let owner = house.signs_in(&tea).await;
        let link = invited(&owner, &rice.owner(), "viewer").await;
        let known = house.visitor();
        let page = known.get(&link).await.expect(200);
        assert!(page.text.contains("此邮箱已有账号"));
        let join = |password: &'static str| [("token", token(&link)), ("password", password)];
        known.post_form("/join", &join("not this one")).await.expect(401);
        let answer = known.post_form("/join", &join(PASSWORD)).await.expect(303);
        let home = known.follow(&answer).await.expect(200);
        assert!(home.text.contains("tea 店"));
        assert_eq!(role_of(house, &tea, &rice.owner()).await, Some(Role::Viewer));
        // the password is still theirs
        house.visitor().tries(&rice.owner(), PASSWORD).await.expect(200);
    }

    async fn a_known_person_with_a_second_factor_gives_a_code_too(house) {
        let (tea, rice) = (house.empty_shop("tea"), house.empty_shop("rice"));
        let lin = house.signs_in(&rice).await;
        let (phone, _) = super::second_factor::turned_on(house, &lin).await;
        let owner = house.signs_in(&tea).await;
        let link = invited(&owner, &rice.owner(), "staff").await;
        let visitor = house.visitor();
        visitor.get(&link).await.expect(200);
        let fields = [("token", token(&link)), ("password", PASSWORD)];
        let page = visitor.post_form("/join", &fields).await.expect(200);
        assert!(page.text.contains("两步验证") && visitor.cookie("zhanfu").is_none());
        let ticket = crate::harness::hidden(&page.text, "ticket").unwrap();
        let code = phone.code(house);
        let fields = [("ticket", ticket.as_str()), ("code", code.as_str())];
        let page = visitor.post_form("/sign-in/factor", &fields).await.expect(200);
        assert!(page.text.contains("tea 店") && page.text.contains("rice 店"));
    }

    async fn a_link_ends_by_time_by_hand_and_by_its_successor(house) {
        let shop = house.empty_shop("tea");
        let owner = house.signs_in(&shop).await;
        let visitor = house.visitor();
        let first = invited(&owner, "new@tea.example.com", "staff").await;
        let second = invited(&owner, "new@tea.example.com", "viewer").await;
        visitor.get(&first).await.expect(404);
        visitor.get(&second).await.expect(200);
        let page = owner.get("/admin/members").await.expect(200);
        let (_, rest) = page.text.split_once("/admin/members/invitations/").unwrap();
        let id = rest.split_once("/withdraw").unwrap().0.to_owned();
        let path = format!("/admin/members/invitations/{id}/withdraw");
        owner.post_form(&path, &[]).await.expect(303);
        owner.post_form(&path, &[]).await.expect(404);
        visitor.get(&second).await.expect(404);
        let third = invited(&owner, "new@tea.example.com", "staff").await;
        house.clock.advance(Duration::from_hours(72));
        visitor.get(&third).await.expect(404);
        for nonsense in ["/join", "/join?token=", "/join?token=x", "/join?token=%00"] {
            visitor.get(nonsense).await.expect(404);
        }
    }

    async fn an_invitation_says_what_is_wrong_with_it(house) {
        let shop = house.empty_shop("tea");
        let owner = house.signs_in(&shop).await;
        owner.get("/admin/members").await.expect(200);
        for (email, role, sentence) in [
            ("nobody", "staff", "邮箱格式不正确"),
            ("new@tea.example.com", "king", "请选择一个角色"),
            (shop.owner().as_str(), "staff", "已是本站点的成员"),
        ] {
            let fields = [("email", email), ("role", role)];
            let page = owner.post_form("/admin/members/invitations", &fields).await.expect(422);
            assert!(page.text.contains(sentence), "{}", page.text);
            assert!(page.text.contains(&format!("value=\"{email}\"")));
        }
    }

    async fn a_role_holds_from_the_next_request_and_the_last_owner_stays(house) {
        let shop = house.empty_shop("tea");
        let owner = house.signs_in(&shop).await;
        let staff = house.signs_in_as(&shop, Role::Staff).await;
        let (me, them) = (
            super::member_id(house, &shop, &shop.owner()),
            super::member_id(house, &shop, "staff@tea.example.com"),
        );
        owner.get("/admin/members").await.expect(200);
        let page = owner.post_form(&format!("/admin/members/{me}/role"), &[("role", "staff")]).await.expect(409);
        assert!(page.text.contains("最后一位"));
        owner.post_form(&format!("/admin/members/{me}/disable"), &[]).await.expect(409);
        let page = staff.get("/admin/members").await.expect(200);
        assert!(!page.text.contains("生成邀请链接"));
        owner.post_form(&format!("/admin/members/{them}/role"), &[("role", "owner")]).await.expect(303);
        let page = staff.get("/admin/members").await.expect(200);
        assert!(page.text.contains("生成邀请链接"));
        staff.post_form(&format!("/admin/members/{me}/role"), &[("role", "viewer")]).await.expect(303);
        owner.post_form(&format!("/admin/members/{them}/role"), &[("role", "viewer")]).await.expect(403);
        let kinds = super::log_kinds(house, &shop);
        assert_eq!(kinds.iter().filter(|kind| *kind == "member.role_changed").count(), 2);
    }

    async fn an_owner_ends_a_members_sessions_here_and_not_elsewhere(house) {
        let (tea, rice) = (house.empty_shop("tea"), house.empty_shop("rice"));
        let owner = house.signs_in(&tea).await;
        let staff = house.signs_in_as(&tea, Role::Staff).await;
        let elsewhere = house.signs_in(&rice).await;
        let them = super::member_id(house, &tea, "staff@tea.example.com");
        let foreign = super::member_id(house, &rice, &rice.owner());
        owner.get("/admin/members").await.expect(200);
        owner.post_form(&format!("/admin/members/{them}/end-sessions"), &[]).await.expect(303);
        staff.get("/admin").await.expect(303);
        for verb in ["role", "disable", "enable", "end-sessions"] {
            let path = format!("/admin/members/{foreign}/{verb}");
            owner.post_form(&path, &[("role", "viewer")]).await.expect(404);
        }
        elsewhere.get("/admin").await.expect(200);
    }

    async fn two_owners_who_depose_each_other_at_once_leave_one(house) {
        let shop = house.empty_shop("tea");
        let first = house.signs_in(&shop).await;
        house.joins(&shop, "second@tea.example.com", Role::Owner);
        let second = house.signs_in_with("second@tea.example.com", PASSWORD).await;
        let ids = [
            super::member_id(house, &shop, &shop.owner()),
            super::member_id(house, &shop, "second@tea.example.com"),
        ];
        first.get("/admin/members").await.expect(200);
        second.get("/admin/members").await.expect(200);
        let depose = async |by: &Visitor, id: &str| {
            by.post_form(&format!("/admin/members/{id}/role"), &[("role", "viewer")]).await.status
        };
        let (one, other) = tokio::join!(depose(&first, &ids[1]), depose(&second, &ids[0]));
        assert!([one, other].contains(&303), "{one} {other}");
        assert!([one, other].iter().any(|status| matches!(status, 403 | 409)), "{one} {other}");
    }
}
