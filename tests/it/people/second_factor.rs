//! The second factor (`security.md` §12 L-10 to L-16).

use std::time::Duration;

use crate::harness::{Answer, House, PASSWORD, Phone, Shop, Visitor, hidden};
use crate::on_both_databases;

const STEP: Duration = Duration::from_secs(30);

/// Turns the owner's second factor on and gives the phone and the recovery codes.
pub(super) async fn turned_on(house: &House, owner: &Visitor) -> (Phone, Vec<String>) {
    owner.get("/admin/account").await.expect(200);
    let answer = owner
        .post_form("/admin/account/second-factor/begin", &[])
        .await
        .expect(303);
    let page = owner.follow(&answer).await.expect(200);
    assert!(page.text.contains("<svg class=\"qr\""));
    let phone = Phone::scans(&page.text);
    let code = phone.code(house);
    let page = owner
        .post_form("/admin/account/second-factor", &[("code", &code)])
        .await
        .expect(200);
    let codes: Vec<String> = page
        .text
        .split("<code>")
        .skip(1)
        .filter_map(|rest| rest.split_once("</code>").map(|(code, _)| code.to_owned()))
        .collect();
    assert_eq!(codes.len(), 10);
    house.clock.advance(STEP);
    (phone, codes)
}

/// The first step; the page of the second has to come.
async fn first_step(visitor: &Visitor, shop: &Shop) -> String {
    let page = visitor.tries(&shop.owner(), PASSWORD).await.expect(200);
    assert!(page.text.contains("两步验证"));
    assert!(visitor.cookie("zhanfu").is_none());
    hidden(&page.text, "ticket").unwrap()
}

async fn second_step(visitor: &Visitor, ticket: &str, code: &str) -> Answer {
    let fields = [("ticket", ticket), ("code", code)];
    visitor.post_form("/sign-in/factor", &fields).await
}

on_both_databases! {
    async fn a_second_factor_is_asked_for_after_the_password(house) {
        let shop = house.empty_shop("tea");
        let owner = house.signs_in(&shop).await;
        let (phone, _) = turned_on(house, &owner).await;
        let page = owner.get("/admin/account").await.expect(200);
        assert!(page.text.contains("已开启"));
        let visitor = house.visitor();
        let ticket = first_step(&visitor, &shop).await;
        visitor.get("/admin").await.expect(303);
        let answer = second_step(&visitor, &ticket, &phone.code(house)).await.expect(303);
        visitor.follow(&answer).await.expect(200);
    }

    async fn a_code_counts_in_its_own_half_minute_and_once(house) {
        let shop = house.empty_shop("tea");
        let owner = house.signs_in(&shop).await;
        let (phone, _) = turned_on(house, &owner).await;
        let visitor = house.visitor();
        let ticket = first_step(&visitor, &shop).await;
        for steps in [-1, 1] {
            second_step(&visitor, &ticket, &phone.code_at(house, steps)).await.expect(401);
        }
        for nonsense in ["", "12345", "abcdef", "1234567"] {
            let refused = second_step(&visitor, &ticket, nonsense).await;
            assert!(matches!(refused.status, 401 | 429), "{nonsense}");
            house.clock.advance(Duration::from_secs(3));
        }
        house.clock.advance(Duration::from_mins(4));
        let code = phone.code(house);
        second_step(&visitor, &ticket, &code).await.expect(303);
        // the same code again, in another browser
        let thief = house.visitor();
        let ticket = first_step(&thief, &shop).await;
        second_step(&thief, &ticket, &code).await.expect(401);
        let log = super::log_text(house, &shop);
        assert!(log.contains("second_factor") && !log.contains(&code));
    }

    async fn a_second_step_without_its_first_is_refused(house) {
        let shop = house.empty_shop("tea");
        let owner = house.signs_in(&shop).await;
        let (phone, codes) = turned_on(house, &owner).await;
        let thief = house.visitor();
        thief.get("/sign-in").await.expect(200);
        for ticket in ["", "factor.x.y.z", "tenant"] {
            second_step(&thief, ticket, &phone.code(house)).await.expect(403);
            second_step(&thief, ticket, &codes[0]).await.expect(403);
        }
        // another browser's ticket, and one that is too old
        let visitor = house.visitor();
        let ticket = first_step(&visitor, &shop).await;
        second_step(&thief, &ticket, &phone.code(house)).await.expect(403);
        house.clock.advance(Duration::from_mins(5));
        second_step(&visitor, &ticket, &phone.code(house)).await.expect(403);
        // a ticket for the second step does not choose a site
        let ticket = first_step(&visitor, &shop).await;
        let tenant = shop.tenant.to_string();
        let fields = [("ticket", ticket.as_str()), ("tenant", tenant.as_str())];
        visitor.post_form("/sign-in", &fields).await.expect(403);
    }

    async fn a_recovery_code_opens_once(house) {
        let shop = house.empty_shop("tea");
        let owner = house.signs_in(&shop).await;
        let (_, codes) = turned_on(house, &owner).await;
        let visitor = house.visitor();
        let ticket = first_step(&visitor, &shop).await;
        second_step(&visitor, &ticket, &codes[0].to_lowercase()).await.expect(303);
        let page = visitor.get("/admin/account").await.expect(200);
        assert!(page.text.contains("<dd>9</dd>"), "{}", page.text);
        let again = house.visitor();
        let ticket = first_step(&again, &shop).await;
        second_step(&again, &ticket, &codes[0]).await.expect(401);
        second_step(&again, &ticket, &codes[1]).await.expect(303);
        let kinds = super::log_kinds(house, &shop);
        assert_eq!(kinds.iter().filter(|kind| *kind == "member.recovery_code_used").count(), 2);
        let log = super::log_text(house, &shop);
        assert!(codes.iter().all(|code| !log.contains(code.as_str())));
        // new ones make the old ones void
        let renewed = visitor.post_form("/admin/account/recovery-codes", &[]).await.expect(200);
        assert!(!codes.iter().any(|code| renewed.text.contains(code.as_str())));
        let third = house.visitor();
        let ticket = first_step(&third, &shop).await;
        second_step(&third, &ticket, &codes[2]).await.expect(401);
    }

    async fn codes_are_not_guessed(house) {
        let shop = house.empty_shop("tea");
        let owner = house.signs_in(&shop).await;
        let (phone, _) = turned_on(house, &owner).await;
        let thief = house.visitor();
        let ticket = first_step(&thief, &shop).await;
        for _ in 0..5 {
            second_step(&thief, &ticket, "000000").await.expect(401);
        }
        let answer = second_step(&thief, &ticket, "000000").await.expect(429);
        assert_eq!(answer.header("retry-after"), Some("1"));
        // the owner's own browser has a count of its own
        owner.loses_cookie("zhanfu");
        let ticket = first_step(&owner, &shop).await;
        second_step(&owner, &ticket, &phone.code(house)).await.expect(303);
    }

    async fn what_matters_asks_for_a_code_and_not_for_the_password(house) {
        let shop = house.empty_shop("tea");
        let owner = house.signs_in(&shop).await;
        let (phone, _) = turned_on(house, &owner).await;
        house.clock.advance(Duration::from_mins(6));
        owner.get("/admin/account").await.expect(200);
        let path = "/admin/account/second-factor/off";
        owner.post_form(path, &[]).await.expect(403);
        owner.post_form(path, &[("proof", PASSWORD)]).await.expect(401);
        let asked = owner.post_form(path, &[("proof", "000000")]).await.expect(401);
        assert!(asked.text.contains("验证码不正确"));
        owner.post_form(path, &[("proof", &phone.code(house))]).await.expect(303);
        house.signs_in(&shop).await;
    }

    async fn a_session_from_before_the_second_factor_is_not_fresh(house) {
        let shop = house.empty_shop("tea");
        let early = house.signs_in(&shop).await;
        let owner = house.signs_in(&shop).await;
        turned_on(house, &owner).await;
        early.get("/admin/account").await.expect(200);
        let path = "/admin/account/second-factor/off";
        early.post_form(path, &[]).await.expect(403);
        early.post_form(path, &[("proof", PASSWORD)]).await.expect(401);
    }

    async fn turning_it_on_asks_for_the_password_and_for_a_code(house) {
        let shop = house.empty_shop("tea");
        let owner = house.signs_in(&shop).await;
        house.clock.advance(Duration::from_mins(6));
        owner.get("/admin/account").await.expect(200);
        let begin = "/admin/account/second-factor/begin";
        owner.post_form(begin, &[]).await.expect(403);
        owner.get("/admin/account/second-factor").await.expect(303);
        let answer = owner.post_form(begin, &[("proof", PASSWORD)]).await.expect(303);
        let page = owner.follow(&answer).await.expect(200);
        let phone = Phone::scans(&page.text);
        let confirm = "/admin/account/second-factor";
        owner.post_form(confirm, &[("code", "000000")]).await.expect(422);
        // until a code has confirmed it, nothing is asked for
        house.signs_in(&shop).await;
        let code = phone.code(house);
        owner.post_form(confirm, &[("code", &code)]).await.expect(200);
        house.clock.advance(STEP);
        first_step(&house.visitor(), &shop).await;
    }

    async fn a_person_of_two_shops_gives_one_code_and_chooses(house) {
        let (tea, rice) = (house.empty_shop("tea"), house.empty_shop("rice"));
        house.joins(&rice, &tea.owner(), zhanfu::people::Role::Staff);
        let visitor = house.visitor();
        let page = visitor.tries(&tea.owner(), PASSWORD).await.expect(200);
        assert!(page.text.contains("选择站点"));
        let ticket = hidden(&page.text, "ticket").unwrap();
        let tenant = tea.tenant.to_string();
        let fields = [("ticket", ticket.as_str()), ("tenant", tenant.as_str())];
        visitor.post_form("/sign-in", &fields).await.expect(303);
        let (phone, _) = turned_on(house, &visitor).await;

        let again = house.visitor();
        let ticket = first_step(&again, &tea).await;
        let page = second_step(&again, &ticket, &phone.code(house)).await.expect(200);
        let ticket = hidden(&page.text, "ticket").unwrap();
        let tenant = rice.tenant.to_string();
        let fields = [("ticket", ticket.as_str()), ("tenant", tenant.as_str())];
        let answer = again.post_form("/sign-in", &fields).await.expect(303);
        let home = again.follow(&answer).await.expect(200);
        assert!(home.text.contains("rice 店"));
        // signed out, the browser's back button does not sign in again
        again.post_form("/sign-out", &[]).await.expect(303);
        again.get("/sign-in").await.expect(200);
        again.post_form("/sign-in", &fields).await.expect(403);
    }
}
