//! Saving the fields.

use super::{PAGE, lands, saves, saves_seen, settings, version_of};
use crate::harness::API_KEY;
use crate::on_both_databases;

/// What nobody may ever read on a page again.
const APP_SECRET: &str = "c0ffee00c0ffee00c0ffee00c0ffee00";
const V3_KEY: &str = "abcdefghijklmnopqrstuvwxyz012345";

on_both_databases! {
    async fn the_fields_are_saved_as_a_new_version_and_secrets_never_come_back(house) {
        let shop = house.empty_shop("tea");
        let owner = house.signs_in(&shop).await;
        let fields = [
            ("app_id", shop.app_id.as_str()),
            ("app_secret", APP_SECRET),
            ("mch_id", &shop.mchid),
            ("api_key", API_KEY),
            ("api_v3_key", V3_KEY),
        ];
        let page = lands(&owner, saves(&owner, &fields, &[]).await).await;
        assert!(page.text.contains("已保存"));
        assert!(page.text.contains(&shop.app_id) && page.text.contains(&shop.mchid));
        let set = format!("已设置 · 2026-11-23 12:00:00 · {}", shop.owner());
        assert_eq!(page.text.matches(&set).count(), 3);
        for path in [PAGE, "/admin/wechat-pay/history", "/admin"] {
            let answer = owner.get(path).await.expect(200);
            for secret in [APP_SECRET, API_KEY, V3_KEY] {
                assert!(!answer.text.contains(secret), "{path}");
            }
        }
        let saved = settings(house, &shop);
        assert_eq!(saved.version, 2);
        assert_eq!(saved.app_id.unwrap().as_str(), shop.app_id);
        assert_eq!(saved.saved_by, shop.owner());
    }

    async fn an_empty_secret_keeps_the_one_that_is_set(house) {
        let shop = house.shop("tea");
        let owner = house.signs_in(&shop).await;
        let before = settings(house, &shop);
        let fields = [("app_id", shop.app_id.as_str()), ("mch_id", &shop.mchid), ("api_key", "")];
        let page = lands(&owner, saves(&owner, &fields, &[]).await).await;
        assert!(page.text.contains("没有需要保存的修改"));
        assert_eq!(settings(house, &shop), before);
        let fields = [
            ("app_id", shop.app_id.as_str()),
            ("mch_id", &shop.mchid),
            ("api_key", ""),
            ("api_v3_key", V3_KEY),
        ];
        lands(&owner, saves(&owner, &fields, &[]).await).await;
        let after = settings(house, &shop);
        assert_eq!((after.version, after.api_key), (before.version + 1, before.api_key));
        assert!(after.api_v3_key.is_some());
    }

    async fn every_wrong_field_is_told_at_once_and_what_was_typed_is_kept(house) {
        let shop = house.empty_shop("tea");
        let owner = house.signs_in(&shop).await;
        let fields = [
            ("app_id", "gh_123<script>"),
            ("app_secret", "short"),
            ("mch_id", "1900"),
            ("api_key", "192006250b4c09247ec02edce69f6a2"),
            ("api_v3_key", "abcdefghijklmnopqrstuvwxyz01234!"),
        ];
        let page = saves(&owner, &fields, &[]).await.expect(422);
        for sentence in [
            "AppID 由小写的 wx 加 16 位",
            "AppSecret 是 16 到 64 位",
            "商户号是 8 到 10 位数字",
            "商户API密钥必须正好 32 位，只含字母和数字；您填写了 31 个字符。",
            "APIv3密钥必须正好 32 位，只含字母和数字；您填写了 32 个字符。",
        ] {
            assert!(page.text.contains(sentence), "{sentence}");
        }
        assert!(page.text.contains("value=\"gh_123&#60;script&#62;\""), "{}", page.text);
        assert!(page.text.contains("value=\"1900\""));
        assert!(!page.text.contains("192006250b4c09247ec02edce69f6a2"));
        assert_eq!(settings(house, &shop).version, 1);
    }

    async fn blanks_and_line_ends_that_were_pasted_are_taken_away_with_a_notice(house) {
        let shop = house.empty_shop("tea");
        let owner = house.signs_in(&shop).await;
        let (app_id, number) = (format!("\u{3000}{} \r\n", shop.app_id), format!("\t{}", shop.mchid));
        let (half, rest) = API_KEY.split_at(16);
        let key = format!("{half}\r\n{rest}\u{200b}");
        let fields = [("app_id", app_id.as_str()), ("mch_id", &number), ("api_key", &key)];
        let page = lands(&owner, saves(&owner, &fields, &[]).await).await;
        assert!(page.text.contains("粘贴时带入的空格或换行已自动去掉"));
        let saved = settings(house, &shop);
        assert_eq!(saved.app_id.unwrap().as_str(), shop.app_id);
        assert_eq!(saved.merchant_number.unwrap().as_str(), shop.mchid);
        assert!(saved.api_key.is_some());
    }

    async fn a_saved_value_is_not_emptied(house) {
        let shop = house.shop("tea");
        let owner = house.signs_in(&shop).await;
        let page = saves(&owner, &[("app_id", ""), ("mch_id", " ")], &[]).await.expect(422);
        assert_eq!(page.text.matches("已保存的内容不能清空").count(), 2);
        assert_eq!(settings(house, &shop).version, 2);
    }

    async fn the_second_of_two_people_is_told_and_loses_nothing(house) {
        let shop = house.shop("tea");
        let (one, other) = (house.signs_in(&shop).await, house.signs_in(&shop).await);
        let seen = version_of(&other.get(PAGE).await.expect(200));
        let first = [("app_id", "wx00000000000000aa"), ("mch_id", &shop.mchid)];
        lands(&one, saves(&one, &first, &[]).await).await;
        let second = [("app_id", "wx00000000000000bb"), ("mch_id", shop.mchid.as_str())];
        let page = saves_seen(&other, &seen, &second, &[]).await.expect(409);
        assert!(page.text.contains("没有保存：设置刚刚被别人修改过"));
        assert!(page.text.contains(&format!("AppID：{} → wx00000000000000aa", shop.app_id)));
        assert!(page.text.contains("value=\"wx00000000000000bb\""));
        assert!(page.text.contains("现在保存的是：<span class=\"mono\">wx00000000000000aa</span>"));
        assert_eq!(settings(house, &shop).app_id.unwrap().as_str(), "wx00000000000000aa");
        // having looked at it, the second one may have their way
        let page = saves_seen(&other, &version_of(&page), &second, &[]).await;
        lands(&other, page).await;
        assert_eq!(settings(house, &shop).app_id.unwrap().as_str(), "wx00000000000000bb");
    }

    async fn the_history_tells_who_changed_what_and_no_secret(house) {
        let shop = house.empty_shop("tea");
        let owner = house.signs_in(&shop).await;
        for number in 0..25 {
            let app_id = format!("wx{number:016}");
            let fields = [("app_id", app_id.as_str()), ("api_key", API_KEY)];
            lands(&owner, saves(&owner, &fields, &[]).await).await;
        }
        let page = owner.get(PAGE).await.expect(200);
        assert!(page.text.contains("AppID：wx0000000000000023 → wx0000000000000024"));
        assert!(page.text.contains("商户API密钥：已更新"));
        let newest = owner.get("/admin/wechat-pay/history").await.expect(200);
        assert!(newest.text.contains("history?before=7"), "{}", newest.text);
        let oldest = owner.get("/admin/wechat-pay/history?before=7").await.expect(200);
        assert!(oldest.text.contains("站点创建") && !oldest.text.contains("before="));
        for odd in ["abc", "-1", "99999999999999999999", "1"] {
            owner.get(&format!("/admin/wechat-pay/history?before={odd}")).await.expect(200);
        }
    }

    async fn a_save_sets_going_what_waited_for_the_settings(house) {
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
        assert_eq!(shop.status(&payout).await, "queued");
        let page = owner.get(PAGE).await.expect(200);
        assert!(page.text.contains("付款暂停，等待更正设置") && page.text.contains("SIGN_ERROR"));
        let key = "f".repeat(32);
        let fields = [("app_id", shop.app_id.as_str()), ("mch_id", &shop.mchid), ("api_key", &key)];
        let page = lands(&owner, saves(&owner, &fields, &[]).await).await;
        assert!(page.text.contains("等待中的付款已恢复"));
        house.after(std::time::Duration::from_mins(1)).await;
        assert_eq!(shop.status(&payout).await, "succeeded");
    }
}
