//! A withdrawal from the request to the money.

use crate::on_both_databases;

on_both_databases! {
    async fn a_withdrawal_is_paid_once_and_the_books_agree(house) {
        let shop = house.shop("tea");
        shop.knows("u1").await;
        shop.earns("u1", 10_000).await;
        let accepted = shop.asks("u1", 1_234).await.expect(201);
        assert_eq!(accepted.at("/status"), "queued");
        assert_eq!(shop.balance("u1").await, (8_766, 1_234, 0));
        house.run().await;
        let paid = shop.payout(&accepted.id()).await;
        assert_eq!(paid.at("/status"), "succeeded");
        assert!(paid.at("/payment_no").is_string());
        assert_eq!(shop.balance("u1").await, (8_766, 0, 1_234));
        let book = house.simulator.book();
        assert_eq!(book.movements.len(), 1);
        assert_eq!(book.movements[0].amount_fen, 1_234);
        assert_eq!(book.movements[0].partner_trade_no, accepted.at("/partner_trade_no").as_str().unwrap());
    }
}
