//! Signing in, and signing out.

use crate::in_a_browser;

in_a_browser! {
    async fn an_owner_signs_in_and_out(house, screen) {
        let shop = house.shop("tea");
        screen.open("/admin").await;
        screen.sees("登录").await;
        screen.fill_label("邮箱", &shop.owner()).await;
        screen.fill_label("密码", "not this one").await;
        screen.press("登录").await;
        screen.sees("邮箱或密码不正确").await;
        assert_eq!(screen.value_of("邮箱").await, shop.owner());
        screen.does_not_see("退出登录").await;
        screen.screenshot("sign-in-refused").await;
        screen.signs_in(&shop).await;
        screen.fits_the_width().await;
        screen.screenshot("home").await;
        screen.press("退出登录").await;
        screen.sees("邮箱").await;
        screen.screenshot("sign-in").await;
        screen.open("/admin").await;
        assert_eq!(screen.path().await, "/sign-in");
    }
}
