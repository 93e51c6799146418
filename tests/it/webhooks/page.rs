//! The page 开发者, as its people use it.

use std::time::Duration;

use zhanfu::people::Role;

use crate::harness::{Answer, House, Manner, Shop, Visitor};
use crate::on_both_databases;

const PAGE: &str = "/admin/developers";
const URL: &str = "https://hooks.tea.example.com/zhanfu";

/// The secret of a page that shows one.
fn secret(answer: &Answer) -> String {
    let (_, rest) = answer.text.split_once("readonly").expect("a secret");
    let (_, rest) = rest.split_once("value=\"").unwrap();
    rest.split_once('"')
        .unwrap()
        .0
        .replace("&#61;", "=")
        .replace("&#43;", "+")
        .replace("&#47;", "/")
}

/// Where the page of the endpoint that was just registered is.
fn place(answer: &Answer) -> String {
    const PATH: &str = "/admin/developers/endpoints/";
    let (_, rest) = answer.text.split_once(PATH).expect("a way back");
    format!("{PATH}{}", rest.split('"').next().unwrap())
}

async fn registers(member: &Visitor, url: &str) -> (String, String) {
    member
        .get(&format!("{PAGE}/endpoints/new"))
        .await
        .expect(200);
    let fields = [("url", url), ("name", "商城"), ("wants", "all")];
    let answer = member
        .post_form(&format!("{PAGE}/endpoints"), &fields)
        .await
        .expect(200);
    (place(&answer), secret(&answer))
}

async fn shop_with_hook(house: &House) -> (Shop, Visitor, String, String) {
    let shop = house.shop("tea");
    let owner = house.signs_in(&shop).await;
    let (place, secret) = registers(&owner, URL).await;
    (shop, owner, place, secret)
}

on_both_databases! {
    async fn a_key_is_shown_once_works_and_is_revoked(house) {
        let shop = house.shop("tea");
        let owner = house.signs_in(&shop).await;
        owner.get(PAGE).await.expect(200);
        let wrong = owner.post_form(&format!("{PAGE}/keys"), &[("name", "  ")]).await.expect(422);
        assert!(wrong.text.contains("请填写 1–80 个字符的名称"));
        let made = owner.post_form(&format!("{PAGE}/keys"), &[("name", "商城 <生产>")]).await.expect(200);
        let key = secret(&made);
        assert!(key.starts_with("zfk_") && key.len() == 47, "{key}");
        assert_eq!(made.header("cache-control"), Some("no-store"));
        let call = house.request(reqwest::Method::GET, "/api/v1/payouts").bearer_auth(&key);
        Answer::of(call).await.expect(200);
        let page = owner.get(PAGE).await.expect(200);
        assert!(!page.text.contains(&key));
        assert!(page.text.contains(&format!("zfk_••••{}", key.get(43..).unwrap())), "its end tells which it is");
        assert!(page.text.contains("商城 &#60;生产&#62;") || page.text.contains("商城 &lt;生产&gt;"));
        // the newest live key comes first
        let revoke = page.text.split("action=\"").find(|part| part.contains("/revoke\"")).unwrap();
        let revoke = revoke.split('"').next().unwrap().to_owned();
        let answer = owner.post_form(&revoke, &[]).await.expect(303);
        assert!(owner.follow(&answer).await.text.contains("密钥已吊销"));
        let call = house.request(reqwest::Method::GET, "/api/v1/payouts").bearer_auth(&key);
        Answer::of(call).await.expect_problem(401, "unauthenticated");
        // done again it changes nothing
        owner.post_form(&revoke, &[]).await.expect(303);
    }

    async fn an_endpoint_is_registered_tested_and_its_deliveries_are_seen(house) {
        let (shop, owner, place, secret) = shop_with_hook(house).await;
        assert!(secret.starts_with("whsec_"));
        let page = owner.get(&place).await.expect(200);
        assert!(page.text.contains("还没有投递记录") && page.text.contains(URL));
        assert!(!page.text.contains(&secret));
        house.outside.behaves("hooks.tea.example.com", Manner::Answers(500, "<i>oops</i>"));
        let answer = owner.post_form(&format!("{place}/test"), &[]).await.expect(303);
        assert!(owner.follow(&answer).await.text.contains("测试事件已加入队列"));
        house.deliver().await;
        let arrival = house.outside.take().remove(0);
        assert!(super::is_signed_with(&arrival, &secret));
        let page = owner.get(&place).await.expect(200);
        assert!(page.text.contains("重试中") && page.text.contains("投递失败,重试中"));
        let delivery = page.text.split("href=\"").find(|part| part.contains("/deliveries/")).unwrap();
        let delivery = delivery.split('"').next().unwrap().to_owned();
        let page = owner.get(&delivery).await.expect(200);
        assert!(page.text.contains(arrival.header("webhook-id")));
        assert!(page.text.contains("500") && !page.text.contains("<i>oops"));
        assert!(page.text.contains("oops"));
        // mended, and sent again from here
        house.outside.behaves("hooks.tea.example.com", Manner::Answers(200, "ok"));
        let answer = owner.post_form(&format!("{delivery}/replay"), &[]).await.expect(303);
        assert!(owner.follow(&answer).await.text.contains("已重新投递"));
        house.deliver().await;
        assert!(owner.get(&delivery).await.text.contains("已送达"));
        // a payout's events name it, and are found by kind and state
        shop.knows("u1").await;
        let payout = shop.pays("u1", 1_000).await.expect(201).id();
        house.run().await;
        house.deliver().await;
        let page = owner.get(&format!("{place}?state=delivered&kind=payout.succeeded&from=2026-11-23&to=2026-11-23")).await;
        assert_eq!(page.text.matches(&format!("/admin/payouts/{payout}")).count(), 1);
        let page = owner.get(&format!("{place}?state=failed")).await;
        assert!(page.text.contains("没有符合条件的记录"));
    }

    async fn wrong_addresses_are_refused_with_the_reason_and_nothing_is_saved(house) {
        let shop = house.shop("tea");
        let owner = house.signs_in(&shop).await;
        house.outside.behaves("rebound.example.com", Manner::Rebound);
        house.outside.behaves("nowhere.example.com", Manner::Nameless);
        owner.get(&format!("{PAGE}/endpoints/new")).await.expect(200);
        for (url, sentence) in [
            ("", "这不是一个网址"),
            ("http://shop.example.com/", "必须以 https:// 开头"),
            ("ftp://shop.example.com/", "必须以 https:// 开头"),
            ("https://shop.example.com:22/", "端口必须是 443 或 8443"),
            ("https://localhost/", "必须是公网域名"),
            ("https://127.1/", "这是内网、保留或云主机元数据地址"),
            ("https://100.100.100.200/latest", "这是内网、保留或云主机元数据地址"),
            ("https://a:b@shop.example.com/", "不能带用户名和密码"),
            ("https://rebound.example.com/", "这个域名解析到内网"),
            ("https://nowhere.example.com/", "找不到这个域名"),
        ] {
            let fields = [("url", url), ("wants", "all"), ("name", "留着")];
            let answer = owner.post_form(&format!("{PAGE}/endpoints"), &fields).await.expect(422);
            assert!(answer.text.contains(sentence), "{url}: {}", answer.text);
            assert!(answer.text.contains("留着"), "what was typed stays");
        }
        let fields = [("url", URL), ("wants", "some"), ("event", "webhook.test"), ("event", "x")];
        let answer = owner.post_form(&format!("{PAGE}/endpoints"), &fields).await.expect(422);
        assert!(answer.text.contains("请至少勾选一个事件"));
        assert_eq!(house.rows("webhook_endpoints"), 0);
    }

    async fn an_endpoint_is_changed_disabled_enabled_and_removed(house) {
        let (_shop, owner, place, _secret) = shop_with_hook(house).await;
        let page = owner.get(&format!("{place}/edit")).await.expect(200);
        assert!(page.text.contains(URL));
        let fields = [
            ("url", "https://new.tea.example.com/"),
            ("wants", "some"),
            ("event", "payout.failed"),
            ("event", "payout.succeeded"),
        ];
        let answer = owner.post_form(&place, &fields).await.expect(303);
        let page = owner.follow(&answer).await;
        assert!(page.text.contains("接收地址已保存") && page.text.contains("https://new.tea.example.com/"));
        assert!(page.text.contains("付款成功 · 付款失败"));
        let answer = owner.post_form(&format!("{place}/disable"), &[]).await.expect(303);
        assert!(owner.follow(&answer).await.text.contains("已由成员停用"));
        owner.post_form(&format!("{place}/test"), &[]).await.expect(303);
        assert_eq!(house.deliver().await, 0);
        let answer = owner.post_form(&format!("{place}/enable"), &[]).await.expect(303);
        assert!(owner.follow(&answer).await.text.contains("已启用"));
        assert_eq!(house.deliver().await, 1);
        assert_eq!(house.outside.take()[0].url, "https://new.tea.example.com/");
        let answer = owner.post_form(&format!("{place}/remove"), &[]).await.expect(303);
        let page = owner.follow(&answer).await;
        assert!(page.text.contains("接收地址已删除") && page.text.contains("还没有接收地址"));
        owner.get(&place).await.expect(404);
        owner.post_form(&format!("{place}/test"), &[]).await.expect(404);
    }

    async fn a_rotated_secret_is_shown_and_the_old_one_holds_a_day(house) {
        let (_shop, owner, place, old) = shop_with_hook(house).await;
        owner.get(&place).await.expect(200);
        let answer = owner.post_form(&format!("{place}/rotate"), &[]).await.expect(200);
        let new = secret(&answer);
        assert!(answer.text.contains("24 小时内仍然有效") && new != old);
        let page = owner.get(&place).await.expect(200);
        assert!(page.text.contains("旧签名密钥有效至 2026-11-24 12:00:00"));
        owner.post_form(&format!("{place}/test"), &[]).await.expect(303);
        house.deliver().await;
        let arrival = house.outside.take().remove(0);
        assert!(super::is_signed_with(&arrival, &old) && super::is_signed_with(&arrival, &new));
    }

    async fn the_events_of_a_time_are_sent_again_from_the_page(house) {
        let (_shop, owner, place, _secret) = shop_with_hook(house).await;
        owner.get(&place).await.expect(200);
        for _ in 0..3 {
            owner.post_form(&format!("{place}/test"), &[]).await.expect(303);
        }
        house.deliver().await;
        house.outside.take();
        house.clock.advance(Duration::from_mins(2));
        let replay = format!("{place}/replay");
        for (from, to) in [("", ""), ("2026-11-23T13:00", "2026-11-23T12:00"), ("gestern", "2026-11-23T12:00")] {
            let fields = [("from", from), ("to", to), ("which", "all")];
            let answer = owner.post_form(&replay, &fields).await.expect(422);
            assert!(answer.text.contains("且结束晚于开始"));
        }
        let fields = [("from", "2026-11-23T12:00"), ("to", "2026-11-23T12:00"), ("which", "all")];
        let answer = owner.post_form(&replay, &fields).await.expect(303);
        assert!(owner.follow(&answer).await.text.contains("已将 3 条事件重新加入投递队列"));
        assert_eq!(house.deliver().await, 3);
        let fields = [("from", "2026-11-23T12:00"), ("to", "2026-11-23T12:05"), ("which", "failed")];
        let answer = owner.post_form(&replay, &fields).await.expect(303);
        assert!(owner.follow(&answer).await.text.contains("已将 0 条事件"));
    }

    async fn pages_of_deliveries_follow_each_other(house) {
        let (_shop, owner, place, _secret) = shop_with_hook(house).await;
        owner.get(&place).await.expect(200);
        for _ in 0..25 {
            owner.post_form(&format!("{place}/test"), &[]).await.expect(303);
        }
        let first = owner.get(&place).await;
        assert_eq!(first.text.matches("/deliveries/").count(), 20);
        let next = first.text.split("href=\"").find(|part| part.contains("before=")).unwrap();
        let next = next.split('"').next().unwrap().replace("&amp;", "&");
        let second = owner.get(&format!("{place}{next}")).await.expect(200);
        assert_eq!(second.text.matches("/deliveries/").count(), 5);
        assert!(second.text.contains("回到第一页"));
    }

    async fn who_is_not_of_finance_looks_and_changes_nothing(house) {
        let (shop, owner, place, _secret) = shop_with_hook(house).await;
        owner.get(&place).await.expect(200);
        owner.post_form(&format!("{place}/test"), &[]).await.expect(303);
        for role in [Role::Staff, Role::Viewer] {
            let member = house.signs_in_as(&shop, role).await;
            let page = member.get(PAGE).await.expect(200);
            assert!(page.text.contains("您的角色只能查看") && !page.text.contains("action=\"/admin"));
            // the path of an address can carry a secret
            assert!(page.text.contains("https://hooks.tea.example.com/…") && !page.text.contains(URL));
            let page = member.get(&place).await.expect(200);
            assert!(!page.text.contains(URL) && !page.text.contains("action=\"/admin/developers/endpoints/new"));
            let delivery = page.text.split("href=\"").find(|part| part.contains("/deliveries/")).unwrap();
            let delivery = delivery.split('"').next().unwrap().to_owned();
            member.get(&delivery).await.expect(200);
            member.get(&format!("{PAGE}/endpoints/new")).await.expect(403);
            member.get(&format!("{place}/edit")).await.expect(403);
            for path in ["test", "rotate", "enable", "disable", "remove", "replay"] {
                member.post_form(&format!("{place}/{path}"), &[]).await.expect(403);
            }
            member.post_form(&place, &[("url", URL)]).await.expect(403);
            member.post_form(&format!("{delivery}/replay"), &[]).await.expect(403);
            member.post_form(&format!("{PAGE}/keys"), &[("name", "x")]).await.expect(403);
            member.post_form(&format!("{PAGE}/endpoints"), &[("url", URL)]).await.expect(403);
        }
        let finance = house.signs_in_as(&shop, Role::Finance).await;
        let page = finance.get(&place).await.expect(200);
        assert!(page.text.contains(URL));
        finance.post_form(&format!("{place}/test"), &[]).await.expect(303);
    }

    async fn another_shops_pages_are_as_if_they_were_not_there(house) {
        let (_shop, owner, place, _secret) = shop_with_hook(house).await;
        owner.get(&place).await.expect(200);
        owner.post_form(&format!("{place}/test"), &[]).await.expect(303);
        let page = owner.get(&place).await;
        let delivery = page.text.split("href=\"").find(|part| part.contains("/deliveries/")).unwrap();
        let delivery = delivery.split('"').next().unwrap().to_owned();
        let other = house.shop("coffee");
        let stranger = house.signs_in(&other).await;
        let missing = format!("{PAGE}/endpoints/019ab000-0000-7000-8000-000000000000");
        for path in [place.clone(), format!("{place}/edit"), delivery.clone(), missing, format!("{PAGE}/endpoints/x")] {
            stranger.get(&path).await.expect(404);
        }
        for path in ["test", "rotate", "enable", "disable", "remove"] {
            stranger.post_form(&format!("{place}/{path}"), &[]).await.expect(404);
        }
        stranger.post_form(&format!("{delivery}/replay"), &[]).await.expect(404);
        let fields = [("url", URL), ("wants", "all")];
        stranger.post_form(&place, &fields).await.expect(404);
        let fields = [("from", "2026-11-23T12:00"), ("to", "2026-11-23T13:00"), ("which", "all")];
        stranger.post_form(&format!("{place}/replay"), &fields).await.expect(404);
    }

    async fn a_secret_is_given_only_to_who_has_just_proved_who_they_are(house) {
        let (_shop, owner, place, _secret) = shop_with_hook(house).await;
        house.clock.advance(Duration::from_mins(6));
        owner.get(&place).await.expect(200);
        let asked = owner.post_form(&format!("{place}/rotate"), &[]).await.expect(403);
        assert!(!asked.text.contains("whsec_"));
        let fields = [("url", "https://other.tea.example.com/"), ("wants", "some"), ("event", "payout.failed")];
        let asked = owner.post_form(&place, &fields).await.expect(403);
        assert!(asked.text.contains("https://other.tea.example.com/"), "the form is kept");
        // the kept form with the proof does it
        let fields = [fields.as_slice(), &[("proof", crate::harness::PASSWORD)]].concat();
        owner.post_form(&place, &fields).await.expect(303);
        let page = owner.get(&place).await.expect(200);
        assert!(page.text.contains("https://other.tea.example.com/"));
    }

    async fn trouble_is_said_where_it_is_seen(house) {
        let (_shop, owner, place, _secret) = shop_with_hook(house).await;
        owner.get(&place).await.expect(200);
        house.outside.behaves("hooks.tea.example.com", Manner::Answers(410, ""));
        owner.post_form(&format!("{place}/test"), &[]).await.expect(303);
        house.deliver().await;
        assert!(owner.get(&place).await.text.contains("已自动停用:您的服务器返回了 410"));
        assert!(owner.get(PAGE).await.text.contains("已停用"));
        owner.get("/language/en").await;
        assert!(owner.get(&place).await.text.contains("Disabled: your server answered 410"));
    }
}
