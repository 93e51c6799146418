//! `zhanfu payout show`: a payout's whole story.

use serde_json::{Value as Json, json};

use super::args::PayoutCommand;
use super::output::{self, Refused};
use crate::app::Ground;
use crate::basics::PayoutId;
use crate::db::{DbFault, Scope};
use crate::engine::partner_trade_no;
use crate::payouts;
use crate::reports::story::{self, Line};

/// Shows one payout with everything that was done, called, answered and posted.
pub(super) fn run(ground: &Ground, command: &PayoutCommand) -> Result<(), Refused> {
    let PayoutCommand::Show { slug, id, json } = command;
    let tenant = output::tenant(&ground.database, slug)?.id;
    let id: PayoutId = id
        .parse()
        .map_err(|_| Refused(format!("{id} is not the id of a payout")))?;
    let found = ground
        .database
        .read_blocking("a payout's story", Scope::Tenant(tenant), |tx| {
            Ok(match payouts::find(tx, tenant, id)? {
                Some(payout) => Some((payout, story::tell(tx, tenant, id)?)),
                None => None,
            })
        })
        .map_err(|fault: DbFault| Refused::because(&fault))?;
    let (payout, lines) =
        found.ok_or_else(|| Refused(format!("tenant {slug} has no payout {id}")))?;
    if *json {
        output::json(&json!({
            "id": payout.id.to_string(),
            "status": payout.status.as_str(),
            "amount_fen": payout.amount,
            "reason_code": payout.reason_code,
            "partner_trade_no": partner_trade_no(payout.id),
            "payment_no": payout.payment_no,
            "next": payout.work.next.map(|(step, at)| json!({ "step": step.as_str(), "at": at })),
            "story": lines.iter().map(as_json).collect::<Vec<Json>>(),
        }));
        return Ok(());
    }
    output::line(&format!(
        "{} {} {} {}",
        payout.id,
        payout.status.as_str(),
        payout.amount,
        payout.reason_code.as_deref().unwrap_or_default()
    ));
    for line in &lines {
        output::line(&as_line(line));
    }
    if let Some((step, at)) = payout.work.next {
        output::line(&format!("{}  next: {}", at.shanghai(), step.as_str()));
    }
    Ok(())
}

fn as_json(line: &Line) -> Json {
    json!({
        "at": line.at,
        "part": line.part,
        "what": line.what,
        "who": line.who,
        "number": line.number,
        "code": line.code,
        "amount_fen": line.amount_fen,
        "details": line.details,
    })
}

fn as_line(line: &Line) -> String {
    let number = line.number.map(|number| format!("#{number}"));
    let amount = line.amount_fen.map(|amount| amount.to_string());
    let parts = [
        Some(line.at.shanghai()),
        Some(format!("{:<7}", line.part)),
        Some(line.what.clone()),
        number,
        line.code.clone(),
        line.who.clone(),
        line.details.clone(),
        amount,
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("  ")
}
