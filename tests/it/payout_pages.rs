//! 付款单 through the doors: looking, finding, approving, rejecting and what else members do with payouts.

use std::time::Duration;

use serde_json::json;
use zhanfu::basics::{Fen, PayoutId};
use zhanfu::db::{DbFault, Scope, sql};
use zhanfu::limits::{self, LimitChange, LimitName};
use zhanfu::people::Role;

use crate::harness::{Answer, House, PASSWORD, Shop, Visitor, hidden};
use crate::on_both_databases;

/// Above `review_above` of a new tenant.
const LARGE: i64 = 66_600;

/// A payout that waits in review; its id.
async fn in_review(shop: &Shop, recipient: &str) -> String {
    shop.knows_as(recipient, &format!("oTEST7Gt7wVPxIT1A9GjFaMY-{recipient}"))
        .await;
    shop.earns(recipient, 2 * LARGE).await;
    let asked = shop.asks(recipient, LARGE).await.expect(201);
    assert_eq!(asked.at("/status"), "in_review");
    asked.id()
}

fn set_limit(house: &House, shop: &Shop, name: LimitName, number: Option<i64>) {
    let wanted = LimitChange {
        numbers: vec![(name, number)],
        ..LimitChange::default()
    };
    let now = zhanfu::basics::Clock::now(&*house.clock);
    house
        .ground
        .database
        .write_blocking("limits", Scope::Tenant(shop.tenant), |tx| {
            limits::change(
                tx,
                shop.tenant,
                &wanted,
                &zhanfu::audit::By::COMMAND_LINE,
                now,
            )
        })
        .unwrap();
}

/// What the payout's page carries for an approval.
async fn seen(visitor: &Visitor, id: &str) -> String {
    let page = visitor
        .get(&format!("/admin/payouts/{id}"))
        .await
        .expect(200);
    hidden(&page.text, "seen").expect("a page with a form")
}

async fn approves(visitor: &Visitor, id: &str) -> Answer {
    let seen = seen(visitor, id).await;
    visitor
        .post_form("/admin/payouts/approve", &[("id", id), ("seen", &seen)])
        .await
}

on_both_databases! {
    async fn what_a_member_approves_on_the_page_is_paid(house) {
        let shop = house.shop("tea");
        let id = in_review(&shop, "u1").await;
        let lin = house.signs_in(&shop).await;
        let list = lin.get("/admin/payouts").await.expect(200);
        for words in ["付款单", "待审核", "¥666.00", "通过", "驳回", "u1"] {
            assert!(list.text.contains(words), "{words} is missing");
        }
        let confirm = lin.post_form("/admin/payouts/review", &[("approve", &id)]).await.expect(200);
        assert!(confirm.text.contains("陆佰陆拾陆元整"));
        let seen = hidden(&confirm.text, "seen").unwrap();
        let done = lin.post_form("/admin/payouts/approve", &[("id", &id), ("seen", &seen)]).await.expect(303);
        let page = lin.follow(&done).await.expect(200);
        assert!(page.text.contains("已通过。"));
        house.run().await;
        let page = lin.get(&format!("/admin/payouts/{id}")).await.expect(200);
        assert!(page.text.contains("已到账"), "{}", page.text);
        assert!(page.text.contains("owner@tea.example.com"), "the timeline says who approved");
        assert!(page.text.contains("发送付款请求 #1"), "and what was sent");
        assert!(page.text.contains("&lt;partner_trade_no&gt;") || page.text.contains("&#60;partner_trade_no&#62;"));
        assert!(!page.text.contains("oTEST7Gt7wVPx"), "no page shows a full openid");
        assert_eq!(shop.balance("u1").await, (LARGE, 0, LARGE));
    }

    async fn what_a_member_rejects_goes_back_with_the_reason_on_record(house) {
        let shop = house.shop("tea");
        let id = in_review(&shop, "u1").await;
        let lin = house.signs_in(&shop).await;
        let path = format!("/admin/payouts/{id}");
        let seen = seen(&lin, &id).await;
        for nothing in ["", "   "] {
            let refused = lin
                .post_form("/admin/payouts/reject", &[("id", &id), ("seen", &seen), ("reason", nothing)])
                .await
                .expect(422);
            assert!(refused.text.contains("请填写驳回原因"));
        }
        let reason = "\"><img src=x onerror=alert(1)>";
        lin.post_form("/admin/payouts/reject", &[("id", &id), ("seen", &seen), ("reason", reason)])
            .await
            .expect(303);
        let page = lin.get(&path).await.expect(200);
        assert!(page.text.contains("已驳回"));
        assert!(page.text.contains("img src=x") && !page.text.contains("<img src=x"));
        assert_eq!(shop.balance("u1").await, (2 * LARGE, 0, 0));
        // and what is rejected is approved by nobody
        let late = lin
            .post_form("/admin/payouts/approve", &[("id", &id), ("seen", &seen)])
            .await
            .expect(409);
        assert!(late.text.contains("已驳回"));
    }

    async fn approving_twice_is_told_and_done_once(house) {
        let shop = house.shop("tea");
        let id = in_review(&shop, "u1").await;
        let lin = house.signs_in(&shop).await;
        let seen = seen(&lin, &id).await;
        let fields = [("id", id.as_str()), ("seen", seen.as_str())];
        lin.post_form("/admin/payouts/approve", &fields).await.expect(303);
        lin.post_form("/admin/payouts/approve", &fields).await.expect(409);
        house.run().await;
        lin.post_form("/admin/payouts/approve", &fields).await.expect(409);
        assert_eq!(house.simulator.book().movements.len(), 1);
    }

    async fn above_the_second_limit_one_person_is_not_enough(house) {
        let shop = house.shop("tea");
        set_limit(house, &shop, LimitName::SecondReviewAbove, Some(60_000));
        let id = in_review(&shop, "u1").await;
        let lin = house.signs_in(&shop).await;
        let done = approves(&lin, &id).await.expect(303);
        let page = lin.follow(&done).await.expect(200);
        assert!(page.text.contains("还需另一位成员审核"));
        let seen_text = seen(&lin, &id).await;
        let own = lin
            .post_form("/admin/payouts/approve", &[("id", &id), ("seen", &seen_text)])
            .await
            .expect(403);
        assert!(own.text.contains("必须由另一位成员"));
        assert_eq!(shop.status(&id).await, "in_review");
        let wang = house.signs_in_as(&shop, Role::Finance).await;
        approves(&wang, &id).await.expect(303);
        assert_eq!(shop.status(&id).await, "queued");
    }

    async fn an_approval_is_for_what_was_seen_and_nothing_else(house) {
        let shop = house.shop("tea");
        let id = in_review(&shop, "u1").await;
        let other = in_review(&shop, "u2").await;
        let lin = house.signs_in(&shop).await;
        let seen = seen(&lin, &id).await;
        let forged = [("id", other.as_str()), ("seen", seen.as_str())];
        let refused = lin.post_form("/admin/payouts/approve", &forged).await.expect(409);
        assert!(refused.text.contains("内容有变化"));
        let more = [("id", id.as_str()), ("id", other.as_str()), ("seen", seen.as_str())];
        lin.post_form("/admin/payouts/approve", &more).await.expect(409);
        let payout: PayoutId = id.parse().unwrap();
        let tenant = shop.tenant;
        house
            .ground
            .database
            .write_blocking("tamper", Scope::Tenant(tenant), |tx| -> Result<_, DbFault> {
                sql("UPDATE payouts SET description = 'something else' WHERE tenant_id = $1 AND id = $2")
                    .bind(tenant)
                    .bind(payout)
                    .execute(tx)
            })
            .unwrap();
        lin.post_form("/admin/payouts/approve", &[("id", &id), ("seen", &seen)]).await.expect(409);
        assert_eq!(shop.status(&id).await, "in_review");
        assert_eq!(shop.status(&other).await, "in_review");
    }

    async fn many_are_decided_at_once_and_each_has_its_own_result(house) {
        let shop = house.shop("tea");
        let (one, two, three) = (
            in_review(&shop, "u1").await,
            in_review(&shop, "u2").await,
            in_review(&shop, "u3").await,
        );
        let lin = house.signs_in(&shop).await;
        let seen_three = seen(&lin, &three).await;
        lin.post_form("/admin/payouts/reject", &[("id", &three), ("seen", &seen_three), ("reason", "测试")])
            .await
            .expect(303);
        let chosen = [("deed", "approve"), ("id", one.as_str()), ("id", two.as_str()), ("id", three.as_str())];
        let confirm = lin.post_form("/admin/payouts/review", &chosen).await.expect(200);
        assert!(confirm.text.contains("¥1,332.00"), "the total of the two that can be approved");
        assert!(confirm.text.contains("壹仟叁佰叁拾贰元整"));
        assert!(confirm.text.contains("不在待审核状态"), "the third is left out, and it says why");
        let seen_both = hidden(&confirm.text, "seen").unwrap();
        // the recipient's day has room for one of u1 only
        set_limit(house, &shop, LimitName::RecipientDayAmount, Some(LARGE));
        house.clock.advance(Duration::from_hours(24));
        let lin = house.signs_in(&shop).await;
        let deed = [("id", one.as_str()), ("id", two.as_str()), ("seen", seen_both.as_str())];
        let results = lin.post_form("/admin/payouts/approve", &deed).await.expect(200);
        assert!(results.text.contains("成功 2 笔"), "{}", results.text);
        let again = lin.post_form("/admin/payouts/approve", &deed).await.expect(200);
        assert!(again.text.contains("成功 0 笔,未执行 2 笔"));
    }

    async fn a_batch_with_another_tenants_payout_does_nothing(house) {
        let (shop, other) = (house.shop("tea"), house.shop("fruit"));
        let (own, foreign) = (in_review(&shop, "u1").await, in_review(&other, "u1").await);
        let lin = house.signs_in(&shop).await;
        lin.get("/admin/payouts").await.expect(200);
        let chosen = [("deed", "approve"), ("id", own.as_str()), ("id", foreign.as_str())];
        lin.post_form("/admin/payouts/review", &chosen).await.expect(404);
        let deed = [("id", own.as_str()), ("id", foreign.as_str()), ("seen", "x"), ("reason", "x")];
        lin.post_form("/admin/payouts/approve", &deed).await.expect(404);
        lin.post_form("/admin/payouts/reject", &deed).await.expect(404);
        assert_eq!(shop.status(&own).await, "in_review");
        assert_eq!(other.status(&foreign).await, "in_review");
    }

    async fn another_tenants_payout_is_not_there_like_one_that_never_was(house) {
        let (shop, other) = (house.shop("tea"), house.shop("fruit"));
        let foreign = in_review(&other, "u1").await;
        let lin = house.signs_in(&shop).await;
        let nobody = "01930000-0000-7000-8000-000000000000";
        let mut answers = Vec::new();
        for id in [foreign.as_str(), nobody, "no-id-at-all"] {
            let shown = lin.get(&format!("/admin/payouts/{id}")).await.expect(404);
            let text = shown.text.replace(id, "ID");
            let request = shown.header("x-request-id").unwrap().to_owned();
            answers.push(text.replace(&request, "REQUEST"));
            for deed in ["cancel", "inquire", "retry", "decide"] {
                lin.get("/admin/payouts").await.expect(200);
                let fields = [("verdict", "not_paid"), ("evidence", "0123456789")];
                lin.post_form(&format!("/admin/payouts/{id}/{deed}"), &fields).await.expect(404);
            }
        }
        assert_eq!(answers[0], answers[1]);
        assert_eq!(answers[0], answers[2]);
        let found = lin.get(&format!("/admin/payouts?q={foreign}")).await.expect(200);
        assert!(found.text.contains("没有符合条件的付款单"));
        assert_eq!(other.status(&foreign).await, "in_review");
    }

    async fn every_role_may_look_and_only_those_of_money_decide(house) {
        let shop = house.shop("tea");
        let id = in_review(&shop, "u1").await;
        for role in [Role::Staff, Role::Viewer] {
            let visitor = house.signs_in_as(&shop, role).await;
            let list = visitor.get("/admin/payouts").await.expect(200);
            assert!(list.text.contains("¥666.00"));
            assert!(!list.text.contains("name=\"approve\"") && !list.text.contains("name=\"deed\""));
            let page = visitor.get(&format!("/admin/payouts/{id}")).await.expect(200);
            assert!(page.text.contains("您的角色只能查看"));
            assert!(!page.text.contains("action=\"/admin/payouts/approve\""));
            for path in [
                "/admin/payouts/review".to_owned(),
                "/admin/payouts/approve".to_owned(),
                "/admin/payouts/reject".to_owned(),
                "/admin/balance-filled".to_owned(),
                format!("/admin/payouts/{id}/cancel"),
                format!("/admin/payouts/{id}/inquire"),
                format!("/admin/payouts/{id}/retry"),
                format!("/admin/payouts/{id}/decide"),
            ] {
                let fields = [("id", id.as_str()), ("approve", id.as_str()), ("reason", "x")];
                let refused = visitor.post_form(&path, &fields).await.expect(403);
                assert!(refused.text.contains("没有权限"), "{path}: {}", refused.text);
            }
        }
        assert_eq!(shop.status(&id).await, "in_review");
        let finance = house.signs_in_as(&shop, Role::Finance).await;
        approves(&finance, &id).await.expect(303);
    }

    async fn an_approval_asks_for_a_fresh_proof_and_keeps_the_form(house) {
        let shop = house.shop("tea");
        let id = in_review(&shop, "u1").await;
        let lin = house.signs_in(&shop).await;
        let seen = seen(&lin, &id).await;
        house.clock.advance(Duration::from_mins(6));
        let asked = lin
            .post_form("/admin/payouts/approve", &[("id", &id), ("seen", &seen)])
            .await
            .expect(403);
        assert!(asked.text.contains(&seen), "the form is kept");
        assert_eq!(shop.status(&id).await, "in_review");
        let wrong = [("id", id.as_str()), ("seen", seen.as_str()), ("proof", "wrong")];
        lin.post_form("/admin/payouts/approve", &wrong).await.expect(401);
        house.clock.advance(Duration::from_secs(30));
        let right = [("id", id.as_str()), ("seen", seen.as_str()), ("proof", PASSWORD)];
        lin.post_form("/admin/payouts/approve", &right).await.expect(303);
        assert_eq!(shop.status(&id).await, "queued");
    }

    async fn a_form_without_its_token_or_from_elsewhere_is_refused(house) {
        let shop = house.shop("tea");
        let id = in_review(&shop, "u1").await;
        let lin = house.signs_in(&shop).await;
        let seen = seen(&lin, &id).await;
        let body = format!("form_token=wrong&id={id}&seen={seen}");
        let form = "application/x-www-form-urlencoded";
        let path = "/admin/payouts/approve";
        let request = lin.request(&reqwest::Method::POST, path).header("content-type", form).body(body);
        lin.send(request).await.expect(403);
        let body = format!("form_token={}&id={id}&seen={seen}", lin.form_token());
        let request = lin
            .bare_request(&reqwest::Method::POST, path)
            .header("content-type", form)
            .header("origin", "https://elsewhere.example.com")
            .body(body);
        lin.send(request).await.expect(403);
        lin.get(path).await.expect(405);
        assert_eq!(shop.status(&id).await, "in_review");
    }

    async fn payouts_are_found_by_every_number_they_have(house) {
        let shop = house.shop("tea");
        shop.knows_as("u1", "oOLD_openid_of_u1").await;
        shop.knows("u2").await;
        let body = json!({ "recipient_id": "u1", "amount_fen": 1_234, "external_id": "ORDER-77" });
        let paid = shop
            .call(reqwest::Method::POST, "/payouts", Some(body), Some("k1"))
            .await
            .expect(201);
        shop.pays("u2", 4_321).await.expect(201);
        house.run().await;
        shop.knows_as("u1", "oNEW_openid_of_u1").await;
        let paid = shop.payout(&paid.id()).await;
        let payment_no = paid.at("/payment_no").as_str().unwrap().to_owned();
        let trade_no = paid.at("/partner_trade_no").as_str().unwrap().to_owned();
        let lin = house.signs_in(&shop).await;
        for words in [&paid.id(), &trade_no, &payment_no, "ORDER-77", "u1", "oOLD_openid_of_u1", " u1 "] {
            let found = lin.get(&format!("/admin/payouts?q={}", words.replace(' ', "+"))).await.expect(200);
            assert!(found.text.contains("¥12.34"), "not found by {words}");
            assert!(!found.text.contains("¥43.21"), "{words} finds another one too");
        }
        for words in ["oNEW_openid_of_u1", "ORDER-78", "<script>", "%27%20OR%201=1"] {
            let found = lin.get(&format!("/admin/payouts?q={words}")).await.expect(200);
            assert!(found.text.contains("没有符合条件的付款单"), "{words}");
            assert!(!found.text.contains("<script>"));
        }
        let both = lin.get("/admin/payouts?q=u1&status=failed").await.expect(200);
        assert!(both.text.contains("没有符合条件的付款单"));
    }

    async fn filters_narrow_the_list(house) {
        let shop = house.shop("tea");
        let waiting = in_review(&shop, "u1").await;
        shop.pays("u1", 1_100).await.expect(201);
        house.run().await;
        house.clock.advance(Duration::from_hours(24));
        shop.pays("u1", 2_200).await.expect(201);
        let lin = house.signs_in(&shop).await;
        for (query, shows) in [
            ("", [true, true, true]),
            ("?status=in_review", [true, false, false]),
            ("?status=succeeded", [false, true, false]),
            ("?kind=direct", [false, true, true]),
            ("?kind=direct&status=queued", [false, false, true]),
            ("?kind=withdrawal&status=queued", [false, false, false]),
            ("?view=mine", [true, false, false]),
            ("?from=2026-11-24", [false, false, true]),
            ("?to=2026-11-23", [true, true, false]),
            ("?from=2026-11-23&to=2026-11-23&kind=direct", [false, true, false]),
            ("?status=nonsense&from=2026-02-31&size=7", [true, true, true]),
        ] {
            let page = lin.get(&format!("/admin/payouts{query}")).await.expect(200);
            for (amount, shown) in ["¥666.00", "¥11.00", "¥22.00"].iter().zip(shows) {
                assert_eq!(page.text.contains(amount), shown, "{amount} by {query}");
            }
            assert_eq!(page.text.contains("有筛选条件无法识别"), query.contains("nonsense"));
        }
        assert!(lin.get("/admin/payouts?tick=all").await.text.contains(&format!("value=\"{waiting}\" checked")));
    }

    async fn pages_hold_still_while_payouts_come_in(house) {
        let shop = house.shop("tea");
        set_limit(house, &shop, LimitName::RecipientDayCount, None);
        shop.knows("u1").await;
        for number in 1..=25 {
            house.clock.advance(Duration::from_secs(1));
            shop.pays("u1", 1_000 + number).await.expect(201);
        }
        let lin = house.signs_in(&shop).await;
        let amount = |number: i64| format!("¥{}", Fen::new(1_000 + number).yuan());
        let first = lin.get("/admin/payouts").await.expect(200);
        assert!(first.text.contains(&amount(25)) && first.text.contains(&amount(6)) && !first.text.contains(&amount(5)));
        let older = link(&first.text, "next");
        for number in 26..=30 {
            house.clock.advance(Duration::from_secs(1));
            shop.pays("u1", 1_000 + number).await.expect(201);
        }
        let second = lin.get(&older).await.expect(200);
        for number in 1..=5 {
            assert!(second.text.contains(&amount(number)), "{number}");
        }
        assert!(!second.text.contains(&amount(6)) && !second.text.contains("rel=\"next\""));
        let back = lin.get(&link(&second.text, "prev")).await.expect(200);
        assert!(back.text.contains(&amount(6)) && back.text.contains(&amount(25)) && !back.text.contains(&amount(26)));
        let newest = lin.get(&link(&back.text, "prev")).await.expect(200);
        assert!(newest.text.contains(&amount(26)) && newest.text.contains(&amount(30)));
        assert!(!newest.text.contains(&amount(25)));
        let fifty = lin.get("/admin/payouts?size=50").await.expect(200);
        assert!(fifty.text.contains(&amount(1)) && fifty.text.contains(&amount(30)));
        house.run().await;
    }

    async fn a_payout_that_was_not_sent_can_be_cancelled_and_one_that_was_cannot(house) {
        let shop = house.shop("tea");
        shop.knows("u1").await;
        let waiting = shop.pays("u1", 1_000).await.expect(201).id();
        let lin = house.signs_in(&shop).await;
        let path = format!("/admin/payouts/{waiting}");
        assert!(lin.get(&path).await.expect(200).text.contains("撤销付款"));
        let done = lin.post_form(&format!("{path}/cancel"), &[]).await.expect(303);
        assert!(lin.follow(&done).await.text.contains("已撤销"));
        let again = lin.post_form(&format!("{path}/cancel"), &[]).await.expect(303);
        assert!(again.header("location").unwrap().contains("already"));
        let paid = shop.pays("u1", 1_000).await.expect(201).id();
        house.run().await;
        let refused = lin.post_form(&format!("/admin/payouts/{paid}/cancel"), &[]).await.expect(409);
        assert!(refused.text.contains("已到账"));
        lin.post_form(&format!("/admin/payouts/{paid}/retry"), &[]).await.expect(409);
        lin.post_form(&format!("/admin/payouts/{paid}/inquire"), &[]).await.expect(409);
    }

    async fn what_is_in_doubt_says_so_and_can_be_asked_about_at_once(house) {
        let shop = house.shop("tea");
        shop.knows_as("u1", "oSIM-CLOSE-u1").await;
        let id = shop.pays("u1", 1_000).await.expect(201).id();
        house.run().await;
        let lin = house.signs_in(&shop).await;
        let path = format!("/admin/payouts/{id}");
        let page = lin.get(&path).await.expect(200);
        assert!(page.text.contains("结果确认中,请勿重复打款"), "{}", page.text);
        assert!(page.text.contains("立即查询") && !page.text.contains("撤销付款"));
        assert!(!page.text.contains("立即重试"), "what may have been sent is never hurried");
        let list = lin.get("/admin/payouts").await.expect(200);
        assert!(list.text.contains("结果确认中") && list.text.contains("请勿重复打款"));
        lin.post_form(&format!("{path}/retry"), &[]).await.expect(409);
        lin.post_form(&format!("{path}/cancel"), &[]).await.expect(409);
        let done = lin.post_form(&format!("{path}/inquire"), &[]).await.expect(303);
        assert!(lin.follow(&done).await.text.contains("已安排立即查询"));
        house.after(Duration::from_secs(1)).await;
        assert_eq!(shop.status(&id).await, "succeeded");
        assert_eq!(house.simulator.book().movements.len(), 1);
    }

    async fn nothing_is_asked_while_a_call_is_under_way(house) {
        let shop = house.shop("tea");
        shop.knows("u1").await;
        let id = shop.pays("u1", 1_000).await.expect(201).id();
        let lin = house.signs_in(&shop).await;
        let (claimed, _) = house.engine.claim_some(1).await.unwrap();
        let page = lin.get(&format!("/admin/payouts/{id}")).await.expect(200);
        assert!(page.text.contains("转账中"));
        let refused = lin.post_form(&format!("/admin/payouts/{id}/inquire"), &[]).await.expect(409);
        assert!(refused.text.contains("正在与微信支付通信"));
        for prepared in claimed {
            let answered = house.engine.call(prepared).await.unwrap();
            house.engine.settle(vec![answered]).await;
        }
        assert_eq!(shop.status(&id).await, "succeeded");
    }

    async fn what_waits_for_its_time_can_be_tried_at_once(house) {
        let shop = house.shop("tea");
        shop.knows_as("u1", "oSIM-ONCE_SENDNUM_LIMIT-u1").await;
        let id = shop.pays("u1", 1_000).await.expect(201).id();
        house.run().await;
        assert_eq!(shop.status(&id).await, "queued");
        let lin = house.signs_in(&shop).await;
        let path = format!("/admin/payouts/{id}");
        let page = lin.get(&path).await.expect(200);
        assert!(page.text.contains("立即重试") && page.text.contains("SENDNUM_LIMIT"));
        let limits = lin.get("/admin/limits").await.expect(200);
        assert!(limits.text.contains("SENDNUM_LIMIT"), "the limit is shown as reached by WeChat's word");
        lin.get(&path).await.expect(200);
        lin.post_form(&format!("{path}/retry"), &[]).await.expect(303);
        house.after(Duration::from_secs(1)).await;
        assert_eq!(shop.status(&id).await, "succeeded");
        assert_eq!(house.simulator.book().movements.len(), 1);
    }

    async fn an_empty_account_is_told_and_goes_on_when_it_is_filled(house) {
        let shop = house.shop("tea");
        shop.knows_as("u1", "oSIM-ONCE_NOTENOUGH-u1").await;
        let id = shop.pays("u1", 1_000).await.expect(201).id();
        house.run().await;
        let lin = house.signs_in(&shop).await;
        let path = format!("/admin/payouts/{id}");
        for page in ["/admin/payouts", path.as_str()] {
            let page = lin.get(page).await.expect(200);
            assert!(page.text.contains("微信商户账户余额不足") && page.text.contains("已充值,继续"));
        }
        lin.post_form(&format!("{path}/retry"), &[]).await.expect(409);
        let viewer = house.signs_in_as(&shop, Role::Viewer).await;
        assert!(!viewer.get("/admin/payouts").await.text.contains("action=\"/admin/balance-filled\""));
        let done = lin.post_form("/admin/balance-filled", &[]).await.expect(303);
        let list = lin.follow(&done).await.expect(200);
        assert!(list.text.contains("付款已恢复") && !list.text.contains("付款已暂停"));
        house.after(Duration::from_secs(1)).await;
        assert_eq!(shop.status(&id).await, "succeeded");
        let again = lin.post_form("/admin/balance-filled", &[]).await.expect(303);
        assert!(lin.follow(&again).await.text.contains("无需操作"));
    }

    async fn two_people_decide_what_wechat_no_longer_answers(house) {
        let shop = house.shop("tea");
        // nothing arrives there, nothing is answered, and then WeChat's window for sending again is over
        shop.knows_as("u1", "oSIM-UNPAID_CLOSE-u1").await;
        let id = shop.pays("u1", 1_000).await.expect(201).id();
        house.run().await;
        house.after(Duration::from_hours(72)).await;
        house.after(Duration::from_mins(30)).await;
        let lin = house.signs_in(&shop).await;
        let path = format!("/admin/payouts/{id}");
        let page = lin.get(&path).await.expect(200);
        assert!(page.text.contains("人工确认") && page.text.contains("请勿重复打款"));
        assert!(lin.get("/admin/payouts?view=mine").await.text.contains("待人工确认"));
        let decide = format!("{path}/decide");
        let looked = "资金流水 11-23 至 11-26 没有这一笔";
        let not_paid = [("verdict", "not_paid"), ("evidence", looked)];
        for wrong in [
            vec![("verdict", "paid"), ("evidence", looked)],
            vec![("verdict", "not_paid"), ("evidence", "没有")],
            vec![("verdict", "perhaps"), ("evidence", looked)],
        ] {
            lin.post_form(&decide, &wrong).await.expect(422);
        }
        let said = lin.post_form(&decide, &not_paid).await.expect(303);
        assert!(lin.follow(&said).await.text.contains("还需另一位成员确认"));
        lin.post_form(&decide, &not_paid).await.expect(403);
        assert!(!lin.get("/admin/payouts?view=mine").await.text.contains("待人工确认"));
        let wang = house.signs_in_as(&shop, Role::Finance).await;
        let page = wang.get(&path).await.expect(200);
        assert!(page.text.contains(looked), "the first word is shown to the second person");
        let other = [("verdict", "paid"), ("payment_no", "1000018301"), ("evidence", looked)];
        let refused = wang.post_form(&decide, &other).await.expect(409);
        assert!(refused.text.contains("意见不一致"));
        assert_eq!(shop.status(&id).await, "processing");
        let ended = wang.post_form(&decide, &not_paid).await.expect(303);
        assert!(wang.follow(&ended).await.text.contains("两人意见一致"));
        assert_eq!(shop.payout(&id).await.at("/reason/code"), "decided_not_paid");
        wang.post_form(&decide, &not_paid).await.expect(409);
    }
}

/// Where the link of this relation leads.
fn link(page: &str, rel: &str) -> String {
    let (before, _) = page
        .split_once(&format!("\" rel=\"{rel}\""))
        .expect("a link");
    let (_, href) = before.rsplit_once("href=\"").unwrap();
    href.replace("&amp;", "&").replace("&#38;", "&")
}
