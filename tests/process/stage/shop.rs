//! A shop that was made by the command line.

use zhanfu::simulator::{Limits, Merchant};

use super::Stage;

/// A shop that can pay.
#[derive(Clone, Debug)]
pub(crate) struct Shop {
    pub(crate) slug: String,
    pub(crate) mchid: String,
    pub(crate) app_id: String,
    pub(crate) key: String,
}

/// The API key of every shop's merchant account.
pub(crate) const API_KEY: &str = "8934e7d15453e97507ef794cf7b0519d";
/// The password of every shop's owner.
pub(crate) const PASSWORD: &str = "a long enough word";

impl Stage {
    /// Makes a shop with the commands of the contract: a tenant with everything it needs, without limits of the day, and a storefront key.
    pub(crate) async fn shop(&self, slug: &str) -> Shop {
        let shop = self.shop_at_wechat(slug);
        self.tenant(slug).await;
        let key_file = self.write("api-key", API_KEY.as_bytes());
        let package = self.simulator.package(&shop.mchid).unwrap();
        let zip = self.write(&format!("{slug}.zip"), &package.zip().unwrap());
        self.run(&[
            "tenant",
            "configure",
            slug,
            "--app-id",
            &shop.app_id,
            "--mch-id",
            &shop.mchid,
            "--api-key-file",
            &key_file,
            "--certificate",
            &zip,
        ])
        .await
        .done();
        let mut set = vec!["tenant", "limits", slug, "--set"];
        set.extend([
            "recipient_day_amount=none",
            "recipient_day_count=none",
            "tenant_day_amount=none",
            "review_above=none",
        ]);
        self.run(&set).await.done();
        let key = self
            .run(&["api-key", "create", slug, "--name", "storefront", "--json"])
            .await
            .done()
            .json();
        Shop {
            key: key["key"].as_str().unwrap().to_owned(),
            ..shop
        }
    }

    /// A shop's account at WeChat Pay, without limits of its own.
    pub(crate) fn shop_at_wechat(&self, slug: &str) -> Shop {
        let number = self.simulator.gateway().totals(0).len();
        let shop = Shop {
            slug: slug.to_owned(),
            mchid: format!("19000001{number:02}"),
            app_id: format!("wxd930ea5d5a258f{number:02x}"),
            key: String::new(),
        };
        let mut merchant = Merchant::new(&shop.mchid, &shop.app_id, API_KEY);
        merchant.limits = Limits::none();
        self.simulator.add_merchant(merchant).unwrap();
        shop
    }

    /// A tenant without settings.
    pub(crate) async fn tenant(&self, slug: &str) -> serde_json::Value {
        let password = self.write("password", PASSWORD.as_bytes());
        let email = format!("owner@{slug}.example.com");
        self.run(&[
            "tenant",
            "create",
            slug,
            "--name",
            "山间茶馆",
            "--owner-email",
            &email,
            "--owner-password-file",
            &password,
            "--json",
        ])
        .await
        .done()
        .json()
    }
}
