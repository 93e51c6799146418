//! What the demo tells: where to look, and whether all figures agree.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use serde_json::{Value as Json, json};

use super::scene::Scene;
use super::storefront::Asked;
use crate::audit::{Actor, By};
use crate::basics::money::FenOverflow;
use crate::basics::{Fen, PayoutId, TenantId};
use crate::commands::output::{self, Refused};
use crate::db::{DbFault, Scope};
use crate::limits;
use crate::payouts::{self, Payout, Status};
use crate::people;
use crate::reports::books;

/// How long all payouts together may take: refusals are confirmed by asking twice, spaced, and some answers get lost.
const PATIENCE: Duration = Duration::from_secs(90);

/// What was paid, by three accounts.
pub(super) struct Report {
    payouts: usize,
    paid: Fen,
    simulator_paid: Fen,
    ledger_paid: Fen,
    problems: Vec<String>,
}

impl Report {
    /// All three accounts agree, every payout is final, and nothing is wrong with the books.
    pub(super) fn agrees(&self) -> bool {
        self.problems.is_empty()
            && self.paid == self.simulator_paid
            && self.paid == self.ledger_paid
            && self.paid.is_positive()
    }

    /// The line that scripts read.
    pub(super) fn json(&self) -> Json {
        json!({
            "ok": self.agrees(),
            "payouts": self.payouts,
            "paid_fen": self.paid,
            "simulator_paid_fen": self.simulator_paid,
            "ledger_paid_fen": self.ledger_paid,
            "problems": self.problems,
        })
    }
}

/// Approves what waits for a member, waits until every payout is final, and compares.
pub(super) async fn wait_and_compare(scene: &Scene, asked: &[Asked]) -> Result<Report, Refused> {
    for shop in &scene.shops {
        approve_all(scene, shop.tenant, shop.plan)?;
    }
    scene.engine.wake();
    let mut problems = Vec::new();
    let deadline = tokio::time::Instant::now().checked_add(PATIENCE);
    let payouts = loop {
        let payouts = load(scene, asked)?;
        if payouts.iter().all(|payout| payout.status.is_final()) {
            break payouts;
        }
        if deadline.is_some_and(|deadline| tokio::time::Instant::now() > deadline) {
            problems.push("some payouts are not final yet".to_owned());
            break payouts;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    compare(scene, &payouts, problems)
}

fn load(scene: &Scene, asked: &[Asked]) -> Result<Vec<Payout>, Refused> {
    scene
        .ground
        .database
        .read_blocking("payouts of the demo", Scope::AcrossTenants, |tx| {
            let mut found = Vec::with_capacity(asked.len());
            for one in asked {
                let id: PayoutId = one.id.parse().map_err(|_| DbFault::Damaged {
                    table: "payouts",
                    what: "an id of the demo",
                })?;
                found.extend(payouts::find(tx, one.tenant, id)?);
            }
            Ok(found)
        })
        .map_err(|fault: DbFault| Refused::because(&fault))
}

fn compare(
    scene: &Scene,
    payouts: &[Payout],
    mut problems: Vec<String>,
) -> Result<Report, Refused> {
    let too_much = |fault: FenOverflow| Refused(fault.to_string());
    let succeeded = payouts
        .iter()
        .filter(|payout| payout.status == Status::Succeeded);
    let paid = Fen::sum(succeeded.map(|payout| payout.amount)).map_err(too_much)?;
    let book = scene.simulator.book();
    let moved = book
        .movements
        .iter()
        .map(|movement| Fen::new(movement.amount_fen));
    let simulator_paid = Fen::sum(moved).map_err(too_much)?;
    let numbers: BTreeSet<&str> = book
        .movements
        .iter()
        .map(|movement| movement.partner_trade_no.as_str())
        .collect();
    if numbers.len() != book.movements.len() {
        problems.push("the simulator has paid a number twice".to_owned());
    }
    let books = scene
        .ground
        .database
        .read_snapshot_blocking("prove the books", Scope::AcrossTenants, books::prove_all)
        .map_err(|fault: DbFault| Refused::because(&fault))?;
    for book in &books {
        problems.extend(
            book.proof
                .problems
                .iter()
                .map(|problem| format!("{}: {problem}", book.slug)),
        );
    }
    let ledger_paid = Fen::sum(books.iter().map(|book| book.proof.paid)).map_err(too_much)?;
    for status in Status::ALL {
        let count = payouts
            .iter()
            .filter(|payout| payout.status == *status)
            .count();
        if count > 0 {
            output::line(&format!("{:<12} {count} payouts", status.as_str()));
        }
    }
    output::line(&format!(
        "paid at the simulator  {:>12} yuan in {} payments",
        simulator_paid.yuan(),
        book.movements.len()
    ));
    output::line(&format!(
        "paid by the ledger     {:>12} yuan",
        ledger_paid.yuan()
    ));
    Ok(Report {
        payouts: payouts.len(),
        paid,
        simulator_paid,
        ledger_paid,
        problems,
    })
}

/// Approves whatever of a shop waits for a member.
pub(super) fn approve_all(
    scene: &Scene,
    tenant: TenantId,
    plan: &super::shop::Plan,
) -> Result<(), Refused> {
    let now = scene.ground.clock.now();
    let email = plan.email().map_err(|fault| Refused(fault.to_string()))?;
    scene
        .ground
        .database
        .write_blocking("approve what waits", Scope::Tenant(tenant), |tx| {
            let Some(candidate) = people::find_candidate(tx, &email, None)? else {
                return Ok(());
            };
            let membership = candidate.memberships.iter().find(|it| it.tenant == tenant);
            let Some(membership) = membership else {
                return Ok(());
            };
            let actor = Actor::Member {
                person: candidate.person,
                member: membership.member,
            };
            let by = By {
                actor,
                name: email.to_string(),
                request: None,
            };
            let policy = limits::load_policy(tx, tenant)?;
            for waiting in payouts::list_in_review(tx, tenant, 100)? {
                payouts::approve(tx, tenant, waiting.id, None, &policy, &by, now)?;
            }
            Ok::<_, payouts::ApproveError>(())
        })
        .map_err(|fault| Refused::because(&fault))
}

/// Tells where everything is.
pub(super) fn introduce(scene: &Scene, directory: &Path) {
    output::line(
        "站付 is running: two shops, a simulated WeChat Pay over mutual TLS, real payouts through the engine.",
    );
    output::line("");
    output::line(&format!("  pages      {}/sign-in", scene.base));
    for shop in &scene.shops {
        output::line(&format!("             {}", shop.sign_in()));
    }
    output::line(&format!("  API        {}/api/v1", scene.base));
    for shop in &scene.shops {
        output::line(&format!("             {:<16} {}", shop.plan.name, shop.key));
    }
    output::line(&format!(
        "  WeChat Pay {} (simulated)",
        scene.simulator.base_url()
    ));
    output::line(&format!("  files      {}", directory.display()));
    output::line("");
    output::line(
        "Each shop has one large withdrawal waiting for your approval on 付款单. Ctrl-C ends the demo.",
    );
}
