//! The remote call: outside of any transaction, once.

use std::time::Duration;

use super::prepare::{Prepared, PreparedCall};
use crate::rails::{
    Exchange, Inquiry, Nonce, Outcome, PartnerTradeNo, Question, Rail, RequestBytes, Submission,
};

/// What came back.
pub(super) enum Verdict {
    Submission(Outcome),
    Inquiry(Inquiry),
    /// Of a second question about a final payout.
    Recheck(Inquiry),
}

/// A prepared call that was made. Its place in its tenant's share is given back when it is settled.
pub struct Answered {
    pub(super) prepared: Prepared,
    pub(super) verdict: Verdict,
    pub(super) exchange: Exchange,
}

/// Makes the call, unless its claim has grown so old that it could outlive it: then nothing is sent, and the payout is asked about once
/// the lease is over.
pub(super) async fn call(
    rail: &dyn Rail,
    prepared: Prepared,
    monotonic: Duration,
) -> Result<Answered, Box<Prepared>> {
    if monotonic >= prepared.begin_before {
        return Err(Box::new(prepared));
    }
    let number = PartnerTradeNo::from(prepared.payout.id);
    let (verdict, exchange) = match &prepared.call {
        PreparedCall::Submit(request) => submit(rail, &prepared, &number, request).await,
        PreparedCall::Inquire(nonce) => inquire(rail, &prepared, &number, nonce).await,
    };
    Ok(Answered {
        prepared,
        verdict,
        exchange,
    })
}

async fn submit(
    rail: &dyn Rail,
    prepared: &Prepared,
    number: &PartnerTradeNo,
    request: &RequestBytes,
) -> (Verdict, Exchange) {
    let submission = Submission {
        credential: &prepared.credential,
        partner_trade_no: number,
        request,
    };
    let reply = rail.submit(submission).await;
    (Verdict::Submission(reply.verdict), reply.exchange)
}

async fn inquire(
    rail: &dyn Rail,
    prepared: &Prepared,
    number: &PartnerTradeNo,
    nonce: &Nonce,
) -> (Verdict, Exchange) {
    let question = Question {
        credential: &prepared.credential,
        partner_trade_no: number,
        amount: prepared.payout.amount,
        openid: &prepared.payout.openid,
        nonce,
    };
    let reply = rail.inquire(question).await;
    let verdict = if prepared.payout.status.is_final() {
        Verdict::Recheck(reply.verdict)
    } else {
        Verdict::Inquiry(reply.verdict)
    };
    (verdict, reply.exchange)
}
