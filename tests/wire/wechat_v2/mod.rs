//! 企业付款到零钱 over a wire that answers what a test says.

mod answers;
mod classes;
mod documents;
mod explanations;
mod requests;
mod vectors;

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex};

use zhanfu::basics::{
    ApiKey, AppId, CertificateId, Description, Fen, Id, MerchantNumber, OpenId, Secret, TenantId,
};
use zhanfu::rails::wechat_v2::WechatV2;
use zhanfu::rails::{
    Credential, Inquiry, Nonce, Order, Outcome, PartnerTradeNo, Question, Rail, RequestBytes,
    Submission,
};
use zhanfu::wire::{BoxFuture, ClientIdentity, Remote, Request, Response, WireFault};

const KEY: &str = "192006250b4c09247ec02edce69f6a2d";
const OTHER_KEY: &str = "8934e7d15453e97507ef794cf7b0519d";
const APP: &str = "wxe062425f740c30d8";
const MERCHANT: &str = "10000098";
const NUMBER: &str = "100000982014120919616";
const OPENID: &str = "ohO4Gt7wVPxIT1A9GjFaMYMiZY1s";

/// One request as it left.
#[derive(Clone)]
struct Seen {
    path: String,
    content_type: &'static str,
    body: Vec<u8>,
    tenant: TenantId,
}

/// A wire that always answers the same.
struct Wire {
    answer: Result<Response, WireFault>,
    seen: Mutex<Vec<Seen>>,
}

impl Remote for Wire {
    fn post<'a>(&'a self, request: Request<'a>) -> BoxFuture<'a, Result<Response, WireFault>> {
        self.seen.lock().unwrap().push(Seen {
            path: request.path.to_owned(),
            content_type: request.content_type,
            body: request.body.to_vec(),
            tenant: request.identity.tenant,
        });
        Box::pin(async { self.answer.clone() })
    }
}

/// A rail over such a wire, as the engine holds it.
struct Stage {
    wire: Arc<Wire>,
    rail: Box<dyn Rail>,
}

impl Stage {
    fn with(answer: Result<Response, WireFault>) -> Self {
        let wire = Arc::new(Wire {
            answer,
            seen: Mutex::default(),
        });
        let remote: Arc<dyn Remote> = wire.clone();
        Self {
            wire,
            rail: Box::new(WechatV2::new(remote)),
        }
    }

    fn answering(status: u16, body: &[u8]) -> Self {
        Self::with(Ok(Response {
            status,
            content_type: None,
            body: body.to_vec(),
        }))
    }

    fn seen(&self) -> Vec<Seen> {
        self.wire.seen.lock().unwrap().clone()
    }

    async fn submits(&self) -> Outcome {
        let (credential, number) = (credential(), number());
        let submission = Submission {
            credential: &credential,
            partner_trade_no: &number,
            request: &composed(),
        };
        self.rail.submit(submission).await.verdict
    }

    async fn inquires(&self) -> Inquiry {
        let (credential, number, openid, nonce) = (credential(), number(), openid(), nonce());
        let question = Question {
            credential: &credential,
            partner_trade_no: &number,
            amount: Fen::new(100),
            openid: &openid,
            nonce: &nonce,
        };
        self.rail.inquire(question).await.verdict
    }
}

async fn submission_of(status: u16, body: &[u8]) -> Outcome {
    Stage::answering(status, body).submits().await
}

async fn inquiry_of(status: u16, body: &[u8]) -> Inquiry {
    Stage::answering(status, body).inquires().await
}

fn number() -> PartnerTradeNo {
    PartnerTradeNo::parse(NUMBER).unwrap()
}

fn openid() -> OpenId {
    OpenId::parse(OPENID).unwrap()
}

fn nonce() -> Nonce {
    Nonce::parse("3PG2J4ILTKCH16CQ2502SI8ZNMTM67VS").unwrap()
}

fn credential() -> Credential {
    credential_with(MERCHANT, APP, KEY)
}

fn credential_with(merchant: &str, app: &str, key: &str) -> Credential {
    Credential {
        merchant_number: MerchantNumber::parse(merchant).unwrap(),
        app_id: AppId::parse(app).unwrap(),
        api_key: ApiKey::parse(key).unwrap(),
        identity: Arc::new(ClientIdentity {
            tenant: TenantId::from_uuid(uuid::Uuid::from_u128(7)),
            certificate: CertificateId::from_uuid(uuid::Uuid::from_u128(8)),
            chain: Vec::new(),
            key: Secret::new(Vec::new()),
        }),
    }
}

fn order() -> Order {
    Order {
        partner_trade_no: number(),
        app_id: AppId::parse(APP).unwrap(),
        merchant_number: MerchantNumber::parse(MERCHANT).unwrap(),
        openid: openid(),
        real_name: Some(Secret::new("张三".to_owned())),
        amount: Fen::new(100),
        description: Description::parse("节日快乐!").unwrap(),
        caller_ip: Ipv4Addr::new(10, 2, 3, 10),
    }
}

fn composed() -> RequestBytes {
    Stage::answering(200, b"")
        .rail
        .compose(&order(), &credential(), &nonce())
        .unwrap()
}

/// An answer with these elements, in this order.
fn xml(fields: &[(&str, &str)]) -> Vec<u8> {
    let elements: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("<{name}><![CDATA[{value}]]></{name}>"))
        .collect();
    format!("<xml>{}</xml>", elements.concat()).into_bytes()
}

/// The fields with some of them replaced, added, or (with no value) left out.
fn changed<'a>(
    fields: &[(&'a str, &'a str)],
    changes: &[(&'a str, Option<&'a str>)],
) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<(&str, &str)> = fields
        .iter()
        .copied()
        .filter(|(name, _)| changes.iter().all(|(changed, _)| changed != name))
        .collect();
    fields.extend(
        changes
            .iter()
            .filter_map(|(name, value)| value.map(|value| (*name, value))),
    );
    fields
}

/// A transfer's answer of §2.6, case "paid".
const PAID: &[(&str, &str)] = &[
    ("return_code", "SUCCESS"),
    ("return_msg", ""),
    ("mch_appid", APP),
    ("mchid", MERCHANT),
    ("device_info", ""),
    ("nonce_str", "5K8264ILTKCH16CQ2502SI8ZNMTM67VS"),
    ("result_code", "SUCCESS"),
    ("partner_trade_no", NUMBER),
    ("payment_no", "1000018301201505190181489473"),
    ("payment_time", "2025-01-15 10:20:30"),
];

/// An inquiry's answer of §3.2 about a paid order.
const FOUND: &[(&str, &str)] = &[
    ("return_code", "SUCCESS"),
    ("return_msg", "ok"),
    ("result_code", "SUCCESS"),
    ("appid", APP),
    ("mch_id", MERCHANT),
    ("partner_trade_no", NUMBER),
    ("detail_id", "1000018301201505190181489473"),
    ("status", "SUCCESS"),
    ("openid", OPENID),
    ("transfer_name", "张三"),
    ("payment_amount", "100"),
    ("transfer_time", "2025-01-15 10:20:29"),
    ("payment_time", "2025-01-15 10:20:30"),
    ("desc", "节日快乐!"),
];
