//! 一键检测 on the page.

use super::{PAGE, lands, settings};
use crate::on_both_databases;

on_both_databases! {
    async fn a_check_shows_each_step_and_is_kept_with_who_made_it(house) {
        let shop = house.shop("tea");
        let owner = house.signs_in(&shop).await;
        let page = owner.get(PAGE).await.expect(200);
        assert!(page.text.contains("还没有检测过"));
        let page = lands(&owner, owner.post_form("/admin/wechat-pay/check", &[]).await).await;
        for step in ["全部通过", "各项已填写", "密钥可正常读取", "微信支付已接受证书、签名、产品权限与IP白名单"] {
            assert!(page.text.contains(step), "{step}");
        }
        assert!(page.text.contains(&format!("检测于 2026-11-23 12:00:00 · {}", shop.owner())));
        let later = owner.get("/language/en?back=/admin/wechat-pay").await.expect(303);
        let english = owner.follow(&later).await.expect(200);
        assert!(english.text.contains("WeChat Pay accepts certificate, signature, product and IP whitelist"));
    }

    async fn a_failing_step_is_explained_with_what_to_do(house) {
        let shop = house.empty_shop("tea");
        let owner = house.signs_in(&shop).await;
        owner.get(PAGE).await.expect(200);
        let page = lands(&owner, owner.post_form("/admin/wechat-pay/check", &[]).await).await;
        assert!(page.text.contains("有一项没有通过"));
        assert!(page.text.contains("缺少：AppID(应用ID)、商户号、商户API密钥、商户API证书"), "{}", page.text);
        shop.configure(house);
        let change = |change: fn(&mut zhanfu::simulator::Merchant)| {
            house.simulator.gateway().change_merchant(&shop.mchid, change).unwrap();
        };
        change(|merchant| merchant.api_key = "f".repeat(32));
        let page = lands(&owner, owner.post_form("/admin/wechat-pay/check", &[]).await).await;
        assert!(page.text.contains("签名错误") && page.text.contains("SIGN_ERROR"), "{}", page.text);
        assert!(page.text.contains("处理办法"));
        assert!(!page.text.contains("全部通过"));
    }

    async fn a_good_check_sets_going_what_waited_for_the_settings(house) {
        let shop = house.shop("tea");
        let owner = house.signs_in(&shop).await;
        shop.knows("u1").await;
        house
            .simulator
            .gateway()
            .change_merchant(&shop.mchid, |merchant| merchant.api_key = "f".repeat(32))
            .unwrap();
        let payout = shop.pays("u1", 1_000).await.expect(201).id();
        house.run().await;
        owner.get(PAGE).await.expect(200);
        let page = lands(&owner, owner.post_form("/admin/wechat-pay/check", &[]).await).await;
        assert!(!page.text.contains("等待中的付款已恢复") && page.text.contains("付款暂停"));
        house
            .simulator
            .gateway()
            .change_merchant(&shop.mchid, |merchant| merchant.api_key = crate::harness::API_KEY.to_owned())
            .unwrap();
        let page = lands(&owner, owner.post_form("/admin/wechat-pay/check", &[]).await).await;
        assert!(page.text.contains("等待中的付款已恢复") && !page.text.contains("付款暂停"));
        house.after(std::time::Duration::from_mins(1)).await;
        assert_eq!(shop.status(&payout).await, "succeeded");
        assert_eq!(settings(house, &shop).version, 2);
    }

    async fn a_tenant_checks_only_so_often(house) {
        let shop = house.empty_shop("tea");
        let owner = house.signs_in(&shop).await;
        for _ in 0..30 {
            owner.post_form("/admin/wechat-pay/check", &[]).await.expect(303);
        }
        let page = owner.post_form("/admin/wechat-pay/check", &[]).await.expect(429);
        assert!(page.text.contains("操作过于频繁"));
        house.clock.advance(std::time::Duration::from_mins(1));
        owner.post_form("/admin/wechat-pay/check", &[]).await.expect(303);
    }
}
