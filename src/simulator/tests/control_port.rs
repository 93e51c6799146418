//! The control port over plain HTTP.

use reqwest::Client;
use serde_json::{Value, json};

use super::super::{Settings, Variety, start};
use super::counter::{APP_ID, Form, KEY, MCHID, PAYEE, is_paid};
use super::over_tls::{Shop, client};

struct Control {
    client: Client,
    url: String,
}

impl Control {
    fn of(shop: &Shop) -> Self {
        Self {
            client: client(shop.simulator.ca_pem(), None, &[&rustls::version::TLS13]),
            url: shop.simulator.control_url().unwrap().to_owned(),
        }
    }

    async fn get(&self, path: &str) -> (u16, Vec<u8>) {
        let response = self
            .client
            .get(format!("{}{path}", self.url))
            .send()
            .await
            .unwrap();
        (
            response.status().as_u16(),
            response.bytes().await.unwrap().to_vec(),
        )
    }

    async fn json(&self, path: &str) -> Value {
        serde_json::from_slice(&self.get(path).await.1).unwrap()
    }

    async fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        let request = self
            .client
            .post(format!("{}{path}", self.url))
            .header("Content-Type", "application/json")
            .body(body.to_string());
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        (
            status,
            serde_json::from_slice(&response.bytes().await.unwrap()).unwrap(),
        )
    }

    async fn delete(&self, path: &str) -> u16 {
        self.client
            .delete(format!("{}{path}", self.url))
            .send()
            .await
            .unwrap()
            .status()
            .as_u16()
    }
}

#[tokio::test]
async fn the_book_and_the_authority_can_be_read() {
    let shop = Shop::open().await;
    let control = Control::of(&shop);
    assert!(is_paid(
        &shop
            .fields(&shop.client(), &Form::transfer("N1", PAYEE, 100))
            .await
    ));
    let book = control.json("/book").await;
    assert_eq!(book["paid_fen"], 100);
    assert_eq!(book["movements"][0]["partner_trade_no"], "N1");
    assert_eq!(book["wire"]["connections"], 1);
    assert_eq!(
        control.get("/ca.pem").await.1,
        shop.simulator.ca_pem().as_bytes()
    );
}

#[tokio::test]
async fn a_merchant_can_be_registered_and_its_package_fetched() {
    let shop = Shop::open().await;
    let control = Control::of(&shop);
    let wanted = json!({"mchid": "1900009999", "app_ids": [APP_ID], "balance_fen": 500});
    let (status, made) = control.post("/merchants", &wanted).await;
    assert_eq!(status, 201);
    assert_eq!(made["api_key"].as_str().unwrap().len(), 32);
    assert_eq!(control.post("/merchants", &wanted).await.0, 409);
    let (status, archive) = control.get(made["package"].as_str().unwrap()).await;
    assert_eq!((status, &archive[..2]), (200, &b"PK"[..]));
    assert_eq!(
        control.get(made["package"].as_str().unwrap()).await.1,
        archive
    );
    let merchants = control.json("/merchants").await;
    assert_eq!(merchants[1]["totals"]["balance_fen"], 500);
    assert!(
        !merchants.to_string().contains(KEY),
        "keys are not given away"
    );
    assert_eq!(control.get("/merchants/1/package.zip").await.0, 404);
    let variant = format!("/merchants/{MCHID}/package.zip?validity=expired&protection=modern");
    assert_eq!(control.get(&variant).await.0, 200);
    let ending = format!("/merchants/{MCHID}/package.zip?validity=ends_in_30&issuer=other");
    assert_eq!(control.get(&ending).await.0, 200);
    let unknown = format!("/merchants/{MCHID}/package.zip?validity=never");
    assert_eq!(control.get(&unknown).await.0, 400);
}

#[tokio::test]
async fn rules_can_be_set_listed_and_taken_back() {
    let shop = Shop::open().await;
    let control = Control::of(&shop);
    let rule = json!({"endpoint": "transfers", "action": {"kind": "code", "code": "NOTENOUGH"}});
    let (status, made) = control.post("/faults", &rule).await;
    assert_eq!((status, &made["id"]), (201, &json!(1)));
    let client = shop.client();
    assert!(!is_paid(
        &shop
            .fields(&client, &Form::transfer("N1", PAYEE, 100))
            .await
    ));
    let listed = control.json("/faults").await;
    assert_eq!(
        (&listed[0]["id"], &listed[0]["fired"]),
        (&json!(1), &json!(1))
    );
    assert_eq!(control.delete("/faults/1").await, 204);
    assert_eq!(control.delete("/faults/1").await, 404);
    assert!(is_paid(
        &shop
            .fields(&client, &Form::transfer("N1", PAYEE, 100))
            .await
    ));
    control.post("/faults", &rule).await;
    assert_eq!(control.delete("/faults").await, 204);
    assert_eq!(control.json("/faults").await, json!([]));
}

#[tokio::test]
async fn a_balance_can_be_set_and_added_to() {
    let shop = Shop::open().await;
    let control = Control::of(&shop);
    let post = async |body: Value| control.post("/balance", &body).await;
    let set = post(json!({"mchid": MCHID, "balance_fen": 100})).await;
    assert_eq!(set, (200, json!({"mchid": MCHID, "balance_fen": 100})));
    assert_eq!(
        post(json!({"mchid": MCHID, "add_fen": 50})).await.1["balance_fen"],
        150
    );
    assert_eq!(
        post(json!({"mchid": MCHID, "balance_fen": -1})).await.0,
        400
    );
    assert_eq!(
        post(json!({"mchid": "1900001111", "balance_fen": 1}))
            .await
            .0,
        404
    );
}

#[tokio::test]
async fn bad_calls_get_a_sentence() {
    let shop = Shop::open().await;
    let control = Control::of(&shop);
    assert_eq!(control.get("/nothing").await.0, 404);
    assert_eq!(control.delete("/book").await, 405);
    let (status, fault) = control
        .post("/faults", &json!({"action": {"kind": "nothing"}}))
        .await;
    assert_eq!(status, 400);
    assert!(fault["error"].as_str().unwrap().contains("nothing"));
    let (status, _) = control
        .post("/merchants", &json!({"mchid": "x", "app_ids": ["a"]}))
        .await;
    assert_eq!(status, 400);
    let plain = control
        .client
        .post(format!("{}/balance", control.url))
        .body("{}")
        .send()
        .await;
    assert_eq!(plain.unwrap().status().as_u16(), 415);
}

#[tokio::test]
async fn the_control_port_listens_on_loopback_only() {
    let settings = Settings {
        control: Some("0.0.0.0:0".parse().unwrap()),
        variety: Variety::Plain,
        ..Settings::new(std::sync::Arc::new(|| 0))
    };
    let fault = start(settings).await.err().unwrap();
    assert_eq!(fault.kind(), std::io::ErrorKind::InvalidInput);
}
