//! 提成管理: rules, recipients and corrections on the pages.

use zhanfu::people::Role;

use crate::on_both_databases;

const RULE: &[(&str, &str)] = &[
    ("key", ""),
    ("level", "1"),
    ("kind", "share"),
    ("value", "10.5"),
    ("freeze_days", "7"),
];

on_both_databases! {
    async fn a_rule_is_added_shown_and_ended(house) {
        let shop = house.shop("tea");
        let owner = house.signs_in(&shop).await;
        let empty = owner.get("/admin/commissions").await.expect(200);
        assert!(empty.text.contains("还没有提成规则"));
        let added = owner.post_form("/admin/commissions/rules", RULE).await.expect(303);
        let page = owner.follow(&added).await.expect(200);
        assert!(page.text.contains("10.50 %") && page.text.contains("生效中"), "{}", page.text);
        let (_, rest) = page.text.split_once("/admin/commissions/rules/").unwrap();
        let (id, _) = rest.split_once("/end").unwrap();
        let ended = owner.post_form(&format!("/admin/commissions/rules/{id}/end"), &[]).await.expect(303);
        assert!(owner.follow(&ended).await.text.contains("已结束"));
        owner.post_form(&format!("/admin/commissions/rules/{id}/end"), &[]).await.expect(404);
    }

    async fn a_wrong_rule_is_refused_field_by_field_and_what_was_typed_stays(house) {
        let shop = house.shop("tea");
        let owner = house.signs_in(&shop).await;
        owner.get("/admin/commissions").await.expect(200);
        for value in ["", "0", "-1", "10.555", "100.01", "abc", "1e3", "１０"] {
            let form = [("key", "茶"), ("kind", "share"), ("value", value), ("freeze_days", "400")];
            let page = owner.post_form("/admin/commissions/rules", &form).await.expect(422);
            assert!(page.text.contains("编号为 1–64 个字母"), "{value}");
            assert!(page.text.contains("value=\"茶\""), "what was typed stays");
        }
        assert!(owner.get("/admin/commissions").await.text.contains("还没有提成规则"));
    }

    async fn only_those_who_handle_money_change_rules_and_other_shops_see_nothing(house) {
        let (tea, fruit) = (house.shop("tea"), house.shop("fruit"));
        tea.knows("u1").await;
        let owner = house.signs_in(&tea).await;
        owner.get("/admin/commissions").await.expect(200);
        owner.post_form("/admin/commissions/rules", RULE).await.expect(303);
        for role in [Role::Staff, Role::Viewer] {
            let member = house.signs_in_as(&tea, role).await;
            let page = member.get("/admin/commissions").await.expect(200);
            assert!(!page.text.contains("添加规则"));
            member.post_form("/admin/commissions/rules", RULE).await.expect(403);
            member.post_form("/admin/recipients/u1/corrections", &[("amount", "1"), ("reason", "x")]).await.expect(403);
        }
        let stranger = house.signs_in(&fruit).await;
        assert!(stranger.get("/admin/commissions").await.text.contains("还没有提成规则"));
        let theirs = stranger.get("/admin/recipients/u1").await.expect(404);
        let missing = stranger.get("/admin/recipients/u2").await.expect(404);
        assert_eq!(theirs.status, missing.status);
        stranger.post_form("/admin/recipients/u1/corrections", &[("amount", "1"), ("reason", "x")]).await.expect(404);
    }

    async fn a_correction_moves_money_when_another_member_agrees(house) {
        let shop = house.shop("tea");
        shop.knows("u1").await;
        shop.earns("u1", 10_000).await;
        let owner = house.signs_in(&shop).await;
        owner.get("/admin/recipients/u1").await.expect(200);
        let form = [("direction", "down"), ("amount", "12.50"), ("reason", "<b>多发了</b>")];
        let asked = owner.post_form("/admin/recipients/u1/corrections", &form).await.expect(303);
        assert!(owner.follow(&asked).await.text.contains("等待另一名成员确认"));
        assert_eq!(shop.balance("u1").await, (10_000, 0, 0));
        let page = owner.get("/admin/commissions").await.expect(200);
        assert!(page.text.contains("须由另一名成员确认") && !page.text.contains("<b>多发了"));
        let finance = house.signs_in_as(&shop, Role::Finance).await;
        let page = finance.get("/admin/commissions").await.expect(200);
        let (_, rest) = page.text.split_once("/admin/corrections/").unwrap();
        let (id, _) = rest.split_once("/decide").unwrap();
        let path = format!("/admin/corrections/{id}/decide");
        owner.post_form(&path, &[("verdict", "approve")]).await.expect(403);
        assert_eq!(shop.balance("u1").await, (10_000, 0, 0));
        let done = finance.post_form(&path, &[("verdict", "approve")]).await.expect(303);
        assert!(finance.follow(&done).await.text.contains("余额已调整"));
        assert_eq!(shop.balance("u1").await, (8_750, 0, 0));
        let again = finance.post_form(&path, &[("verdict", "approve")]).await.expect(303);
        assert!(finance.follow(&again).await.text.contains("已被处理过"));
        assert_eq!(shop.balance("u1").await, (8_750, 0, 0));
        let statement = finance.get("/admin/recipients/u1").await.expect(200);
        assert!(statement.text.contains("人工调整") && statement.text.contains("−12.50"));
    }

    async fn recipients_are_found_by_the_beginning_of_their_id_or_by_openid(house) {
        let shop = house.shop("tea");
        for number in 0..25 {
            shop.knows(&format!("user-{number:02}")).await;
        }
        shop.knows_as("other", "oTEA_x").await;
        let owner = house.signs_in(&shop).await;
        let first = owner.get("/admin/recipients?q=user-").await.expect(200);
        assert!(first.text.contains("user-19") && !first.text.contains("user-20") && !first.text.contains(">other<"));
        let next = owner.get("/admin/recipients?q=user-&after=user-19").await.expect(200);
        assert!(next.text.contains("user-24") && !next.text.contains("user-19<"));
        assert!(owner.get("/admin/recipients?q=oTEA_x").await.text.contains(">other<"));
        let nobody = owner.get("/admin/recipients?q=%27%20OR%201%3D1%20--").await.expect(200);
        assert!(nobody.text.contains("没有找到收款人"));
    }
}
