//! A shop, and what its people do.

use std::sync::atomic::{AtomicU64, Ordering};

use reqwest::Method;
use serde_json::{Value as Json, json};
use zhanfu::audit::By;
use zhanfu::basics::{ApiKey, AppId, EmailAddress, MerchantNumber, TenantId, TenantSlug};
use zhanfu::channels::certificate::{self, UploadedFile};
use zhanfu::channels::{self, SettingsChange};
use zhanfu::db::{DbFault, Scope};
use zhanfu::limits::{self, LimitChange, LimitName, WhenDayIsFull};
use zhanfu::people::{self, Password, Role};
use zhanfu::simulator::Merchant;
use zhanfu::tenants::{self, NewTenant, TenantName};

use super::{Answer, House};

pub const API_KEY: &str = "192006250b4c09247ec02edce69f6a2d";
pub const PASSWORD: &str = "correct horse battery";

pub struct Shop {
    pub slug: String,
    pub tenant: TenantId,
    pub key: String,
    pub mchid: String,
    pub app_id: String,
    base: String,
    http: reqwest::Client,
    number: AtomicU64,
}

impl Shop {
    pub(super) fn open(house: &House, slug: &str, is_ready: bool) -> Self {
        let ground = &house.ground;
        let now = zhanfu::basics::Clock::now(&*house.clock);
        let by = By::COMMAND_LINE;
        let new = NewTenant {
            slug: TenantSlug::parse(slug).unwrap(),
            name: TenantName::parse(&format!("{slug} 店")).unwrap(),
        };
        let email = EmailAddress::parse(&format!("owner@{slug}.example.com")).unwrap();
        let hash = Password::chosen(PASSWORD, &[])
            .unwrap()
            .hash(&*ground.random);
        let (tenant, key) = ground
            .database
            .write_blocking("a shop", Scope::AcrossTenants, |tx| {
                let id = tenants::create(tx, &new, &by, now).unwrap();
                limits::insert_defaults(tx, id)?;
                channels::open_channel(tx, id, &by, now)?;
                people::add_member(tx, id, &email, &hash, Role::Owner, &by, now).unwrap();
                let name = TenantName::parse("storefront").unwrap();
                let (_, key) = tenants::create_api_key(tx, id, &name, &by, &*ground.random, now)?;
                Ok::<_, DbFault>((id, key.expose().clone()))
            })
            .unwrap();
        let count = house.simulator.gateway().totals(0).len();
        let shop = Self {
            slug: slug.to_owned(),
            tenant,
            key,
            mchid: format!("19000001{count:02}"),
            app_id: format!("wxd930ea5d5a258f{count:02x}"),
            base: house.base.clone(),
            http: house.http.clone(),
            number: AtomicU64::new(0),
        };
        let merchant = Merchant::new(&shop.mchid, &shop.app_id, API_KEY);
        house.simulator.add_merchant(merchant).unwrap();
        if is_ready {
            shop.configure(house);
        }
        shop
    }

    /// Fills in 微信支付配置, certificate included.
    pub fn configure(&self, house: &House) {
        let now = zhanfu::basics::Clock::now(&*house.clock);
        let zip = self.certificate_zip(house);
        let number = MerchantNumber::parse(&self.mchid).unwrap();
        let files = [UploadedFile {
            name: "cert.zip",
            bytes: &zip,
        }];
        let change = SettingsChange {
            app_id: Some(AppId::parse(&self.app_id).unwrap()),
            merchant_number: Some(number.clone()),
            api_key: Some(ApiKey::parse(API_KEY).unwrap()),
            certificate: Some(certificate::read(&files, &number, now).unwrap()),
            ..SettingsChange::default()
        };
        house
            .ground
            .database
            .write_blocking("configure", Scope::Tenant(self.tenant), |tx| {
                channels::save(
                    tx,
                    &house.ground.vault,
                    self.tenant,
                    &change,
                    &By::COMMAND_LINE,
                    now,
                )
            })
            .unwrap();
    }

    /// The address that the owner signs in with; the password is `PASSWORD`.
    pub fn owner(&self) -> String {
        format!("owner@{}.example.com", self.slug)
    }

    /// The package that WeChat's certificate tool would have made.
    pub fn certificate_zip(&self, house: &House) -> Vec<u8> {
        house.simulator.package(&self.mchid).unwrap().zip().unwrap()
    }

    /// A request with the shop's key that a test makes up itself.
    pub fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.http
            .request(method, format!("{}/api/v1{path}", self.base))
            .bearer_auth(&self.key)
    }

    /// A call with a body as it stands, of whatever it is made.
    pub async fn posts(&self, path: &str, body: impl Into<Vec<u8>>) -> Answer {
        let request = self
            .request(Method::POST, path)
            .header("content-type", "application/json")
            .header("idempotency-key", self.fresh_key())
            .body(body.into());
        Answer::of(request).await
    }

    /// A call of the storefront.
    pub async fn call(
        &self,
        method: Method,
        path: &str,
        body: Option<Json>,
        idempotency_key: Option<&str>,
    ) -> Answer {
        let mut request = self.request(method, path);
        if let Some(body) = body {
            request = request
                .header("content-type", "application/json")
                .body(body.to_string());
        }
        if let Some(key) = idempotency_key {
            request = request.header("idempotency-key", key);
        }
        Answer::of(request).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.call(Method::GET, path, None, None).await
    }

    pub async fn post(&self, path: &str, body: Json) -> Answer {
        self.call(Method::POST, path, Some(body), None).await
    }

    /// A key that was not used yet.
    pub fn fresh_key(&self) -> String {
        format!("key-{}", self.number.fetch_add(1, Ordering::Relaxed))
    }

    /// Changes limits, as a member does on 提现额度配置.
    pub fn limits(&self, house: &House, numbers: &[(&str, Option<i64>)], full: WhenDayIsFull) {
        let numbers = numbers.iter();
        let change = LimitChange {
            numbers: numbers
                .map(|(name, number)| (LimitName::parse(name).unwrap(), *number))
                .collect(),
            when_day_is_full: Some(full),
            seen_version: None,
        };
        let now = zhanfu::basics::Clock::now(&*house.clock);
        house
            .ground
            .database
            .write_blocking("limits", Scope::Tenant(self.tenant), |tx| {
                limits::change(tx, self.tenant, &change, &By::COMMAND_LINE, now)
            })
            .unwrap();
    }

    /// Another storefront key of the shop.
    pub fn makes_key(&self, house: &House, name: &str) -> String {
        let ground = &house.ground;
        let now = zhanfu::basics::Clock::now(&*house.clock);
        let name = TenantName::parse(name).unwrap();
        ground
            .database
            .write_blocking(
                "a key",
                Scope::Tenant(self.tenant),
                |tx| -> Result<_, DbFault> {
                    let by = By::COMMAND_LINE;
                    let (_, key) =
                        tenants::create_api_key(tx, self.tenant, &name, &by, &*ground.random, now)?;
                    Ok(key.expose().clone())
                },
            )
            .unwrap()
    }

    /// The same shop, calling with another key or at another address.
    pub fn with(&self, key: &str, base: &str) -> Self {
        Self {
            slug: self.slug.clone(),
            tenant: self.tenant,
            key: key.to_owned(),
            mchid: self.mchid.clone(),
            app_id: self.app_id.clone(),
            base: base.to_owned(),
            http: self.http.clone(),
            number: AtomicU64::new(1_000_000),
        }
    }

    /// Makes a recipient known, under an openid of the same name.
    pub async fn knows(&self, recipient: &str) {
        self.knows_as(recipient, &format!("o-{recipient}")).await;
    }

    /// Makes a recipient known under an openid.
    pub async fn knows_as(&self, recipient: &str, openid: &str) {
        let answer = self
            .call(
                Method::PUT,
                &format!("/recipients/{recipient}"),
                Some(json!({ "openid": openid })),
                None,
            )
            .await;
        assert!(matches!(answer.status, 200 | 201), "{}", answer.text);
    }

    /// A recipient earns a commission.
    pub async fn earns(&self, recipient: &str, amount_fen: i64) {
        let id = self.fresh_key();
        self.post(
            "/commissions",
            json!({ "commission_id": id, "recipient_id": recipient, "amount_fen": amount_fen }),
        )
        .await
        .expect(201);
    }

    /// A recipient asks to be paid out of the balance.
    pub async fn asks(&self, recipient: &str, amount_fen: i64) -> Answer {
        let body = json!({ "recipient_id": recipient, "amount_fen": amount_fen });
        self.call(
            Method::POST,
            "/withdrawals",
            Some(body),
            Some(&self.fresh_key()),
        )
        .await
    }

    /// The shop pays somebody directly.
    pub async fn pays(&self, recipient: &str, amount_fen: i64) -> Answer {
        let body = json!({ "recipient_id": recipient, "amount_fen": amount_fen });
        self.call(
            Method::POST,
            "/payouts",
            Some(body),
            Some(&self.fresh_key()),
        )
        .await
    }

    /// A payout as it stands.
    pub async fn payout(&self, id: &str) -> Answer {
        self.get(&format!("/payouts/{id}")).await.expect(200)
    }

    /// A payout's status.
    pub async fn status(&self, id: &str) -> String {
        self.payout(id)
            .await
            .at("/status")
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// What a recipient's balance holds: available, held, paid.
    pub async fn balance(&self, recipient: &str) -> (i64, i64, i64) {
        let answer = self
            .get(&format!("/recipients/{recipient}"))
            .await
            .expect(200);
        let fen = |name: &str| answer.at(&format!("/balance/{name}")).as_i64().unwrap();
        (fen("available_fen"), fen("held_fen"), fen("paid_fen"))
    }
}
