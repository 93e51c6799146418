//! The shops' last four weeks, lived through in some seconds: so that lists, charts and limits have something to show.
//!
//! Nothing is made up: the storefronts ask day after day, the engine pays at the simulator, and only the demo's clock is behind. The engine
//! runs step by step meanwhile, and by itself once the clock is right.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::report;
use super::scene::Scene;
use super::storefront;
use crate::basics::clock::SystemClock;
use crate::basics::{Clock, Timestamp};
use crate::commands::output::Refused;

/// How many days are lived through.
const DAYS: u64 = 28;

const DAY: Duration = Duration::from_hours(24);

/// What somebody withdraws on a day, in fen; which of them it is changes from day to day. The last one is for a member to look at.
const AMOUNTS: [i64; 9] = [
    1_880, 3_200, 880, 12_800, 6_600, 2_350, 9_900, 18_600, 58_800,
];

/// A clock that is behind by as much as the demo says.
#[derive(Debug, Default)]
pub(super) struct DemoClock {
    behind_millis: AtomicU64,
}

impl DemoClock {
    /// Sets how far it is behind.
    pub(super) fn set_behind(&self, by: Duration) {
        let millis = u64::try_from(by.as_millis()).unwrap_or(0);
        self.behind_millis.store(millis, Ordering::SeqCst);
    }

    fn behind(&self) -> Duration {
        Duration::from_millis(self.behind_millis.load(Ordering::SeqCst))
    }
}

impl Clock for DemoClock {
    fn now(&self) -> Timestamp {
        SystemClock.now().minus(self.behind())
    }

    /// What is caught up of the past has passed as well.
    fn monotonic(&self) -> Duration {
        let caught_up = beginning().saturating_sub(self.behind());
        SystemClock.monotonic().saturating_add(caught_up)
    }
}

/// How far the clock has to be behind at the beginning.
pub(super) fn beginning() -> Duration {
    DAY.saturating_mul(u32::try_from(DAYS).unwrap_or(0))
}

/// Lives through the weeks, and leaves the clock right.
pub(super) async fn live(scene: &Arc<Scene>) -> Result<(), Refused> {
    for day in 0..DAYS {
        let left = DAYS.saturating_sub(day);
        let behind = DAY.saturating_mul(u32::try_from(left).unwrap_or(0));
        scene.clock.set_behind(behind);
        for (place, shop) in scene.shops.iter().enumerate() {
            let people = shop.plan.people;
            // busier at the end of a week, and another few people each day
            let many = day.checked_rem(7).unwrap_or(0).saturating_add(2);
            for number in 0..many {
                let turn = usize::try_from(day.saturating_mul(5).saturating_add(number))
                    .unwrap_or(0)
                    .saturating_add(place);
                let person = turn.checked_rem(people.len()).and_then(|it| people.get(it));
                let amount = turn
                    .checked_rem(AMOUNTS.len())
                    .and_then(|it| AMOUNTS.get(it));
                let (Some((person, _)), Some(amount)) = (person, amount) else {
                    continue;
                };
                let key = format!("past-{day}-{number}");
                storefront::earn_and_withdraw(scene, shop, person, *amount, &key).await?;
            }
            report::approve_all(scene, shop.tenant, shop.plan)?;
        }
        settle(scene, behind).await?;
    }
    scene.clock.set_behind(Duration::ZERO);
    Ok(())
}

/// Lets the engine do what is due, and what becomes due in the next seconds: lost answers are asked about, refusals confirmed.
async fn settle(scene: &Scene, behind: Duration) -> Result<(), Refused> {
    for seconds in (0..40).step_by(2) {
        scene
            .clock
            .set_behind(behind.saturating_sub(Duration::from_secs(seconds)));
        loop {
            let stepped = scene
                .engine
                .step()
                .await
                .map_err(|fault| Refused::because(&fault))?;
            if stepped.called == 0 && stepped.put_aside == 0 {
                break;
            }
        }
    }
    Ok(())
}
