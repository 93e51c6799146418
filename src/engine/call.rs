//! The remote call: outside of any transaction, once.

use tokio::time::Instant;

use super::prepare::{Prepared, PreparedCall};
use crate::rails::{
    Exchange, Inquiry, Nonce, Outcome, PartnerTradeNo, Question, Rail, RequestBytes, Submission,
};

/// What came back.
pub(super) enum Verdict {
    Submission(Outcome),
    Inquiry(Inquiry),
}

/// A prepared call that was made.
pub(super) struct Answered {
    pub(super) prepared: Prepared,
    pub(super) verdict: Verdict,
    pub(super) exchange: Exchange,
}

/// Makes the call, unless its claim has grown so old that it could outlive it: then nothing is sent, and the payout is asked about once
/// the lease is over.
pub(super) async fn call(rail: &dyn Rail, prepared: Prepared) -> Result<Answered, Prepared> {
    if Instant::now() >= prepared.begin_before {
        return Err(prepared);
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
    (Verdict::Inquiry(reply.verdict), reply.exchange)
}
