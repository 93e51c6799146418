//! 微信支付配置: from an empty page to a certificate that is exchanged.

use crate::harness::API_KEY;
use crate::in_a_browser;
use zhanfu::simulator::PackageOptions;

in_a_browser! {
    async fn an_owner_fills_in_the_settings_uploads_the_package_and_checks(house, screen) {
        let shop = house.empty_shop("tea");
        screen.signs_in(&shop).await;
        screen.press("微信支付配置").await;
        screen.sees("还没有证书").await;
        screen.fits_the_width().await;
        screen.screenshot("settings-empty").await;

        screen.fill_label("AppID(应用ID)", "gh_0123456789").await;
        screen.fill_label("商户号", "19000").await;
        screen.fill_label("商户API密钥", "too short").await;
        screen.press("保存").await;
        screen.sees("没有保存，请更正标出的内容").await;
        screen.sees("您填写了 8 个字符").await;
        assert_eq!(screen.value_of("商户号").await, "19000");
        assert_eq!(screen.value_of("商户API密钥").await, "");
        screen.screenshot("settings-wrong").await;

        screen.fill_label("AppID(应用ID)", &format!(" {} ", shop.app_id)).await;
        screen.fill_label("AppSecret(应用密码)", "0123456789abcdef0123456789abcdef").await;
        screen.fill_label("商户号", &shop.mchid).await;
        screen.fill_label("商户API密钥", API_KEY).await;
        screen.fill_label("APIv3密钥", "abcdefghijklmnopqrstuvwxyz012345").await;
        screen.press("保存").await;
        screen.sees("已保存").await;
        screen.sees("粘贴时带入的空格或换行已自动去掉").await;
        screen.sees("已设置").await;
        assert_eq!(screen.value_of("商户API密钥").await, "");

        let zip = house.directory.join("1900000109_20261123_cert.zip");
        std::fs::write(&zip, shop.certificate_zip(house)).unwrap();
        screen.choose_files("商户API证书", &[zip]).await;
        screen.press("上传").await;
        screen.sees("证书已上传并开始使用").await;
        let serial = house.simulator.package(&shop.mchid).unwrap().info.serial.clone();
        screen.sees(&serial).await;
        screen.sees("可以付款").await;

        screen.press("一键检测").await;
        screen.sees("全部通过").await;
        screen.fits_the_width().await;
        screen.screenshot("settings-checked").await;

        for tutorial in ["AppID 在哪里", "商户号在哪里", "设置商户API密钥", "申请商户API证书", "设置 IP白名单"] {
            screen.press(&format!("教程：{tutorial}")).await;
        }
        screen.sees("接口调用IP").await;
        screen.fits_the_width().await;
        screen.screenshot("settings-tutorials").await;
    }

    async fn a_new_certificate_waits_is_checked_and_exchanged(house, screen) {
        let shop = house.shop("tea");
        screen.signs_in(&shop).await;
        let old = house.simulator.package(&shop.mchid).unwrap();
        let new = house.simulator.reissue(&shop.mchid, PackageOptions::default()).unwrap();
        let p12 = house.directory.join("apiclient_cert.p12");
        std::fs::write(&p12, &new.p12).unwrap();
        screen.open("/admin/wechat-pay").await;
        screen.choose_files("商户API证书", &[p12]).await;
        screen.press("上传").await;
        screen.sees("新证书已保存，尚未启用").await;
        screen.press("检测这张证书").await;
        screen.sees("检测通过").await;
        screen.fits_the_width().await;
        screen.screenshot("certificate-waits").await;
        screen.press("启用").await;
        screen.sees("证书已启用").await;
        screen.sees(&new.info.serial).await;
        screen.sees("已停用").await;
        screen.screenshot("certificate-exchanged").await;
        screen.press("换回这张证书").await;
        screen.sees("证书已启用").await;
        screen.sees(&old.info.serial).await;
    }
}
