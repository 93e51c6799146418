//! 提现额度配置 through the doors.

use std::time::Duration;

use zhanfu::db::{DbFault, Scope, sql};
use zhanfu::people::Role;

use crate::harness::{Answer, House, Shop, Visitor, hidden};
use crate::on_both_databases;

/// The form as the page of a new tenant shows it.
const DEFAULTS: [(&str, &str); 9] = [
    ("transfer_min", "0.30"),
    ("transfer_max", "5000.00"),
    ("recipient_day_amount", "5000.00"),
    ("recipient_day_count", "10"),
    ("tenant_day_amount", "100000.00"),
    ("tenant_day_count", ""),
    ("review_above", "500.00"),
    ("second_review_above", ""),
    ("when_day_is_full", "refuse"),
];

/// Sends the form with some fields changed, as the page was seen last.
async fn sends(visitor: &Visitor, version: &str, deed: &str, changes: &[(&str, &str)]) -> Answer {
    let mut fields = vec![("version", version), ("deed", deed)];
    for (name, value) in DEFAULTS {
        let change = changes.iter().find(|(changed, _)| *changed == name);
        fields.push((name, change.map_or(value, |(_, value)| value)));
    }
    visitor.post_form("/admin/limits", &fields).await
}

async fn version(visitor: &Visitor) -> String {
    let page = visitor.get("/admin/limits").await.expect(200);
    hidden(&page.text, "version").unwrap()
}

fn set_cap(house: &House, shop: &Shop) {
    let tenant = shop.tenant;
    house
        .ground
        .database
        .write_blocking("cap", Scope::Tenant(tenant), |tx| -> Result<_, DbFault> {
            sql("UPDATE limit_policies SET cap_transfer_max = 10000 WHERE tenant_id = $1")
                .bind(tenant)
                .execute(tx)
        })
        .unwrap();
}

on_both_databases! {
    async fn limits_are_shown_in_yuan_with_what_today_has_used(house) {
        let shop = house.shop("tea");
        shop.knows("u1").await;
        shop.pays("u1", 12_345).await.expect(201);
        set_cap(house, &shop);
        let lin = house.signs_in(&shop).await;
        let page = lin.get("/admin/limits").await.expect(200);
        for words in ["提现额度配置", "value=\"5000.00\"", "¥123.45", "平台上限", "¥100.00", "平台上限更严", "2025-08-19"] {
            assert!(page.text.contains(words), "{words} is missing");
        }
        house.run().await;
    }

    async fn saved_limits_hold_at_once_and_the_change_is_on_record(house) {
        let shop = house.shop("tea");
        shop.knows("u1").await;
        let lin = house.signs_in(&shop).await;
        let seen = version(&lin).await;
        let saved = sends(&lin, &seen, "save", &[("transfer_max", "10"), ("tenant_day_count", "3")]).await.expect(303);
        let page = lin.follow(&saved).await.expect(200);
        assert!(page.text.contains("已保存,立即生效") && page.text.contains("value=\"10.00\""));
        assert!(page.text.contains("¥5,000.00 → ¥10.00") && page.text.contains("owner@tea.example.com"));
        shop.pays("u1", 1_001).await.expect_problem(422, "limit_exceeded");
        shop.pays("u1", 1_000).await.expect(201);
        let seen = version(&lin).await;
        let same = sends(&lin, &seen, "save", &[("transfer_max", "10.00"), ("tenant_day_count", "3")]).await.expect(303);
        assert!(lin.follow(&same).await.text.contains("没有变化"));
        // an empty field is no limit, and 0 lets none through
        let seen = version(&lin).await;
        sends(&lin, &seen, "save", &[("transfer_max", ""), ("tenant_day_amount", "0")]).await.expect(303);
        shop.pays("u1", 1_001).await.expect_problem(422, "limit_exceeded");
        house.run().await;
    }

    async fn what_is_no_exact_number_is_refused_by_its_field_and_nothing_is_saved(house) {
        let shop = house.shop("tea");
        let lin = house.signs_in(&shop).await;
        let seen = version(&lin).await;
        for (text, sentence) in [
            ("1.001", "最多两位小数"),
            ("1.005", "最多两位小数"),
            ("-1", "不带正负号"),
            ("+1", "不带正负号"),
            ("9223372036854775807", "数字太大"),
            ("1e3", "请填写数字"),
            ("0x10", "请填写数字"),
            ("1_000", "请填写数字"),
            ("1,000.00", "已为您改为 1000.00"),
            ("１００", "已为您改为 100"),
            ("￥1", "已为您改为 1"),
            ("<script>alert(1)</script>", "请填写数字"),
        ] {
            let refused = sends(&lin, &seen, "save", &[("transfer_max", text)]).await.expect(422);
            assert!(refused.text.contains(sentence), "{text}");
            assert!(refused.text.contains("aria-invalid"));
            assert!(!refused.text.contains("<script>"));
        }
        let refused = sends(&lin, &seen, "save", &[("recipient_day_count", "1.5")]).await.expect(422);
        assert!(refused.text.contains("笔数是整数"));
        let refused = sends(&lin, &seen, "save", &[("transfer_min", "20"), ("transfer_max", "10")]).await.expect(422);
        assert!(refused.text.contains("单笔最低金额高于最高金额"));
        assert_eq!(version(&lin).await, seen);
    }

    async fn two_people_at_once_and_the_second_is_told(house) {
        let shop = house.shop("tea");
        let (lin, wang) = (house.signs_in(&shop).await, house.signs_in_as(&shop, Role::Finance).await);
        let (seen, also_seen) = (version(&lin).await, version(&wang).await);
        sends(&lin, &seen, "save", &[("transfer_max", "200")]).await.expect(303);
        let told = sends(&wang, &also_seen, "save", &[("recipient_day_amount", "300")]).await.expect(409);
        assert!(told.text.contains("额度刚被他人修改"));
        assert!(told.text.contains("value=\"300\""), "what was typed is kept");
        assert!(told.text.contains("¥200.00"), "and what holds now stands beside it");
        let seen = hidden(&told.text, "version").unwrap();
        sends(&wang, &seen, "save", &[("transfer_max", "200"), ("recipient_day_amount", "300")]).await.expect(303);
    }

    async fn the_effect_can_be_looked_at_before(house) {
        let shop = house.shop("tea");
        shop.knows("u1").await;
        for amount in [1_000, 2_000, 60_000] {
            shop.pays("u1", amount).await.expect(201);
        }
        let lin = house.signs_in(&shop).await;
        let seen = version(&lin).await;
        let page = sends(&lin, &seen, "preview", &[("transfer_max", "15"), ("review_above", "5")]).await.expect(200);
        assert!(page.text.contains("对近 30 天付款的影响") && page.text.contains("统计了 3 笔付款"));
        assert!(page.text.contains("尚未保存") && page.text.contains("value=\"15\""));
        let (_, effect) = page.text.split_once("会被拒绝的付款").unwrap();
        assert!(effect.contains("<strong>2</strong>"), "two of three are above 15 yuan");
        assert_eq!(version(&lin).await, seen, "nothing is saved");
        let preset = lin.get("/admin/limits?preset=since-2022").await.expect(200);
        assert!(preset.text.contains("value=\"200.00\"") && preset.text.contains("尚未保存"));
        lin.get("/admin/limits?preset=nonsense").await.expect(200);
        house.run().await;
    }

    async fn raising_a_limit_asks_for_a_fresh_proof_and_lowering_one_does_not(house) {
        let shop = house.shop("tea");
        let lin = house.signs_in(&shop).await;
        house.clock.advance(Duration::from_mins(6));
        let seen = version(&lin).await;
        let asked = sends(&lin, &seen, "save", &[("review_above", "600")]).await.expect(403);
        assert!(asked.text.contains("value=\"600\""), "the form is kept");
        assert_eq!(version(&lin).await, seen);
        sends(&lin, &seen, "save", &[("review_above", "400")]).await.expect(303);
    }

    async fn only_those_of_money_change_limits(house) {
        let shop = house.shop("tea");
        for role in [Role::Staff, Role::Viewer] {
            let visitor = house.signs_in_as(&shop, role).await;
            let page = visitor.get("/admin/limits").await.expect(200);
            assert!(page.text.contains("您的角色只能查看") && !page.text.contains("value=\"save\""));
            sends(&visitor, "1", "save", &[("transfer_max", "1")]).await.expect(403);
            sends(&visitor, "1", "preview", &[]).await.expect(403);
        }
        let finance = house.signs_in_as(&shop, Role::Finance).await;
        let seen = version(&finance).await;
        sends(&finance, &seen, "save", &[("transfer_max", "1")]).await.expect(303);
        let answer = shop.get("/limits").await.expect(200);
        assert!(answer.text.contains("\"transfer_max\",\"limit\":100"));
    }
}
