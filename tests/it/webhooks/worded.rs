//! What is written down of an answer, and what is not.

use zhanfu::outbox::{self, Outcome};

use crate::harness::Manner;
use crate::on_both_databases;

const HOST: &str = "hooks.tea.example.com";
const URL: &str = "https://hooks.tea.example.com/zhanfu?token=s3cr3t";

on_both_databases! {
    async fn of_an_answer_two_hundred_printable_characters_are_kept(house) {
        let shop = house.shop("tea");
        let endpoint = shop.listens(house, URL);
        let long: &'static str = Box::leak(format!("<script>\u{0}\u{1b}[31m\r\n{}", "密".repeat(5_000)).into_boxed_str());
        house.outside.behaves(HOST, Manner::Answers(400, long));
        shop.tests(house, endpoint.id);
        house.deliver().await;
        let answer = shop.tries(house, endpoint.id)[0].verdict.answer.clone().unwrap();
        assert!(answer.starts_with("<script>[31m  密密"), "{answer}");
        assert_eq!(answer.chars().count(), 200);
    }

    async fn the_log_has_the_host_and_never_the_path_or_the_secret(house) {
        let shop = house.shop("tea");
        let endpoint = shop.listens(house, URL);
        let details = shop.in_tx(house, |tx| {
            let object = zhanfu::audit::Object::Endpoint(endpoint.id);
            let history = zhanfu::audit::list_for_object(tx, shop.tenant, &object).unwrap();
            history[0].details.to_string()
        });
        assert!(details.contains("https://hooks.tea.example.com"));
        assert!(!details.contains("s3cr3t") && !details.contains("whsec_"));
        // the same of what programs print
        let shown = format!("{:?}", shop.endpoint(house, endpoint.id));
        assert!(!shown.contains("s3cr3t"), "{shown}");
    }

    async fn an_endpoint_whose_secret_does_not_open_is_not_called(house) {
        let shop = house.shop("tea");
        let endpoint = shop.listens(house, URL);
        shop.in_tx(house, |tx| {
            zhanfu::db::sql("UPDATE webhook_endpoints SET sealed_secret = $1")
                .bind(vec![1_u8, 2, 3])
                .execute(tx)
                .unwrap();
        });
        shop.tests(house, endpoint.id);
        house.deliver().await;
        assert!(house.outside.take().is_empty());
        assert_eq!(shop.outcomes(house, endpoint.id), [Outcome::Unsigned]);
        assert_eq!(Outcome::parse("unsigned"), Some(Outcome::Unsigned));
        assert!(outbox::Kind::parse("payout.sent").is_none());
    }
}
