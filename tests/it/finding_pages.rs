//! 对账 through the doors.

use serde_json::json;
use zhanfu::audit::By;
use zhanfu::basics::{Clock as _, PayoutId};
use zhanfu::db::{DbFault, Scope};
use zhanfu::findings::{self, Kind};
use zhanfu::people::Role;

use crate::harness::{House, Shop};
use crate::on_both_databases;

/// Something that does not fit about a payout of the shop; the finding's id.
async fn found(house: &House, shop: &Shop, kind: Kind) -> String {
    shop.knows("u1").await;
    let payout: PayoutId = shop
        .pays("u1", 1_000)
        .await
        .expect(201)
        .id()
        .parse()
        .unwrap();
    house.run().await;
    let (tenant, now) = (shop.tenant, house.clock.now());
    let details =
        json!({ "status": "succeeded", "answered": "<b>failed</b>", "code": null, "attempt": 3 });
    house
        .ground
        .database
        .write_blocking("find", Scope::Tenant(tenant), |tx| -> Result<_, DbFault> {
            findings::report(tx, tenant, payout, kind, &details, &By::ENGINE, now)?;
            let open = findings::list_open(tx, tenant)?;
            Ok(open.last().unwrap().id.to_string())
        })
        .unwrap()
}

on_both_databases! {
    async fn a_finding_is_explained_resolved_once_and_kept(house) {
        let shop = house.shop("tea");
        let id = found(house, &shop, Kind::PaidHereFailedThere).await;
        let lin = house.signs_in(&shop).await;
        assert!(lin.get("/admin").await.expect(200).text.contains("1 项对账差异待处理"));
        let page = lin.get("/admin/findings").await.expect(200);
        for words in ["本系统记为已付,微信显示失败", "付款已停止", "不要直接再付一次", "¥10.00", "已到账"] {
            assert!(page.text.contains(words), "{words}");
        }
        assert!(!page.text.contains("<b>failed</b>"));
        let path = format!("/admin/findings/{id}/resolve");
        let refused = lin.post_form(&path, &[("resolution", "短")]).await.expect(422);
        assert!(refused.text.contains("5–500 字"));
        let how = "已在商户平台核对 <script>alert(1)</script>";
        let done = lin.post_form(&path, &[("resolution", how)]).await.expect(303);
        let page = lin.follow(&done).await.expect(200);
        assert!(page.text.contains("已标记为已处理") && page.text.contains("没有待处理的差异"));
        assert!(page.text.contains("owner@tea.example.com") && page.text.contains("已在商户平台核对"));
        assert!(!page.text.contains("<script>"));
        lin.post_form(&path, &[("resolution", how)]).await.expect(404);
        assert!(!lin.get("/admin").await.expect(200).text.contains("对账差异待处理"));
    }

    async fn every_kind_has_its_words(house) {
        let shop = house.shop("tea");
        for kind in Kind::ALL {
            found(house, &shop, kind).await;
        }
        let lin = house.signs_in(&shop).await;
        let page = lin.get("/admin/findings").await.expect(200);
        assert_eq!(page.text.matches("怎么做:").count(), Kind::ALL.len());
        lin.get("/language/en?back=/admin/findings").await;
        let page = lin.get("/admin/findings").await.expect(200);
        assert_eq!(page.text.matches("What to do:").count(), Kind::ALL.len());
    }

    async fn findings_are_the_shops_own_and_resolved_by_those_of_money(house) {
        let (shop, other) = (house.shop("tea"), house.shop("fruit"));
        let foreign = found(house, &other, Kind::RecordDiffers).await;
        let own = found(house, &shop, Kind::RecordDiffers).await;
        let lin = house.signs_in(&shop).await;
        let page = lin.get("/admin/findings").await.expect(200);
        assert!(page.text.contains(&own) && !page.text.contains(&foreign));
        for id in [foreign.as_str(), "01930000-0000-7000-8000-000000000000", "nonsense"] {
            let path = format!("/admin/findings/{id}/resolve");
            lin.get("/admin/findings").await.expect(200);
            lin.post_form(&path, &[("resolution", "已核对资金流水")]).await.expect(404);
        }
        for role in [Role::Staff, Role::Viewer] {
            let visitor = house.signs_in_as(&shop, role).await;
            let page = visitor.get("/admin/findings").await.expect(200);
            assert!(page.text.contains("微信记录与付款单不符") && !page.text.contains("name=\"resolution\""));
            let path = format!("/admin/findings/{own}/resolve");
            visitor.post_form(&path, &[("resolution", "已核对资金流水")]).await.expect(403);
        }
    }
}
