//! 批量付款: many payouts out of one file, on the pages.

use zhanfu::people::Role;

use crate::harness::{FormFile, Visitor};
use crate::on_both_databases;

const HEADER: &str = "收款人编号,金额(元),备注,外部单号\n";

async fn uploads(visitor: &Visitor, text: &str) -> crate::harness::Answer {
    let file = FormFile {
        field: "file",
        name: "付款.csv",
        bytes: text.as_bytes(),
    };
    visitor.post_multipart("/admin/batches", &[], &[file]).await
}

on_both_databases! {
    async fn a_table_is_uploaded_checked_confirmed_and_paid_once(house) {
        let shop = house.shop("tea");
        shop.knows("u1").await;
        shop.knows("u2").await;
        let owner = house.signs_in(&shop).await;
        owner.get("/admin/batches").await.expect(200);
        let text = format!("{HEADER}u1,12.50,推广奖励,p1\nu2,3,,\nu9,1,,\nu1,1.001,,\n");
        let taken = uploads(&owner, &text).await.expect(303);
        let path = taken.header("location").unwrap_or_default().to_owned();
        let page = owner.get(&path).await.expect(200);
        assert!(page.text.contains("¥15.50") && page.text.contains("没有这个收款人"), "{}", page.text);
        assert!(page.text.contains("最多两位小数"));
        // nothing is paid before it is confirmed
        assert_eq!(house.engine.work_on_batches().await, 0);
        let again = uploads(&owner, &text).await.expect(303);
        assert_eq!(again.header("location"), Some(format!("{path}?done=already").as_str()));
        let changed = owner.post_form(&format!("{path}/approve"), &[("lines", "2"), ("fen", "1551")]).await.expect(303);
        assert!(owner.follow(&changed).await.text.contains("请重新核对"));
        let approved = owner.post_form(&format!("{path}/approve"), &[("lines", "2"), ("fen", "1550")]).await.expect(303);
        assert!(owner.follow(&approved).await.header("refresh").is_some(), "progress is shown without any script");
        assert_eq!(house.engine.work_on_batches().await, 2);
        house.run().await;
        house.engine.work_on_batches().await;
        let book = house.simulator.book();
        assert_eq!((book.movements.len(), book.paid_fen), (2, 1_550));
        let page = owner.get(&path).await.expect(200);
        assert!(page.text.contains("已完成"), "{}", page.text);
        let result = owner.get(&format!("{path}/result.csv")).await.expect(200);
        assert!(result.text.starts_with('\u{feff}') && result.text.lines().count() == 5, "{}", result.text);
        assert!(result.text.contains("\"u1\",\"12.50\",\"推广奖励\",\"p1\",\"已生成付款单\""));
    }

    async fn a_paused_batch_waits_and_goes_on(house) {
        let shop = house.shop("tea");
        shop.knows("u1").await;
        let owner = house.signs_in(&shop).await;
        owner.get("/admin/batches").await.expect(200);
        let taken = uploads(&owner, &format!("{HEADER}u1,1,,\nu1,2,,\n")).await.expect(303);
        let path = taken.header("location").unwrap_or_default().to_owned();
        owner.post_form(&format!("{path}/approve"), &[("lines", "2"), ("fen", "300")]).await.expect(303);
        owner.post_form(&format!("{path}/pause"), &[]).await.expect(303);
        assert_eq!(house.engine.work_on_batches().await, 0);
        let twice = owner.post_form(&format!("{path}/pause"), &[]).await.expect(303);
        assert!(owner.follow(&twice).await.text.contains("没有再次操作"));
        owner.post_form(&format!("{path}/resume"), &[]).await.expect(303);
        assert_eq!(house.engine.work_on_batches().await, 2);
    }

    async fn files_that_are_none_are_refused_with_a_sentence(house) {
        let shop = house.shop("tea");
        let owner = house.signs_in(&shop).await;
        owner.get("/admin/batches").await.expect(200);
        for (text, sentence) in [
            ("a,b\n1,2\n", "缺少「收款人编号」列"),
            (HEADER, "表头下面没有内容"),
            ("\0\u{1}\u{2}", "无法识别的文件"),
        ] {
            let page = uploads(&owner, text).await.expect(422);
            assert!(page.text.contains(sentence), "{text:?}");
        }
        let nothing = owner.post_multipart("/admin/batches", &[], &[]).await.expect(422);
        assert!(nothing.text.contains("请选择一份付款表"));
        let large = "x".repeat(5 * 1024 * 1024);
        uploads(&owner, &large).await.expect(413);
        assert!(owner.get("/admin/batches").await.text.contains("还没有批量付款"));
    }

    async fn roles_and_other_shops_are_kept_out(house) {
        let (tea, fruit) = (house.shop("tea"), house.shop("fruit"));
        tea.knows("u1").await;
        let owner = house.signs_in(&tea).await;
        owner.get("/admin/batches").await.expect(200);
        let taken = uploads(&owner, &format!("{HEADER}u1,1,=1+1,\n")).await.expect(303);
        let path = taken.header("location").unwrap_or_default().to_owned();
        let viewer = house.signs_in_as(&tea, Role::Viewer).await;
        viewer.get(&path).await.expect(200);
        viewer.post_form(&format!("{path}/approve"), &[("lines", "1"), ("fen", "100")]).await.expect(403);
        uploads(&viewer, &format!("{HEADER}u1,2,,\n")).await.expect(403);
        let stranger = house.signs_in(&fruit).await;
        for method in ["", "/result.csv"] {
            stranger.get(&format!("{path}{method}")).await.expect(404);
        }
        stranger.post_form(&format!("{path}/discard"), &[]).await.expect(404);
        let forged = owner.request(&reqwest::Method::POST, &format!("{path}/approve"))
            .header("content-type", "application/x-www-form-urlencoded")
            .body("form_token=x&lines=1&fen=100");
        owner.send(forged).await.expect(403);
        let result = owner.get(&format!("{path}/result.csv")).await.expect(200);
        assert!(result.text.contains("\"'=1+1\""), "a formula is text: {}", result.text);
    }
}
