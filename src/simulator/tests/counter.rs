//! A pay counter without sockets: one merchant, one clock, requests signed by hand.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::super::{
    Answer, Arrival, CertificateInfo, Delivery, Endpoint, Gateway, Limits, Merchant, Reply,
    Variety, sign, xml,
};

pub(super) const MCHID: &str = "1900000109";
pub(super) const APP_ID: &str = "wxe062425f740c30d8";
pub(super) const KEY: &str = "192006250b4c09247ec02edce69f6a2d";
pub(super) const PAYEE: &str = "ohO4Gt7wVPxIT1A9GjFaMYMiZY1s";
/// 2025-01-15 10:20:30, Beijing time.
pub(super) const MORNING_MS: i64 = 1_736_907_630_000;
pub(super) const SECOND_MS: i64 = 1_000;
pub(super) const DAY_MS: i64 = 86_400_000;

pub(super) type Fields = BTreeMap<String, String>;

/// The parameters of a request, unsigned.
#[derive(Clone)]
pub(super) struct Form(pub(super) Vec<(String, String)>);

impl Form {
    pub(super) fn transfer(number: &str, openid: &str, amount_fen: i64) -> Self {
        let amount = amount_fen.to_string();
        Self::of(&[
            ("mch_appid", APP_ID),
            ("mchid", MCHID),
            ("nonce_str", "3PG2J4ILTKCH16CQ2502SI8ZNMTM67VS"),
            ("partner_trade_no", number),
            ("openid", openid),
            ("check_name", "NO_CHECK"),
            ("amount", &amount),
            ("desc", "节日快乐!"),
            ("spbill_create_ip", "10.2.3.10"),
        ])
    }

    pub(super) fn inquiry(number: &str) -> Self {
        Self::of(&[
            ("appid", APP_ID),
            ("mch_id", MCHID),
            ("nonce_str", "50780e0cca98c8c8e814883e5caa672e"),
            ("partner_trade_no", number),
        ])
    }

    pub(super) fn of(parameters: &[(&str, &str)]) -> Self {
        Self(
            parameters
                .iter()
                .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
                .collect(),
        )
    }

    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        self.0.retain(|(known, _)| known != name);
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(super) fn without(mut self, name: &str) -> Self {
        self.0.retain(|(known, _)| known != name);
        self
    }

    pub(super) fn signed_with(&self, key: &str) -> Vec<u8> {
        let sign = sign(self.0.iter().map(|(n, v)| (n.as_str(), v.as_str())), key);
        let mut body = String::from("<xml>\n");
        for (name, value) in &self.0 {
            writeln!(body, "<{name}><![CDATA[{value}]]></{name}>").unwrap();
        }
        write!(body, "<sign>{sign}</sign>\n</xml>").unwrap();
        body.into_bytes()
    }

    pub(super) fn signed(&self) -> Vec<u8> {
        self.signed_with(KEY)
    }
}

pub(super) struct Counter {
    pub(super) gateway: Gateway,
    pub(super) certificate: CertificateInfo,
    now_ms: Cell<i64>,
}

impl Counter {
    pub(super) fn open() -> Self {
        Self::with(Merchant::new(MCHID, APP_ID, KEY), Variety::Plain)
    }

    pub(super) fn with_limits(limits: Limits) -> Self {
        Self::with(
            Merchant {
                limits,
                ..Merchant::new(MCHID, APP_ID, KEY)
            },
            Variety::Plain,
        )
    }

    pub(super) fn seeded(seed: u64) -> Self {
        let gateway = Gateway::new(seed, Variety::Seeded);
        gateway
            .add_merchant(Merchant::new(MCHID, APP_ID, KEY))
            .unwrap();
        Self::at(gateway)
    }

    pub(super) fn with(merchant: Merchant, variety: Variety) -> Self {
        let gateway = Gateway::new(7, variety);
        gateway.add_merchant(merchant).unwrap();
        Self::at(gateway)
    }

    fn at(gateway: Gateway) -> Self {
        let certificate = CertificateInfo::fitting(MCHID);
        Self {
            gateway,
            certificate,
            now_ms: Cell::new(MORNING_MS),
        }
    }

    pub(super) fn now_ms(&self) -> i64 {
        self.now_ms.get()
    }

    pub(super) fn wait(&self, ms: i64) {
        self.now_ms.set(self.now_ms.get() + ms);
    }

    pub(super) fn post(&self, endpoint: Endpoint, body: &[u8]) -> Answer {
        let arrival = Arrival::new(&self.certificate, endpoint, body);
        self.gateway.answer(&arrival, self.now_ms())
    }

    pub(super) fn pay(&self, form: &Form) -> Fields {
        fields(&self.post(Endpoint::Transfers, &form.signed()))
    }

    pub(super) fn pay_plainly(&self, number: &str, amount_fen: i64) -> Fields {
        self.pay(&Form::transfer(number, PAYEE, amount_fen))
    }

    pub(super) fn ask(&self, number: &str) -> Fields {
        fields(&self.post(Endpoint::GetTransferInfo, &Form::inquiry(number).signed()))
    }

    pub(super) fn paid_fen(&self) -> i64 {
        self.gateway.book(self.now_ms()).paid_fen
    }

    pub(super) fn movements(&self, number: &str) -> usize {
        self.gateway
            .movements_of(MCHID, number, self.now_ms())
            .len()
    }
}

pub(super) fn reply(answer: &Answer) -> &Reply {
    match &answer.delivery {
        Delivery::Reply(reply) => reply,
        Delivery::End { .. } => panic!("no answer: {answer:?}"),
    }
}

pub(super) fn text(answer: &Answer) -> String {
    String::from_utf8(reply(answer).body.clone()).unwrap()
}

pub(super) fn fields(answer: &Answer) -> Fields {
    assert_eq!(reply(answer).status, 200, "{}", text(answer));
    let body = text(answer);
    xml::read(&body)
        .unwrap_or_else(|fault| panic!("{fault}: {body}"))
        .into_iter()
        .collect()
}

/// `err_code`, or nothing when the answer has none.
pub(super) fn code(fields: &Fields) -> &str {
    fields.get("err_code").map_or("", String::as_str)
}

pub(super) fn is_paid(fields: &Fields) -> bool {
    fields.get("return_code").map(String::as_str) == Some("SUCCESS")
        && fields.get("result_code").map(String::as_str) == Some("SUCCESS")
}
