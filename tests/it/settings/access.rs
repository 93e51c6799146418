//! Who may do what, and forged forms.

use reqwest::Method;
use zhanfu::people::Role;

use super::{PAGE, chosen, saves_seen, settings, version_of};
use crate::harness::{Visitor, hidden, multipart_body};
use crate::on_both_databases;

const CONTENT_TYPE: &str = "multipart/form-data; boundary=----a-line-that-no-file-has";

/// A whole form that would change the AppID, sent as somebody else would send it.
async fn forges(
    visitor: &Visitor,
    version: &str,
    token: &str,
    headers: &[(&str, &str)],
) -> crate::harness::Answer {
    let fields = [
        ("form_token", token),
        ("seen_version", version),
        ("app_id", "wx00000000000000ff"),
    ];
    let mut request = visitor
        .bare_request(&Method::POST, PAGE)
        .header("content-type", CONTENT_TYPE)
        .body(multipart_body(&fields, &[]));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    visitor.send(request).await
}

on_both_databases! {
    async fn staff_and_viewers_look_and_change_nothing(house) {
        let shop = house.shop("tea");
        let owner = house.signs_in(&shop).await;
        let page = owner.get(PAGE).await.expect(200);
        let (version, certificate) = (version_of(&page), settings(house, &shop).certificate.unwrap().id);
        for role in [Role::Staff, Role::Viewer] {
            let visitor = house.signs_in_as(&shop, role).await;
            let page = visitor.get(PAGE).await.expect(200);
            assert!(page.text.contains("您可以查看这些设置") && page.text.contains(&shop.app_id));
            assert!(!page.text.contains("<input id=") && !page.text.contains("name=\"do\""));
            let zip = shop.certificate_zip(house);
            saves_seen(&visitor, &version, &[("app_id", "wx00000000000000ff")], &[]).await.expect(403);
            saves_seen(&visitor, &version, &[], &[chosen("a.zip", &zip)]).await.expect(403);
            visitor.post_form("/admin/wechat-pay/check", &[]).await.expect(403);
            for verb in ["check", "activate", "discard"] {
                let path = format!("/admin/wechat-pay/certificates/{certificate}/{verb}");
                visitor.post_form(&path, &[("seen_version", &version)]).await.expect(403);
            }
        }
        let finance = house.signs_in_as(&shop, Role::Finance).await;
        finance.get(PAGE).await.expect(200);
        saves_seen(&finance, &version, &[("app_id", "wx00000000000000aa"), ("mch_id", &shop.mchid)], &[])
            .await
            .expect(303);
        assert_eq!(settings(house, &shop).app_id.unwrap().as_str(), "wx00000000000000aa");
    }

    async fn nobody_gets_in_without_signing_in(house) {
        let shop = house.shop("tea");
        let visitor = house.visitor();
        for path in [PAGE, "/admin/wechat-pay/history"] {
            assert_eq!(visitor.get(path).await.expect(303).header("location"), Some("/sign-in"));
        }
        let answer = visitor.post_form("/admin/wechat-pay/check", &[]).await.expect(303);
        assert_eq!(answer.header("location"), Some("/sign-in"));
        assert_eq!(settings(house, &shop).version, 2);
    }

    async fn another_tenants_certificate_is_not_there(house) {
        let (tea, tofu) = (house.shop("tea"), house.shop("tofu"));
        let owner = house.signs_in(&tea).await;
        let version = version_of(&owner.get(PAGE).await.expect(200));
        let theirs = settings(house, &tofu).certificate.unwrap().id;
        let nobodys = "0190a0a0-0000-7000-8000-000000000000";
        for verb in ["check", "activate", "discard"] {
            let mut answers = Vec::new();
            for id in [theirs.to_string().as_str(), nobodys, "no-id"] {
                let path = format!("/admin/wechat-pay/certificates/{id}/{verb}");
                let answer = owner.post_form(&path, &[("seen_version", &version)]).await.expect(404);
                let id = answer.header("x-request-id").unwrap().to_owned();
                answers.push(answer.text.replace(&id, "").replace(&path, ""));
            }
            assert!(answers.iter().all(|answer| *answer == answers[0]));
        }
        assert_eq!(settings(house, &tofu).version, 2);
    }

    async fn a_forged_form_changes_nothing(house) {
        let (tea, tofu) = (house.shop("tea"), house.shop("tofu"));
        let owner = house.signs_in(&tea).await;
        let version = version_of(&owner.get(PAGE).await.expect(200));
        let token = owner.form_token();
        let stranger = house.signs_in(&tofu).await;
        let theirs = hidden(&stranger.get("/admin").await.expect(200).text, "form_token").unwrap();
        let ours = [("sec-fetch-site", "same-origin")];
        // F-01, F-02: without a token, with another session's
        forges(&owner, &version, "", &ours).await.expect(403);
        forges(&owner, &version, &theirs, &ours).await.expect(403);
        // F-04, F-05: from a neighbour, from elsewhere, from nowhere that is said
        for headers in [
            &[("sec-fetch-site", "same-site")][..],
            &[("sec-fetch-site", "cross-site")],
            &[("origin", "null")],
            &[("origin", "http://evil.example")],
            &[],
        ] {
            forges(&owner, &version, &token, headers).await.expect(403);
        }
        for path in ["/admin/wechat-pay/check", "/admin/wechat-pay/certificates/x/activate"] {
            let request = owner
                .request(&Method::POST, path)
                .header("content-type", "application/x-www-form-urlencoded")
                .body("form_token=&seen_version=2");
            owner.send(request).await.expect(403);
        }
        assert_eq!(settings(house, &tea).version, 2);
        forges(&owner, &version, &token, &ours).await.expect(422);
        // F-08: a door that changes something has no GET
        for path in ["/admin/wechat-pay/check", "/admin/wechat-pay/certificates/x/activate"] {
            owner.get(path).await.expect(405);
        }
    }

    async fn what_is_set_is_replaced_only_by_somebody_who_proved_lately_that_it_is_them(house) {
        let shop = house.shop("tea");
        let owner = house.signs_in(&shop).await;
        let version = version_of(&owner.get(PAGE).await.expect(200));
        house.clock.advance(std::time::Duration::from_mins(6));
        let same = [("app_id", shop.app_id.as_str()), ("mch_id", &shop.mchid)];
        saves_seen(&owner, &version, &same, &[]).await.expect(303);
        let fields = [("app_id", "wx00000000000000aa"), ("mch_id", shop.mchid.as_str())];
        let page = saves_seen(&owner, &version, &fields, &[]).await.expect(403);
        assert!(page.text.contains("请确认是您本人") && page.text.contains("value=\"wx00000000000000aa\""));
        let wrong = [fields[0], fields[1], ("proof", "not this one")];
        let page = saves_seen(&owner, &version, &wrong, &[]).await.expect(403);
        assert!(page.text.contains("密码不正确") && !page.text.contains("not this one"));
        let zip = shop.certificate_zip(house);
        saves_seen(&owner, &version, &same, &[chosen("a.zip", &zip)]).await.expect(403);
        let in_use = settings(house, &shop).certificate.unwrap().id;
        let path = format!("/admin/wechat-pay/certificates/{in_use}/activate");
        owner.post_form(&path, &[("seen_version", &version)]).await.expect(403);
        assert_eq!(settings(house, &shop).version, 2);
        let right = [fields[0], fields[1], ("proof", crate::harness::PASSWORD)];
        saves_seen(&owner, &version, &right, &[]).await.expect(303);
        assert_eq!(settings(house, &shop).app_id.unwrap().as_str(), "wx00000000000000aa");
    }
}
