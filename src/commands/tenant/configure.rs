//! `zhanfu tenant configure`: the settings page as a command, with the same checks and the same audit.

use std::path::Path;

use serde_json::{Value as Json, json};
use zeroize::Zeroizing;

use crate::app::Ground;
use crate::audit::By;
use crate::basics::names::NameFault;
use crate::basics::{ApiKey, ApiV3Key, AppId, AppSecret, MerchantNumber};
use crate::channels::certificate::{self, UploadedFile};
use crate::channels::{self, CertificateUse, SaveWarning, Saved, Settings, SettingsChange};
use crate::commands::args::ConfigureArgs;
use crate::commands::output::{self, Refused};
use crate::db::{DbFault, Scope};

/// Saves what is given; without anything it shows what is there.
pub(in crate::commands) fn run(ground: &Ground, args: &ConfigureArgs) -> Result<(), Refused> {
    let tenant = output::tenant(&ground.database, &args.slug)?;
    let now = ground.clock.now();
    let before = ground
        .database
        .read_blocking("settings", Scope::Tenant(tenant.id), |tx| {
            channels::load_settings(tx, tenant.id)
        })
        .map_err(|fault: DbFault| Refused::because(&fault))?;
    let mut warnings = Vec::new();
    let change = read_change(args, &before, &mut warnings, now)?;
    let saved = ground
        .database
        .write_blocking("save settings", Scope::Tenant(tenant.id), |tx| {
            let saved = channels::save(
                tx,
                &ground.vault,
                tenant.id,
                &change,
                &By::COMMAND_LINE,
                now,
            )?;
            crate::engine::settings_mended(tx, tenant.id, &By::COMMAND_LINE, now)?;
            Ok::<_, channels::SaveError>(saved)
        })
        .map_err(|fault| Refused::because(&fault))?;
    warnings.extend(
        saved
            .warnings
            .iter()
            .map(|warning| describe(*warning).to_owned()),
    );
    print(args, &saved, &warnings, saved.settings.is_ready(now));
    Ok(())
}

fn read_change(
    args: &ConfigureArgs,
    before: &Settings,
    warnings: &mut Vec<String>,
    now: crate::basics::Timestamp,
) -> Result<SettingsChange, Refused> {
    let merchant_number = plain("--mch-id", args.mch_id.as_deref(), MerchantNumber::parse)?;
    let certificate = match &args.certificate {
        None => None,
        Some(path) => {
            let number = merchant_number.as_ref().or(before.merchant_number.as_ref());
            let number = number.ok_or_else(|| {
                Refused(
                    "--certificate: give --mch-id as well, the certificate is checked against it"
                        .to_owned(),
                )
            })?;
            let identity = read_certificate(path, args.private_key.as_deref(), number, now)?;
            warnings.extend(identity.warnings.iter().map(ToString::to_string));
            Some(identity)
        }
    };
    Ok(SettingsChange {
        app_id: plain("--app-id", args.app_id.as_deref(), AppId::parse)?,
        app_secret: secret(
            "--app-secret-file",
            args.app_secret_file.as_deref(),
            AppSecret::parse,
        )?,
        merchant_number,
        api_key: secret(
            "--api-key-file",
            args.api_key_file.as_deref(),
            ApiKey::parse,
        )?,
        api_v3_key: secret(
            "--api-v3-key-file",
            args.api_v3_key_file.as_deref(),
            ApiV3Key::parse,
        )?,
        certificate,
        certificate_use: CertificateUse::AtOnce,
        seen_version: None,
    })
}

fn plain<T>(
    flag: &str,
    text: Option<&str>,
    parse: fn(&str) -> Result<T, NameFault>,
) -> Result<Option<T>, Refused> {
    text.map(|text| parse(text.trim()).map_err(|fault| Refused(format!("{flag}: {fault}"))))
        .transpose()
}

fn secret<T>(
    flag: &str,
    path: Option<&Path>,
    parse: fn(&str) -> Result<T, NameFault>,
) -> Result<Option<T>, Refused> {
    let Some(path) = path else { return Ok(None) };
    let text: Zeroizing<String> = output::read_text(path)?;
    parse(&text)
        .map(Some)
        .map_err(|fault| Refused(format!("{flag}: {fault}")))
}

fn read_certificate(
    certificate: &Path,
    key: Option<&Path>,
    number: &MerchantNumber,
    now: crate::basics::Timestamp,
) -> Result<certificate::MerchantIdentity, Refused> {
    let paths = [Some(certificate), key];
    let mut contents = Vec::new();
    for path in paths.into_iter().flatten() {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        contents.push((name.unwrap_or_default(), output::read_bytes(path)?));
    }
    let files: Vec<UploadedFile<'_>> = contents
        .iter()
        .map(|(name, bytes)| UploadedFile { name, bytes })
        .collect();
    certificate::read(&files, number, now)
        .map_err(|fault| Refused(format!("--certificate: {fault} {}", fault.remedy())))
}

const fn describe(warning: SaveWarning) -> &'static str {
    match warning {
        SaveWarning::CertificateDropped => {
            "the certificate of the old merchant number was taken out of use; upload the new number's"
        }
    }
}

fn print(args: &ConfigureArgs, saved: &Saved, warnings: &[String], ready: bool) {
    let settings = &saved.settings;
    let missing: Vec<&str> = settings
        .missing()
        .iter()
        .map(|what| what.as_str())
        .collect();
    if args.json {
        let certificate = settings
            .certificate
            .as_ref()
            .map_or(Json::Null, |certificate| {
                let facts = &certificate.facts;
                json!({
                    "serial": facts.serial,
                    "merchant_id": facts.merchant_number,
                    "organization": facts.organization,
                    "organizational_unit": facts.organizational_unit,
                    "issuer": facts.issuer,
                    "not_before": facts.not_before,
                    "not_after": facts.not_after,
                    "fingerprint_sha256": facts.fingerprint_sha256,
                })
            });
        output::json(&json!({
            "slug": args.slug,
            "ready": ready,
            "missing": missing,
            "certificate": certificate,
            "warnings": warnings,
        }));
        return;
    }
    for warning in warnings {
        output::line(&format!("warning: {warning}"));
    }
    if let Some(certificate) = &settings.certificate {
        let facts = &certificate.facts;
        output::line(&format!(
            "certificate {} of {} ({})",
            facts.serial, facts.merchant_number, facts.organizational_unit
        ));
        output::line(&format!(
            "valid {} to {}",
            facts.not_before.day(),
            facts.not_after.day()
        ));
    }
    if ready {
        output::line(&format!(
            "ready (version {}); next: zhanfu check {}",
            settings.version, args.slug
        ));
    } else if missing.is_empty() {
        output::line("not ready: the certificate is not valid today");
    } else {
        output::line(&format!("not ready, missing: {}", missing.join(", ")));
    }
}
