//! Asking: 查询企业付款, `wechatpay-reference.md` §3. The names of two fields differ from a transfer's: `appid`
//! and `mch_id`.

use super::codes::{InquiryClass, inquiry_class, own};
use super::envelope::{self, Echo, Envelope};
use super::sign::sign;
use super::xml::{self, Fields, NotXmlText};
use super::{symptoms, time};
use crate::rails::{Doubt, Exchange, Inquiry, Payment, Question, RequestBytes, Unsent};
use crate::wire::WireFault;

/// Where inquiries are posted.
pub const PATH: &str = "/mmpaymkttransfers/gettransferinfo";

/// Writes the question, signed.
pub fn compose(question: Question<'_>) -> Result<RequestBytes, NotXmlText> {
    let credential = question.credential;
    let mut fields = vec![
        ("nonce_str", question.nonce.as_str()),
        ("partner_trade_no", question.partner_trade_no.as_str()),
        ("mch_id", credential.merchant_number.as_str()),
        ("appid", credential.app_id.as_str()),
    ];
    let signature = sign(fields.iter().copied(), &credential.api_key);
    fields.push(("sign", &signature));
    xml::write(&fields).map(RequestBytes::stored)
}

/// What the answer says about the payment, if it is about this payment.
pub fn judge(question: Question<'_>, exchange: &Exchange) -> Inquiry {
    if let Some(fault) = &exchange.fault {
        return judge_fault(fault);
    }
    let status = exchange.http_status.unwrap_or_default();
    if let Some(answer) = symptoms::certificate_page(status, &exchange.answer) {
        return Inquiry::Held(answer);
    }
    if status != 200 {
        return Inquiry::Unanswered(Doubt::Status(status));
    }
    match xml::read(&exchange.answer) {
        Ok(fields) => judge_fields(question, &fields),
        Err(fault) => Inquiry::Unanswered(Doubt::Unreadable(fault.to_string())),
    }
}

fn judge_fault(fault: &WireFault) -> Inquiry {
    match fault {
        WireFault::NeverSent(why) => {
            Inquiry::Unanswered(Doubt::NotAsked(Unsent::Wire(why.clone())))
        }
        WireFault::CertificateRefused(alert) => Inquiry::Held(envelope::answer(
            own::CERTIFICATE_REFUSED,
            &alert.to_string(),
        )),
        WireFault::MaybeSent(why) => Inquiry::Unanswered(Doubt::NoAnswer(why.clone())),
        WireFault::AnsweredBadly { why, .. } => Inquiry::Unanswered(Doubt::BadAnswer(*why)),
    }
}

fn judge_fields(question: Question<'_>, fields: &Fields) -> Inquiry {
    let amount = question.amount.fen().to_string();
    let order = [
        Echo {
            name: "partner_trade_no",
            ours: question.partner_trade_no.as_str(),
        },
        Echo {
            name: "mch_id",
            ours: question.credential.merchant_number.as_str(),
        },
        Echo {
            name: "appid",
            ours: question.credential.app_id.as_str(),
        },
    ];
    let money = [
        Echo {
            name: "payment_amount",
            ours: &amount,
        },
        Echo {
            name: "openid",
            ours: question.openid.as_str(),
        },
    ];
    let foreign = envelope::foreign(fields, &order).or_else(|| envelope::foreign(fields, &money));
    if let Some(doubt) = foreign {
        return Inquiry::Unanswered(doubt);
    }
    match envelope::open(fields) {
        Envelope::Success => match envelope::missing(fields, &order) {
            Some(doubt) => Inquiry::Unanswered(doubt),
            None => judge_status(fields, &money),
        },
        Envelope::Coded(answer) => match inquiry_class(&answer.code) {
            InquiryClass::Doubtful => Inquiry::Unanswered(Doubt::Code(answer)),
            InquiryClass::NotFound => Inquiry::NotFound,
            InquiryClass::Held => Inquiry::Held(answer),
        },
        Envelope::Words(text) => match symptoms::words(&text) {
            Some(answer) => Inquiry::Held(answer),
            None => Inquiry::Unanswered(Doubt::Words(text)),
        },
        Envelope::Doubtful(doubt) => Inquiry::Unanswered(doubt),
    }
}

/// Amount and payee must be there before a payment is believed. A failed or unfinished one may leave them out:
/// nothing was paid to anybody.
fn judge_status(fields: &Fields, money: &[Echo<'_>]) -> Inquiry {
    match fields.filled("status") {
        Some("SUCCESS") => match envelope::missing(fields, money) {
            Some(doubt) => Inquiry::Unanswered(doubt),
            None => Inquiry::Paid(Payment {
                payment_no: envelope::payment_no(fields, "detail_id"),
                paid_at: fields.filled("payment_time").and_then(time::beijing),
            }),
        },
        Some("FAILED") => Inquiry::Failed {
            reason: envelope::bounded_text(fields.filled("reason").unwrap_or_default()),
        },
        Some("PROCESSING") => Inquiry::Processing,
        Some(_) | None => Inquiry::Unanswered(Doubt::Missing("status")),
    }
}
