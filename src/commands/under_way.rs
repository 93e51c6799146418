//! Requests under way, counted, so that a stop knows when nobody waits for an answer any more.
//!
//! actix waits for connections, not for requests: a browser that keeps one open would hold up every stop until the end of its patience.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, web};

/// How often one looks, and how many looks in a row have to find nobody: in between, the last answers are written out.
const LOOK_EVERY: Duration = Duration::from_millis(50);
const QUIET_LOOKS: u32 = 6;

/// How many requests are under way in this process.
#[derive(Clone, Debug, Default)]
pub(super) struct UnderWay(Arc<AtomicUsize>);

impl UnderWay {
    /// Waits until nobody waits for an answer.
    pub(super) async fn are_none(&self) {
        let mut quiet = 0;
        while quiet < QUIET_LOOKS {
            tokio::time::sleep(LOOK_EVERY).await;
            quiet = if self.0.load(Ordering::SeqCst) == 0 {
                quiet.saturating_add(1)
            } else {
                0
            };
        }
    }
}

/// One request, until it is answered or given up.
struct One(UnderWay);

impl Drop for One {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Counts a request for as long as it is under way.
pub(super) async fn counted(
    under_way: web::Data<UnderWay>,
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    under_way.0.fetch_add(1, Ordering::SeqCst);
    let one = One(UnderWay::clone(&under_way));
    let answer = next.call(request).await;
    drop(one);
    answer
}
