//! Storefronts that ask for payouts, and go on asking when nobody answers.
//!
//! A storefront whose call found no answer makes the same call again with the same key, as its developer is told to. So a payout is there once for
//! each key, whatever was killed in between.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use reqwest::{Client, Method};
use serde_json::{Value as Json, json};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use super::{PATIENCE, Shop, until};

/// How long one call may take: the web server may have been killed with the connection open.
const CALL: Duration = Duration::from_secs(10);

/// How long a storefront waits before it calls again.
const AGAIN_AFTER: Duration = Duration::from_millis(100);

/// Payouts of one recipient.
const EACH: usize = 5;

/// Plain HTTP.
pub(crate) fn http_client() -> Client {
    // the client wants a provider all the same
    let _another_test_was_first = rustls::crypto::ring::default_provider().install_default();
    #[expect(clippy::disallowed_methods, reason = "the test's own client")]
    let builder = Client::builder();
    builder
        .no_proxy()
        .timeout(CALL)
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap()
}

/// A crowd of storefronts.
pub(crate) struct Load {
    permits: Arc<Semaphore>,
    accepted: Arc<AtomicUsize>,
    posters: JoinSet<()>,
    count: usize,
}

impl Load {
    /// Makes storefronts that will ask for `count` payouts in all, `at_once` of them at a time, spread over the shops. They wait to be let go.
    pub(crate) fn of(shops: &[Shop], base: &str, count: usize, at_once: usize) -> Self {
        Self::numbers(shops, base, 0..count, at_once)
    }

    /// The same for the payouts of these numbers. The number of a payout is its key, so a payout that is asked for twice is asked for once.
    pub(crate) fn numbers(
        shops: &[Shop],
        base: &str,
        payouts: Range<usize>,
        at_once: usize,
    ) -> Self {
        let count = payouts.len();
        let permits = Arc::new(Semaphore::new(0));
        let accepted = Arc::new(AtomicUsize::new(0));
        let http = http_client();
        let mut posters = JoinSet::new();
        for poster in 0..at_once {
            let (permits, accepted) = (permits.clone(), accepted.clone());
            let (shops, base, http) = (shops.to_vec(), base.to_owned(), http.clone());
            let payouts = payouts.clone();
            posters.spawn(async move {
                let numbers = payouts.filter(|number| number / EACH % at_once == poster);
                for number in numbers {
                    permits.acquire().await.unwrap().forget();
                    let shop = &shops[number / EACH % shops.len()];
                    ask(&http, &base, shop, number).await;
                    accepted.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        Self {
            permits,
            accepted,
            posters,
            count,
        }
    }

    /// Lets so many more payouts be asked for.
    pub(crate) fn release(&self, payouts: usize) {
        self.permits.add_permits(payouts);
    }

    /// How many were accepted.
    pub(crate) fn accepted(&self) -> usize {
        self.accepted.load(Ordering::Relaxed)
    }

    /// Waits until so many were accepted.
    pub(crate) async fn until_accepted(&self, count: usize) {
        until(
            &format!("{count} payouts are accepted"),
            PATIENCE,
            async || (self.accepted() >= count).then_some(()),
        )
        .await;
    }

    /// Lets all be asked for and waits until they are.
    pub(crate) async fn finish(self) {
        self.release(self.count);
        self.finish_asking().await;
    }

    /// Waits until all that were let go have asked.
    pub(crate) async fn finish_asking(mut self) {
        tokio::time::timeout(4 * PATIENCE, async {
            while let Some(poster) = self.posters.join_next().await {
                poster.unwrap();
            }
        })
        .await
        .expect("the storefronts come to an end");
        assert_eq!(self.accepted(), self.count);
    }
}

/// Makes a recipient known who has earned enough, and asks for a payout: every second one out of the balance.
async fn ask(http: &Client, base: &str, shop: &Shop, number: usize) {
    let recipient = format!("r{}", number / EACH);
    if number.is_multiple_of(EACH) {
        let openid = json!({ "openid": format!("o-{recipient}") });
        let path = format!("/recipients/{recipient}");
        insist(http, base, shop, Method::PUT, &path, None, openid).await;
        let commission = json!({
            "commission_id": format!("c-{recipient}"), "recipient_id": recipient, "amount_fen": 10_000,
        });
        insist(
            http,
            base,
            shop,
            Method::POST,
            "/commissions",
            None,
            commission,
        )
        .await;
    }
    let path = if number.is_multiple_of(2) {
        "/withdrawals"
    } else {
        "/payouts"
    };
    let body = json!({ "recipient_id": recipient, "amount_fen": 100 + number % 900 });
    let key = format!("key-{number}");
    insist(http, base, shop, Method::POST, path, Some(&key), body).await;
}

/// Makes a call until it is answered with yes.
async fn insist(
    http: &Client,
    base: &str,
    shop: &Shop,
    method: Method,
    path: &str,
    key: Option<&str>,
    body: Json,
) {
    let insisting = async {
        while !once(http, base, shop, method.clone(), path, key, &body).await {
            tokio::time::sleep(AGAIN_AFTER).await;
        }
    };
    tokio::time::timeout(PATIENCE, insisting)
        .await
        .unwrap_or_else(|_| panic!("{method} {path} of {} is not answered", shop.slug));
}

/// Makes a call once. False when it has to be made again: nobody answered, the database is away, or the first call of this key is still at
/// work.
async fn once(
    http: &Client,
    base: &str,
    shop: &Shop,
    method: Method,
    path: &str,
    key: Option<&str>,
    body: &Json,
) -> bool {
    let mut request = http
        .request(method.clone(), format!("{base}/api/v1{path}"))
        .bearer_auth(&shop.key)
        .header("content-type", "application/json")
        .body(body.to_string());
    if let Some(key) = key {
        request = request.header("idempotency-key", key);
    }
    let Ok(answer) = request.send().await else {
        return false;
    };
    let status = answer.status().as_u16();
    let Ok(text) = answer.text().await else {
        return false;
    };
    match status {
        200 | 201 => true,
        500.. | 409 | 429 => false,
        _ => panic!("{method} {path}: {status} {text}"),
    }
}
