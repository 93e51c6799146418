//! 企业付款到零钱: WeChat Pay's transfers of protocol generation 2.
//!
//! - **What it is:** the rail of `wechatpay-reference.md` §1 to §3: [`transfer`] pays, [`inquire`] asks,
//!   [`codes`] says what each code means, [`mod@sign`] and [`xml`] are the protocol's letters.
//! - **What it promises:** an answer is believed only when it is well formed, complete and about this payment;
//!   a code that is not in the table is a doubt. WeChat Pay does not sign its answers to these calls (§1.4), so
//!   their authenticity is that of the TLS connection.
//! - **What it does not do:** it never sends anything but the stored bytes, and never sends twice.
//! - **Who comes in:** the engine, through [`super::Rail`].
//! - **Where to start:** [`transfer::judge`].

pub mod codes;
pub mod inquire;
pub mod sign;
pub mod transfer;
pub mod xml;

mod envelope;
mod redact;
mod resign;
mod symptoms;
mod time;

use std::sync::Arc;

use super::{
    Call, ComposeError, Credential, Exchange, Explanation, Inquiry, Nonce, Order, Outcome,
    Question, Rail, Reply, RequestBytes, ResignError, Submission, Unsent,
};
use crate::wire::{BoxFuture, Remote, Request};

/// The documentation asks for the charset: without it, a Chinese name makes the signature wrong (§1.1).
const CONTENT_TYPE: &str = "text/xml; charset=utf-8";

/// The rail over a given wire.
#[derive(Clone)]
pub struct WechatV2 {
    remote: Arc<dyn Remote>,
}

impl WechatV2 {
    /// Pays over `remote`.
    pub fn new(remote: Arc<dyn Remote>) -> Self {
        Self { remote }
    }

    async fn post(&self, credential: &Credential, path: &str, body: &[u8]) -> Exchange {
        let request = Request {
            identity: &credential.identity,
            path,
            content_type: CONTENT_TYPE,
            body,
        };
        Exchange::of(self.remote.post(request).await)
    }

    async fn submit(&self, submission: Submission<'_>) -> Reply<Outcome> {
        let sent = match transfer::Sent::for_submission(submission) {
            Ok(sent) => sent,
            Err(unsent) => {
                return Reply {
                    verdict: Outcome::NotSent(unsent),
                    exchange: Exchange::none(),
                };
            }
        };
        let body = submission.request.as_bytes();
        let exchange = self.post(submission.credential, transfer::PATH, body).await;
        let verdict = transfer::judge(&sent, &exchange);
        if let Outcome::Unknown(doubt) = &verdict
            && doubt.is_alarming()
        {
            tracing::error!(number = %submission.partner_trade_no, %doubt, "a transfer's answer cannot be right");
        }
        Reply { verdict, exchange }
    }

    async fn inquire(&self, question: Question<'_>) -> Reply<Inquiry> {
        let Ok(body) = inquire::compose(question) else {
            return Reply {
                verdict: Inquiry::Unanswered(super::Doubt::NotAsked(Unsent::Text)),
                exchange: Exchange::none(),
            };
        };
        let exchange = self
            .post(question.credential, inquire::PATH, body.as_bytes())
            .await;
        let verdict = inquire::judge(question, &exchange);
        if let Inquiry::Unanswered(doubt) = &verdict
            && doubt.is_alarming()
        {
            tracing::error!(number = %question.partner_trade_no, %doubt, "an inquiry's answer cannot be right");
        }
        Reply { verdict, exchange }
    }
}

impl Rail for WechatV2 {
    fn compose(
        &self,
        order: &Order,
        credential: &Credential,
        nonce: &Nonce,
    ) -> Result<RequestBytes, ComposeError> {
        transfer::compose(order, credential, nonce)
    }

    fn submit<'a>(&'a self, submission: Submission<'a>) -> BoxFuture<'a, Reply<Outcome>> {
        Box::pin(self.submit(submission))
    }

    fn inquire<'a>(&'a self, question: Question<'a>) -> BoxFuture<'a, Reply<Inquiry>> {
        Box::pin(self.inquire(question))
    }

    fn resign(
        &self,
        stored: &RequestBytes,
        credential: &Credential,
    ) -> Result<RequestBytes, ResignError> {
        resign::resign(stored, credential)
    }

    fn redact(&self, bytes: &[u8]) -> String {
        redact::redact(bytes)
    }

    fn explain(&self, call: Call, code: &str, text: &str) -> Explanation {
        codes::explain(call, code, text)
    }
}

#[cfg(test)]
mod tests;
