//! Signing in and out, as a browser does it.

use crate::harness::hidden;
use crate::on_both_databases;

on_both_databases! {
    async fn an_owner_signs_in_and_out(house) {
        let shop = house.empty_shop("tea");
        let owner = house.signs_in(&shop).await;
        let home = owner.get("/admin").await.expect(200);
        assert!(home.text.contains(&shop.owner()));
        owner.post_form("/sign-out", &[]).await.expect(303);
        let answer = owner.get("/admin").await.expect(303);
        assert_eq!(answer.header("location"), Some("/sign-in"));
    }

    async fn a_wrong_password_and_an_unknown_address_get_the_same_answer(house) {
        let shop = house.empty_shop("tea");
        let visitor = house.visitor();
        let page = visitor.get("/sign-in").await.expect(200);
        let sentences: Vec<String> = {
            let mut all = Vec::new();
            for email in [shop.owner().as_str(), "nobody@tea.example.com"] {
                let fields = [("email", email), ("password", "not this one")];
                let answer = visitor.post_form("/sign-in", &fields).await.expect(401);
                all.push(answer.text.replace(email, ""));
            }
            all
        };
        assert_eq!(sentences[0], sentences[1]);
        assert!(hidden(&page.text, "form_token").is_some());
    }
}
