//! The life of a certificate on the page.

use std::time::Duration;

use zhanfu::simulator::{PackageOptions, Validity};

use super::{PAGE, beside, chosen, lands, saves, settings, version_of};
use crate::harness::Answer;
use crate::on_both_databases;

/// The address of the certificate that waits.
fn waiting_on(page: &Answer) -> String {
    let (_, rest) = page
        .text
        .split_once("class=\"inner\" id=\"certificate-")
        .unwrap();
    let (id, _) = rest.split_once('"').unwrap();
    format!("/admin/wechat-pay/certificates/{id}")
}

const DAY: Duration = Duration::from_hours(24);

on_both_databases! {
    async fn a_new_certificate_waits_is_checked_is_taken_into_use_and_the_old_one_comes_back(house) {
        let shop = house.shop("tea");
        let owner = house.signs_in(&shop).await;
        let old = settings(house, &shop).certificate.unwrap();
        shop.knows("u1").await;
        shop.pays("u1", 100).await.expect(201);
        house.run().await;

        let new = house.simulator.reissue(&shop.mchid, PackageOptions::default()).unwrap();
        let fields = [("app_id", shop.app_id.as_str()), ("mch_id", &shop.mchid)];
        let upload = saves(&owner, &fields, &[chosen("apiclient_cert.p12", &new.p12)]).await;
        let page = lands(&owner, upload).await;
        assert!(page.text.contains("新证书已保存，尚未启用"));
        assert!(page.text.contains("最近的调用中有 1 次使用这张证书"));
        assert_eq!(settings(house, &shop).certificate.unwrap().id, old.id);
        let (waiting, _) = beside(house, &shop);
        assert_eq!(waiting, std::slice::from_ref(&new.info.serial));

        let path = waiting_on(&page);
        let version = version_of(&page);
        let seen = [("seen_version", version.as_str())];
        let page = owner.post_form(&format!("{path}/activate"), &seen).await.expect(409);
        assert!(page.text.contains("这张证书还没有检测通过"));
        let page = lands(&owner, owner.post_form(&format!("{path}/check"), &[]).await).await;
        assert!(page.text.contains("检测通过") && page.text.contains("微信支付已接受证书"));
        let page = owner.post_form(&format!("{path}/activate"), &[("seen_version", "1")]).await.expect(409);
        assert!(page.text.contains("设置刚刚被别人修改过"));
        let page = lands(&owner, owner.post_form(&format!("{path}/activate"), &seen).await).await;
        assert!(page.text.contains("证书已启用") && page.text.contains("换回这张证书"));
        assert_eq!(settings(house, &shop).certificate.unwrap().facts.serial, new.info.serial);

        shop.pays("u1", 100).await.expect(201);
        house.run().await;
        let page = owner.get(PAGE).await.expect(200);
        assert_eq!(page.text.matches("最近的调用中有 1 次使用这张证书").count(), 2);

        let back = format!("/admin/wechat-pay/certificates/{}/activate", old.id);
        let version = version_of(&page);
        lands(&owner, owner.post_form(&back, &[("seen_version", &version)]).await).await;
        assert_eq!(settings(house, &shop).certificate.unwrap().id, old.id);
        shop.pays("u1", 100).await.expect(201);
        house.run().await;
        assert_eq!(house.simulator.book().movements.len(), 3);
    }

    async fn a_certificate_that_fails_its_check_is_not_taken_into_use(house) {
        let shop = house.shop("tea");
        let owner = house.signs_in(&shop).await;
        let options = PackageOptions {
            issuer: zhanfu::simulator::Issuer::Other,
            ..PackageOptions::default()
        };
        let strange = house.simulator.package_with(&shop.mchid, options).unwrap();
        let fields = [("app_id", shop.app_id.as_str()), ("mch_id", &shop.mchid)];
        let page = lands(&owner, saves(&owner, &fields, &[chosen("a.p12", &strange.p12)]).await).await;
        assert!(page.text.contains("不是微信支付颁发"));
        let path = waiting_on(&page);
        let page = lands(&owner, owner.post_form(&format!("{path}/check"), &[]).await).await;
        assert!(page.text.contains("微信支付不接受商户API证书"), "{}", page.text);
        let version = version_of(&page);
        let seen = [("seen_version", version.as_str())];
        owner.post_form(&format!("{path}/activate"), &seen).await.expect(409);
        let page = lands(&owner, owner.post_form(&format!("{path}/discard"), &seen).await).await;
        assert!(page.text.contains("证书已移除"));
        assert_eq!(beside(house, &shop), (vec![], vec![]));
        owner.post_form(&format!("{path}/activate"), &seen).await.expect(404);
        let in_use = settings(house, &shop).certificate.unwrap().id;
        let page = owner
            .post_form(&format!("/admin/wechat-pay/certificates/{in_use}/discard"), &seen)
            .await
            .expect(409);
        assert!(page.text.contains("使用中的证书不能移除"));
    }

    async fn the_page_warns_before_a_certificate_ends(house) {
        let shop = house.empty_shop("tea");
        let options = PackageOptions { validity: Validity::EndsIn(100), ..PackageOptions::default() };
        let package = house.simulator.package_with(&shop.mchid, options).unwrap();
        let owner = house.signs_in(&shop).await;
        let fields = [("app_id", shop.app_id.as_str()), ("mch_id", &shop.mchid), ("api_key", crate::harness::API_KEY)];
        let page = lands(&owner, saves(&owner, &fields, &[chosen("a.p12", &package.p12)]).await).await;
        assert!(!page.text.contains("天过期") && page.text.contains("可以付款"));
        for (days, said) in [(11, "商户API证书还有 89 天过期"), (60, "还有 29 天过期"), (22, "还有 7 天过期"), (6, "将在一天内过期"), (2, "商户API证书已过期")] {
            house.clock.advance(DAY * days);
            let owner = house.signs_in(&shop).await;
            let page = owner.get(PAGE).await.expect(200);
            assert!(page.text.contains(said), "{said}: {}", page.text);
        }
        let owner = house.signs_in(&shop).await;
        let page = owner.get(PAGE).await.expect(200);
        assert!(page.text.contains("证书不在有效期内"));
        // none is in use that works: a new one is taken at once
        let new = house.simulator.reissue(&shop.mchid, PackageOptions::default()).unwrap();
        let page = lands(&owner, saves(&owner, &fields, &[chosen("a.p12", &new.p12)]).await).await;
        assert!(page.text.contains("证书已上传并开始使用") && page.text.contains("可以付款"));
    }
}
