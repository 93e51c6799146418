//! Putting a check down: the page shows the last one, and a good one sets going what waited for the settings.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{CheckName, CheckOutcome, CheckReport, Said};
use crate::audit::{self, By, Event, EventKind, Object};
use crate::basics::{CertificateId, ChannelId, TenantId, Timestamp};
use crate::channels;
use crate::db::{DbFault, Tx};
use crate::engine::settings_mended;

#[derive(Serialize, Deserialize)]
struct KeptOutcome {
    name: String,
    ok: bool,
    detail: Said,
    remedy: Said,
}

/// A check that was made earlier.
#[derive(Clone, Debug)]
pub struct PastCheck {
    /// What it found.
    pub outcomes: Vec<CheckOutcome>,
    /// The version of the settings.
    pub version: i64,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
}

impl PastCheck {
    /// Whether every step was tried and passed.
    pub fn is_ok(&self) -> bool {
        super::is_ok(&self.outcomes)
    }
}

/// Writes a check down with who made it. Whether payouts that waited for the settings go on because of it.
pub fn note_check(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    report: &CheckReport,
    by: &By,
    now: Timestamp,
) -> Result<bool, DbFault> {
    let kept: Vec<KeptOutcome> = report
        .checks
        .iter()
        .map(|outcome| KeptOutcome {
            name: outcome.name.as_str().to_owned(),
            ok: outcome.ok,
            detail: outcome.detail.clone(),
            remedy: outcome.remedy.clone(),
        })
        .collect();
    let results = serde_json::to_string(&kept).map_err(|_| DbFault::Damaged {
        table: "channel_checks",
        what: "a check that cannot be written",
    })?;
    channels::put_check(
        tx,
        tenant,
        report.channel,
        report.version,
        report.certificate,
        report.is_ok(),
        &results,
        by,
        now,
    )?;
    let failed = report.checks.iter().find(|outcome| !outcome.ok);
    let event = Event {
        kind: EventKind::ChannelChecked,
        object: Object::Channel(report.channel),
        details: json!({
            "ok": report.is_ok(),
            "version": report.version,
            "certificate": report.certificate.map(|id| id.to_string()),
            "in_use": report.is_in_use,
            "failed": failed.map(|outcome| outcome.name.as_str()),
            "detail": failed.map(|outcome| &outcome.detail.en),
        }),
    };
    audit::record(tx, tenant, event, by, now)?;
    if report.is_ok() && report.is_in_use {
        settings_mended(tx, tenant, by, now)
    } else {
        Ok(false)
    }
}

/// The last check of a certificate, or of the settings while they had none. One that cannot be read counts as none.
pub fn find_past_check(
    tx: &mut Tx<'_>,
    tenant: TenantId,
    channel: ChannelId,
    certificate: Option<CertificateId>,
) -> Result<Option<PastCheck>, DbFault> {
    let Some(put_down) = channels::find_check(tx, tenant, channel, certificate)? else {
        return Ok(None);
    };
    let kept: Option<Vec<KeptOutcome>> = serde_json::from_str(&put_down.results).ok();
    let outcomes: Option<Vec<CheckOutcome>> = kept.and_then(|kept| {
        kept.into_iter()
            .map(|outcome| {
                Some(CheckOutcome {
                    name: CheckName::parse(&outcome.name)?,
                    ok: outcome.ok,
                    detail: outcome.detail,
                    remedy: outcome.remedy,
                })
            })
            .collect()
    });
    Ok(outcomes.map(|outcomes| PastCheck {
        outcomes,
        version: put_down.version,
        at: put_down.checked_at,
        by: put_down.checked_by,
    }))
}
