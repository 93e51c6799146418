//! 日志: what was done, by whom, searchable, and nobody else's.

use zhanfu::audit::EventKind;
use zhanfu::people::Role;

use crate::harness::PASSWORD;
use crate::on_both_databases;

on_both_databases! {
    async fn the_log_tells_who_did_what(house) {
        let shop = house.shop("tea");
        shop.knows("u1").await;
        let payout = shop.pays("u1", 1_234).await.expect(201).id();
        house.run().await;
        house.visitor().tries(&shop.owner(), "not this one").await.expect(401);
        let owner = house.signs_in(&shop).await;
        let page = owner.get("/admin/log").await.expect(200);
        for words in [
            "付款成功",
            "付款引擎",
            "受理了付款单",
            "商城接口 storefront",
            "登录或身份确认失败",
            "未登录访客",
            "保存了微信支付配置",
            "服务器命令行",
            "¥12.34",
        ] {
            assert!(page.text.contains(words), "{words}: {}", page.text);
        }
        assert!(page.text.contains(&format!("成员 {}", shop.owner())));
        assert!(page.text.contains(&format!("/admin/payouts/{payout}")));
        assert!(page.text.contains("请求编号"));
        owner.get("/language/en?back=/admin/log").await.expect(303);
        let page = owner.get("/admin/log").await.expect(200);
        assert!(page.text.contains("a payout was paid") && !page.text.contains("付款成功"));
    }

    async fn the_log_is_narrowed_and_turned_page_by_page(house) {
        let shop = house.shop("tea");
        shop.knows("u1").await;
        let payout = shop.pays("u1", 1_234).await.expect(201).id();
        house.run().await;
        for n in 0..60 {
            shop.knows(&format!("r{n}")).await;
        }
        let owner = house.signs_in(&shop).await;
        let rows = |text: &str| text.matches("<td class=\"what\">").count();
        let one = owner.get(&format!("/admin/log?q={payout}")).await.expect(200);
        assert_eq!(rows(&one.text), 3, "accepted, submitted, succeeded");
        let one = owner.get("/admin/log?kind=payout.succeeded").await.expect(200);
        assert_eq!(rows(&one.text), 1);
        let one = owner.get("/admin/log?kind=payout&doer=system").await.expect(200);
        assert_eq!(rows(&one.text), 2);
        let one = owner.get("/admin/log?doer=member").await.expect(200);
        assert_eq!(rows(&one.text), 1);
        let none = owner.get("/admin/log?kind=payout.failed").await.expect(200);
        assert!(none.text.contains("没有记录"));
        let none = owner.get("/admin/log?to=2026-11-22").await.expect(200);
        assert_eq!(rows(&none.text), 0);
        let first = owner.get("/admin/log?doer=storefront&from=2026-11-23&to=2026-11-23").await.expect(200);
        assert_eq!(rows(&first.text), 50);
        let (_, rest) = first.text.split_once("rel=\"next\"").map(|(before, _)| before.rsplit_once("href=\"").unwrap()).unwrap();
        let next = rest.split_once('"').unwrap().0.replace("&#38;", "&").replace("&amp;", "&");
        let second = owner.get(&next).await.expect(200);
        // u1, its payout and r0 to r59 in all
        assert_eq!(rows(&second.text), 12);
        assert!(!second.text.contains("rel=\"next\""));
    }

    async fn another_shops_log_is_not_there(house) {
        let (tea, rice) = (house.shop("tea"), house.empty_shop("rice"));
        tea.knows("u1").await;
        let payout = tea.pays("u1", 1_234).await.expect(201).id();
        let stranger = house.signs_in(&rice).await;
        for path in [
            "/admin/log".to_owned(),
            format!("/admin/log?q={payout}"),
            "/admin/log?q=u1".to_owned(),
            "/admin/log?kind=payout".to_owned(),
            "/admin/log?doer=storefront".to_owned(),
        ] {
            let page = stranger.get(&path).await.expect(200);
            assert!(!page.text.contains(&format!("/admin/payouts/{payout}")), "{path}");
            assert!(!page.text.contains("<div>受理了付款单"), "{path}");
            assert!(!page.text.contains(&tea.owner()));
        }
    }

    async fn nonsense_in_the_address_is_left_out(house) {
        let shop = house.empty_shop("tea");
        let viewer = house.signs_in_as(&shop, Role::Viewer).await;
        let long = "x".repeat(3_000);
        for query in [
            "q=%00%00",
            "q=%3Cscript%3Ealert(1)%3C/script%3E",
            "doer=king&kind=nothing&from=yesterday&to=2026-02-31&before=x",
            "before=ffffffff-ffff-ffff-ffff-ffffffffffff",
            "from=9999-12-31&to=0001-01-01",
            "q=%F0%9F%98%80",
            "%%%=%%%&&&==",
            &format!("q={long}"),
        ] {
            let page = viewer.get(&format!("/admin/log?{query}")).await.expect(200);
            assert!(!page.text.contains("<script>alert"), "{query}");
        }
    }

    async fn no_secret_of_signing_in_reaches_the_log(house) {
        let shop = house.empty_shop("tea");
        let owner = house.signs_in(&shop).await;
        let (_, codes) = super::second_factor::turned_on(house, &owner).await;
        let page = owner.get("/admin/log").await.expect(200);
        assert!(page.text.contains("开启了两步验证"));
        let cookie = owner.cookie("zhanfu").unwrap();
        for secret in codes.iter().map(String::as_str).chain([PASSWORD, cookie.as_str()]) {
            assert!(!page.text.contains(secret));
        }
        assert!(EventKind::ALL.len() > 50);
    }
}
