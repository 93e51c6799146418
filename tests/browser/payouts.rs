//! 付款单, 提现额度配置, 首页 and 对账: a day of the person who watches the money.

use crate::in_a_browser;

in_a_browser! {
    async fn a_payout_is_approved_and_seen_paid(house, screen) {
        let shop = house.shop("tea");
        shop.knows_as("li-lei", "oTEST7Gt7wVPxIT1A9GjFaMYMiLei").await;
        shop.earns("li-lei", 100_000).await;
        shop.asks("li-lei", 66_600).await.expect(201);
        shop.pays("li-lei", 888).await.expect(201);
        house.run().await;
        screen.signs_in(&shop).await;
        screen.sees("1 笔付款等待审核").await;
        screen.fits_the_width().await;
        screen.screenshot("home").await;
        screen.press("去审核").await;
        screen.sees("¥666.00").await;
        screen.fits_the_width().await;
        screen.screenshot("payouts").await;
        screen.press("通过").await;
        screen.sees("陆佰陆拾陆元整").await;
        screen.fits_the_width().await;
        screen.screenshot("payouts-confirm").await;
        screen.press("通过").await;
        screen.sees("已通过。").await;
        house.run().await;
        screen.press("刷新").await;
        screen.sees("已到账").await;
        screen.fits_the_width().await;
        screen.screenshot("payout-paid").await;
        screen.open("/admin/limits").await;
        screen.sees("今日已用").await;
        screen.fill_label("单笔最高金额", "200").await;
        screen.press("预览影响").await;
        screen.sees("会被拒绝的付款").await;
        screen.fits_the_width().await;
        screen.screenshot("limits").await;
        screen.open("/admin/findings").await;
        screen.sees("没有待处理的差异").await;
        screen.fits_the_width().await;
        screen.screenshot("findings").await;
    }
}
