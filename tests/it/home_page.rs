//! 首页 through the doors.

use std::time::Duration;

use zhanfu::people::Role;

use crate::harness::Visitor;
use crate::on_both_databases;

/// The first page without its tags.
async fn home(visitor: &Visitor) -> String {
    let page = visitor.get("/admin").await.expect(200);
    let mut text = String::new();
    let mut inside = false;
    for c in page.text.chars() {
        match c {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            _ if !inside => text.push(c),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

on_both_databases! {
    async fn the_first_page_says_what_is_owed_held_and_paid(house) {
        let (shop, other) = (house.shop("tea"), house.shop("fruit"));
        for recipient in ["u1", "u2"] {
            shop.knows(recipient).await;
            shop.earns(recipient, 100_000).await;
        }
        other.knows("u1").await;
        other.earns("u1", 77_700).await;
        shop.asks("u1", 12_345).await.expect(201);
        shop.asks("u2", 66_600).await.expect(201);
        house.run().await;
        let lin = house.signs_in(&shop).await;
        let text = home(&lin).await;
        for figure in [
            "欠收款人余额(可提现) ¥1,210.55",
            "付款中冻结 ¥666.00",
            "今日已付 ¥123.45 1 笔 · 额度已用 ¥789.45 / ¥100,000.00",
            "本月已付 ¥123.45 1 笔",
            "待审核 1",
            "结果确认中 0",
            "1 笔付款等待审核",
            "2026-11-23 1 ¥123.45 0 0",
        ] {
            assert!(text.contains(figure), "{figure}: {text}");
        }
        assert!(!text.contains("777"), "nothing of another shop");
        assert!(!text.contains("开始使用"), "a shop that has paid has begun");
        // tomorrow it is another day, and the same month
        house.clock.advance(Duration::from_hours(24));
        let lin = house.signs_in(&shop).await;
        let text = home(&lin).await;
        assert!(text.contains("今日已付 ¥0.00 0 笔") && text.contains("本月已付 ¥123.45 1 笔"));
        house.clock.advance(Duration::from_hours(24 * 8));
        let lin = house.signs_in(&shop).await;
        let text = home(&lin).await;
        assert!(text.contains("本月已付 ¥0.00 0 笔") && text.contains("2026-11-23 1 ¥123.45 0 0"));
    }

    async fn what_needs_a_person_is_said_with_its_link(house) {
        let shop = house.shop("tea");
        shop.knows_as("u1", "oSIM-PROCESSING_900000000-u1").await;
        shop.knows_as("u2", "oSIM-SENDNUM_LIMIT-u2").await;
        shop.knows_as("u3", "oSIM-ONCE_NOTENOUGH-u3").await;
        shop.pays("u1", 1_000).await.expect(201);
        shop.pays("u2", 1_000).await.expect(201);
        house.run().await;
        let lin = house.signs_in(&shop).await;
        let text = home(&lin).await;
        assert!(text.contains("结果确认中 1") && text.contains("受阻待重试 1"), "{text}");
        assert!(text.contains("微信支付今天提示 1 项额度已用完"));
        assert!(!text.contains("超过 10 分钟"));
        house.after(Duration::from_mins(11)).await;
        shop.pays("u3", 1_000).await.expect(201);
        house.run().await;
        let lin = house.signs_in(&shop).await;
        let page = lin.get("/admin").await.expect(200);
        assert!(page.text.contains("1 笔付款结果确认中超过 10 分钟"));
        assert!(page.text.contains("/admin/payouts?status=processing"));
        assert!(page.text.contains("微信商户账户余额不足") && page.text.contains("action=\"/admin/balance-filled\""));
        let viewer = house.signs_in_as(&shop, Role::Viewer).await;
        let page = viewer.get("/admin").await.expect(200);
        assert!(!page.text.contains("action=\"/admin/balance-filled\""));
        // a year later the certificate has ended
        house.clock.advance(Duration::from_hours(24 * 366 * 6));
        let lin = house.signs_in(&shop).await;
        assert!(home(&lin).await.contains("商户API证书已过期"));
    }

    async fn a_new_shop_is_led_from_the_settings_to_a_first_payment(house) {
        let shop = house.empty_shop("tea");
        let lin = house.signs_in(&shop).await;
        let page = lin.get("/admin").await.expect(200);
        assert!(page.text.contains("开始使用") && page.text.contains("微信支付配置不完整"));
        let steps = page.text.split("<ol class=\"steps\">").nth(1).unwrap().split("</ol>").next().unwrap();
        assert_eq!(steps.matches("class=\"done\"").count(), 1, "the storefront key is there already");
        assert_eq!(steps.matches("class=\"now\"").count(), 1);
        assert!(steps.contains("curl -X POST") && steps.contains("/api/v1/payouts"));
        shop.configure(house);
        let page = lin.get("/admin").await.expect(200);
        let steps = page.text.split("<ol class=\"steps\">").nth(1).unwrap().split("</ol>").next().unwrap();
        assert_eq!(steps.matches("class=\"done\"").count(), 3);
        shop.knows("me").await;
        shop.pays("me", 30).await.expect(201);
        house.run().await;
        let page = lin.get("/admin").await.expect(200);
        assert!(!page.text.contains("class=\"steps\"") && page.text.contains("¥0.30"));
        assert!(page.text.contains("<svg class=\"chart\"") && page.text.contains("role=\"img\""));
    }
}
