//! Paying: 企业付款到零钱, `wechatpay-reference.md` §2.

use super::codes::{SubmissionClass, own, submission_class};
use super::envelope::{self, Echo, Envelope};
use super::sign::sign;
use super::xml::{self, Fields};
use super::{symptoms, time};
use crate::basics::RealName;
use crate::rails::{
    ComposeError, Credential, Doubt, Exchange, Nonce, Order, Outcome, Payment, RequestBytes,
    Submission, Unsent,
};
use crate::wire::WireFault;

/// Where transfers are posted.
pub const PATH: &str = "/mmpaymkttransfers/promotion/transfers";

/// Writes the request of an order, signed. The same order, credential and nonce always give the same bytes.
pub fn compose(
    order: &Order,
    credential: &Credential,
    nonce: &Nonce,
) -> Result<RequestBytes, ComposeError> {
    if !order.amount.is_positive() {
        return Err(ComposeError::Amount);
    }
    if order.app_id != credential.app_id || order.merchant_number != credential.merchant_number {
        return Err(ComposeError::OtherMerchant);
    }
    let real_name = match &order.real_name {
        Some(name) => Some(RealName::parse(name.expose())?),
        None => None,
    };
    let amount = order.amount.fen().to_string();
    let caller_ip = order.caller_ip.to_string();
    let mut fields = vec![
        ("mch_appid", order.app_id.as_str()),
        ("mchid", order.merchant_number.as_str()),
        ("nonce_str", nonce.as_str()),
        ("partner_trade_no", order.partner_trade_no.as_str()),
        ("openid", order.openid.as_str()),
    ];
    match &real_name {
        Some(name) => fields.extend([
            ("check_name", "FORCE_CHECK"),
            ("re_user_name", name.as_str()),
        ]),
        None => fields.push(("check_name", "NO_CHECK")),
    }
    fields.extend([
        ("amount", amount.as_str()),
        ("desc", order.description.as_str()),
        ("spbill_create_ip", caller_ip.as_str()),
    ]);
    let signature = sign(fields.iter().copied(), &credential.api_key);
    fields.push(("sign", &signature));
    xml::write(&fields)
        .map(RequestBytes::stored)
        .map_err(|_| ComposeError::Text)
}

/// What the sent bytes themselves say; the answer must repeat it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    mch_appid: String,
    mchid: String,
    partner_trade_no: String,
}

impl Sent {
    pub(super) fn of(fields: &Fields) -> Option<Self> {
        Some(Self {
            mch_appid: fields.filled("mch_appid")?.to_owned(),
            mchid: fields.filled("mchid")?.to_owned(),
            partner_trade_no: fields.filled("partner_trade_no")?.to_owned(),
        })
    }

    /// Reads stored bytes and checks that they are the meant order's and this merchant's. Without this a
    /// request of an earlier merchant number could leave with the present one's certificate.
    pub fn for_submission(submission: Submission<'_>) -> Result<Self, Unsent> {
        let sent = xml::read(submission.request.as_bytes())
            .ok()
            .as_ref()
            .and_then(Self::of)
            .ok_or(Unsent::Unreadable)?;
        if !sent.is_of(submission.credential) {
            return Err(Unsent::OtherMerchant);
        }
        if sent.partner_trade_no != submission.partner_trade_no.as_str() {
            return Err(Unsent::OtherNumber);
        }
        Ok(sent)
    }

    pub(super) fn is_of(&self, credential: &Credential) -> bool {
        self.mchid == credential.merchant_number.as_str()
            && self.mch_appid == credential.app_id.as_str()
    }

    fn echoes(&self) -> [Echo<'_>; 3] {
        [
            Echo {
                name: "partner_trade_no",
                ours: &self.partner_trade_no,
            },
            Echo {
                name: "mchid",
                ours: &self.mchid,
            },
            Echo {
                name: "mch_appid",
                ours: &self.mch_appid,
            },
        ]
    }
}

/// The decision table of §2.5. Everything that is not recognised here is [`Outcome::Unknown`].
pub fn judge(sent: &Sent, exchange: &Exchange) -> Outcome {
    if let Some(fault) = &exchange.fault {
        return judge_fault(fault);
    }
    let status = exchange.http_status.unwrap_or_default();
    if let Some(answer) = symptoms::certificate_page(status, &exchange.answer) {
        return Outcome::Held(answer);
    }
    if status != 200 {
        return Outcome::Unknown(Doubt::Status(status));
    }
    match xml::read(&exchange.answer) {
        Ok(fields) => judge_fields(sent, &fields),
        Err(fault) => Outcome::Unknown(Doubt::Unreadable(fault.to_string())),
    }
}

fn judge_fault(fault: &WireFault) -> Outcome {
    match fault {
        WireFault::NeverSent(why) => Outcome::NotSent(Unsent::Wire(why.clone())),
        WireFault::CertificateRefused(alert) => Outcome::Held(envelope::answer(
            own::CERTIFICATE_REFUSED,
            &alert.to_string(),
        )),
        WireFault::MaybeSent(why) => Outcome::Unknown(Doubt::NoAnswer(why.clone())),
        WireFault::AnsweredBadly { why, .. } => Outcome::Unknown(Doubt::BadAnswer(*why)),
    }
}

fn judge_fields(sent: &Sent, fields: &Fields) -> Outcome {
    let echoes = sent.echoes();
    if let Some(doubt) = envelope::foreign(fields, &echoes) {
        return Outcome::Unknown(doubt);
    }
    match envelope::open(fields) {
        Envelope::Success => {
            if let Some(doubt) = envelope::missing(fields, &echoes) {
                return Outcome::Unknown(doubt);
            }
            match envelope::payment_no(fields, "payment_no") {
                None => Outcome::Unknown(Doubt::Missing("payment_no")),
                number => Outcome::Paid(Payment {
                    payment_no: number,
                    paid_at: fields.filled("payment_time").and_then(time::beijing),
                }),
            }
        }
        Envelope::Coded(answer) => match submission_class(&answer.code) {
            SubmissionClass::Doubtful => Outcome::Unknown(Doubt::Code(answer)),
            SubmissionClass::Refused => Outcome::Refused(answer),
            SubmissionClass::PutOff => Outcome::PutOff(answer),
            SubmissionClass::Held => Outcome::Held(answer),
        },
        Envelope::Words(text) => match symptoms::words(&text) {
            Some(answer) => Outcome::Held(answer),
            None => Outcome::Unknown(Doubt::Words(text)),
        },
        Envelope::Doubtful(doubt) => Outcome::Unknown(doubt),
    }
}
