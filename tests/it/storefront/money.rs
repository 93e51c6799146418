//! Amounts that are none, and balances that many ask for at once.

use serde_json::json;

use crate::on_both_databases;

on_both_databases! {
    async fn an_amount_is_a_whole_number_of_fen_and_more_than_nothing(house) {
        let shop = house.shop("tea");
        shop.knows("u1").await;
        shop.earns("u1", 1_000).await;
        for path in ["/withdrawals", "/payouts"] {
            for number in ["0", "-1", "0.5", "1.001", "100.0", "1e3", "9223372036854775808", "18446744073709551616", "-9223372036854775808"] {
                let body = format!(r#"{{"recipient_id":"u1","amount_fen":{number}}}"#);
                shop.posts(path, body).await.expect_field("amount_fen", "amount");
            }
            // the greatest there is, is a number, and a limit's matter
            let body = format!(r#"{{"recipient_id":"u1","amount_fen":{}}}"#, i64::MAX);
            shop.posts(path, body).await.expect_problem(422, "limit_exceeded");
            // a text is no number, whatever is in it
            for text in ["1.00", "1", "-0.01", "+1", "1,000.00", "１００", "٣", "￥1", " 1", "0x10", "1_000", ""] {
                let body = json!({ "recipient_id": "u1", "amount_fen": text }).to_string();
                let answer = shop.posts(path, body).await.expect_problem(400, "invalid_request");
                assert_eq!(answer.at("/errors/0/field"), "amount_fen", "{}", answer.text);
            }
            // neither is what JSON does not know
            for nonsense in ["NaN", "Infinity", "1e400", "0x10", "1_000", "01", "+1", "１"] {
                let body = format!(r#"{{"recipient_id":"u1","amount_fen":{nonsense}}}"#);
                shop.posts(path, body).await.expect_problem(400, "invalid_request");
            }
            shop.posts(path, r#"{"recipient_id":"u1","amount_fen":-0}"#).await.expect_problem(400, "invalid_request");
            // a currency is nothing that is asked for
            let body = json!({ "recipient_id": "u1", "amount_fen": 100, "currency": "USD" }).to_string();
            shop.posts(path, body).await.expect_problem(400, "invalid_request");
        }
        assert_eq!(shop.balance("u1").await, (1_000, 0, 0));
    }

    async fn more_than_the_balance_is_refused_with_what_there_is(house) {
        let shop = house.shop("tea");
        shop.knows("u1").await;
        shop.earns("u1", 1_000).await;
        let refused = shop.asks("u1", 1_001).await.expect_problem(422, "insufficient_balance");
        assert!(refused.at("/detail").as_str().unwrap().contains("1000"), "{}", refused.text);
        shop.asks("u1", 1_000).await.expect(201);
        shop.asks("u1", 30).await.expect_problem(422, "insufficient_balance");
        assert_eq!(shop.balance("u1").await, (0, 1_000, 0));
    }

    async fn of_64_who_ask_for_the_whole_balance_at_once_one_gets_it(house) {
        let shop = house.shop("tea");
        shop.knows("u1").await;
        shop.earns("u1", 5_000).await;
        let asked = futures_util::future::join_all((0..64).map(|_| shop.asks("u1", 5_000))).await;
        let accepted: Vec<_> = asked.iter().filter(|answer| answer.status == 201).collect();
        assert_eq!(accepted.len(), 1);
        for refused in asked.iter().filter(|answer| answer.status != 201) {
            refused.clone().expect_problem(422, "insufficient_balance");
        }
        house.run().await;
        assert_eq!(shop.balance("u1").await, (0, 0, 5_000));
        assert_eq!(house.simulator.book().movements.len(), 1);
    }
}
