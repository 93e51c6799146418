//! The rules of a channel's settings and certificates.

use std::time::Duration;

use super::certificate::expiry::ExpiryNotice;
use super::certificate::{CertificateFacts, MerchantIdentity};
use super::*;
use crate::audit::By;
use crate::basics::page::PageSize;
use crate::basics::randomness::OsRandomness;
use crate::basics::{
    ApiKey, AppId, CertificateId, Done, MerchantNumber, Secret, TenantId, Timestamp,
};
use crate::db::Database;
use crate::db::scratch::{self, NOON};
use crate::vault::Vault;

const DAY: Duration = Duration::from_hours(24);
const KEY: &str = "192006250b4c09247ec02edce69f6a2d";

struct Shop {
    database: Database,
    vault: Vault,
    tenant: TenantId,
}

fn shop() -> Shop {
    let database = scratch::migrated();
    let file = scratch::directory().join("master.key");
    let vault = Vault::start(&database, &file, std::sync::Arc::new(OsRandomness), NOON).unwrap();
    let tenant = database.tenant("tea");
    database.in_tx(|tx| open_channel(tx, tenant, &By::COMMAND_LINE, NOON).unwrap());
    Shop {
        database,
        vault,
        tenant,
    }
}

fn number(text: &str) -> MerchantNumber {
    MerchantNumber::parse(text).unwrap()
}

/// A certificate that nobody reads: its facts are all that counts here.
fn identity(merchant: &str, serial: &str, ends: Timestamp) -> MerchantIdentity {
    MerchantIdentity {
        facts: CertificateFacts {
            serial: serial.to_owned(),
            subject: format!("CN={merchant}"),
            merchant_number: merchant.to_owned(),
            organization: "微信商户系统".to_owned(),
            organizational_unit: "tea".to_owned(),
            issuer: "CN=Tenpay.com Root CA".to_owned(),
            not_before: NOON.minus(DAY),
            not_after: ends,
            fingerprint_sha256: format!("fingerprint of {serial}"),
            key_bits: 2048,
        },
        chain: vec![vec![1, 2, 3]],
        key: Secret::new(vec![4, 5, 6]),
        warnings: Vec::new(),
    }
}

fn first() -> SettingsChange {
    SettingsChange {
        app_id: Some(AppId::parse("wxd930ea5d5a258f4f").unwrap()),
        merchant_number: Some(number("1900000109")),
        api_key: Some(ApiKey::parse(KEY).unwrap()),
        certificate: Some(identity("1900000109", "A", NOON.plus(DAY * 400))),
        ..SettingsChange::default()
    }
}

fn another(serial: &str) -> SettingsChange {
    SettingsChange {
        certificate: Some(identity("1900000109", serial, NOON.plus(DAY * 1800))),
        certificate_use: CertificateUse::WhenProved,
        ..SettingsChange::default()
    }
}

impl Shop {
    fn save_at(&self, change: &SettingsChange, now: Timestamp) -> Result<Saved, SaveError> {
        self.database
            .in_tx(|tx| save(tx, &self.vault, self.tenant, change, &By::COMMAND_LINE, now))
    }

    fn saves(&self, change: &SettingsChange) -> Saved {
        self.save_at(change, NOON).unwrap()
    }

    fn settings(&self) -> Settings {
        self.database
            .in_tx(|tx| load_settings(tx, self.tenant).unwrap())
    }

    fn in_use(&self) -> Option<String> {
        self.settings()
            .certificate
            .map(|certificate| certificate.facts.serial)
    }

    fn shelf_at(&self, now: Timestamp) -> (Vec<String>, Vec<String>) {
        let settings = self.settings();
        let beside = self
            .database
            .in_tx(|tx| load_shelf(tx, self.tenant, &settings, now).unwrap());
        let serials = |certificates: Vec<StoredCertificate>| {
            certificates
                .into_iter()
                .map(|certificate| certificate.facts.serial)
                .collect()
        };
        (serials(beside.waiting), serials(beside.retired))
    }

    fn id_of(&self, serial: &str) -> CertificateId {
        let settings = self.settings();
        let beside = self
            .database
            .in_tx(|tx| load_shelf(tx, self.tenant, &settings, NOON).unwrap());
        beside
            .waiting
            .into_iter()
            .chain(beside.retired)
            .chain(settings.certificate)
            .find(|certificate| certificate.facts.serial == serial)
            .unwrap()
            .id
    }

    fn proves(&self, serial: &str) {
        let (settings, id) = (self.settings(), self.id_of(serial));
        self.database.in_tx(|tx| {
            put_check(
                tx,
                self.tenant,
                settings.channel,
                settings.version,
                Some(id),
                true,
                "[]",
                &By::COMMAND_LINE,
                NOON,
            )
            .unwrap();
        });
    }

    fn activates(
        &self,
        id: CertificateId,
        seen: i64,
        now: Timestamp,
    ) -> Result<Done<Settings>, ActivateError> {
        self.database
            .in_tx(|tx| activate(tx, self.tenant, id, seen, &By::COMMAND_LINE, now))
    }
}

#[test]
fn the_first_certificate_is_in_use_at_once_and_the_next_waits_until_it_is_proved() {
    let shop = shop();
    let saved = shop.saves(&SettingsChange {
        certificate_use: CertificateUse::WhenProved,
        ..first()
    });
    assert_eq!(saved.uploaded, Some(Uploaded::InUse));
    assert_eq!(shop.in_use().as_deref(), Some("A"));
    let version = shop.settings().version;
    let saved = shop.saves(&another("B"));
    assert_eq!(saved.uploaded, Some(Uploaded::Waiting));
    assert_eq!(
        (shop.in_use().as_deref(), shop.settings().version),
        (Some("A"), version)
    );
    let b = shop.id_of("B");
    assert!(matches!(
        shop.activates(b, version, NOON),
        Err(ActivateError::NotProved)
    ));
    shop.proves("B");
    assert!(matches!(
        shop.activates(b, version - 1, NOON),
        Err(ActivateError::Changed)
    ));
    assert!(matches!(shop.activates(b, version, NOON), Ok(Done::Now(_))));
    assert!(matches!(
        shop.activates(b, version, NOON),
        Ok(Done::Already(_))
    ));
    assert_eq!(shop.in_use().as_deref(), Some("B"));
    assert_eq!(shop.shelf_at(NOON), (vec![], vec!["A".to_owned()]));
}

#[test]
fn a_certificate_that_was_exchanged_is_used_again_within_14_days_and_not_after() {
    let shop = shop();
    shop.saves(&first());
    shop.saves(&SettingsChange {
        certificate_use: CertificateUse::AtOnce,
        ..another("B")
    });
    let (a, version) = (shop.id_of("A"), shop.settings().version);
    assert!(matches!(
        shop.activates(a, version, NOON.plus(KEPT)),
        Err(ActivateError::NotFound)
    ));
    let last = NOON.plus(KEPT).minus(Duration::from_millis(1));
    assert!(matches!(shop.activates(a, version, last), Ok(Done::Now(_))));
    assert_eq!(shop.in_use().as_deref(), Some("A"));
    assert_eq!(shop.shelf_at(last), (vec![], vec!["B".to_owned()]));
}

#[test]
fn a_certificate_takes_the_place_of_one_that_has_expired() {
    let shop = shop();
    shop.saves(&first());
    let later = NOON.plus(DAY * 500);
    let saved = shop.save_at(&another("B"), later).unwrap();
    assert_eq!(saved.uploaded, Some(Uploaded::InUse));
    assert_eq!(shop.in_use().as_deref(), Some("B"));
    // the expired one is still kept, but does not come back
    let (a, version) = (shop.id_of("A"), shop.settings().version);
    assert!(matches!(
        shop.activates(a, version, later),
        Err(ActivateError::NotValid)
    ));
}

#[test]
fn the_same_certificate_again_takes_the_place_of_its_copy() {
    let shop = shop();
    shop.saves(&first());
    let before = shop.settings();
    let again = SettingsChange {
        certificate: Some(identity("1900000109", "A", NOON.plus(DAY * 400))),
        certificate_use: CertificateUse::WhenProved,
        ..SettingsChange::default()
    };
    assert_eq!(shop.saves(&again).uploaded, Some(Uploaded::InUse));
    let after = shop.settings();
    assert_ne!(
        before.certificate.unwrap().id,
        after.certificate.unwrap().id
    );
    assert_eq!(shop.shelf_at(NOON), (vec![], vec![]));
    shop.saves(&another("B"));
    shop.saves(&another("B"));
    assert_eq!(shop.shelf_at(NOON), (vec!["B".to_owned()], vec![]));
}

#[test]
fn no_more_than_three_certificates_wait_and_one_can_be_thrown_away() {
    let shop = shop();
    shop.saves(&first());
    for serial in ["B", "C", "D"] {
        shop.saves(&another(serial));
    }
    assert!(matches!(
        shop.save_at(&another("E"), NOON),
        Err(SaveError::Certificate(KeepError::TooManyWaiting {
            most: 3
        }))
    ));
    let (a, b) = (shop.id_of("A"), shop.id_of("B"));
    let throw = |id| {
        shop.database
            .in_tx(|tx| discard(tx, shop.tenant, id, &By::COMMAND_LINE, NOON))
    };
    assert!(matches!(throw(a), Err(DiscardError::InUse)));
    throw(b).unwrap();
    assert!(matches!(throw(b), Err(DiscardError::NotFound)));
    assert!(matches!(
        shop.activates(b, shop.settings().version, NOON),
        Err(ActivateError::NotFound)
    ));
    shop.saves(&another("E"));
}

#[test]
fn another_merchant_number_puts_the_certificate_aside_and_the_old_number_brings_it_back() {
    let shop = shop();
    shop.saves(&first());
    let changed = shop.saves(&SettingsChange {
        merchant_number: Some(number("1900000110")),
        ..SettingsChange::default()
    });
    assert_eq!(changed.warnings, [SaveWarning::CertificateDropped]);
    assert_eq!(
        (shop.in_use(), shop.shelf_at(NOON)),
        (None, (vec![], vec![]))
    );
    assert!(matches!(
        shop.save_at(&another("B"), NOON),
        Err(SaveError::Certificate(KeepError::OtherMerchant { .. }))
    ));
    let back = shop.saves(&SettingsChange {
        merchant_number: Some(number("1900000109")),
        ..SettingsChange::default()
    });
    let a = shop.id_of("A");
    assert!(matches!(
        shop.activates(a, back.settings.version, NOON),
        Ok(Done::Now(_))
    ));
    assert_eq!(shop.in_use().as_deref(), Some("A"));
}

#[test]
fn the_history_says_what_each_version_changed_and_no_secret() {
    let shop = shop();
    shop.saves(&first());
    shop.saves(&SettingsChange {
        api_key: Some(ApiKey::parse("ffffffffffffffffffffffffffffffff").unwrap()),
        ..SettingsChange::default()
    });
    shop.saves(&SettingsChange {
        merchant_number: Some(number("1900000110")),
        ..SettingsChange::default()
    });
    let channel = shop.settings().channel;
    let changes = |before, size| {
        shop.database.in_tx(|tx| {
            let size = PageSize::new(size).unwrap();
            list_changes(tx, shop.tenant, channel, before, size).unwrap()
        })
    };
    let all = changes(None, 20);
    let said: Vec<(i64, &[Change])> = all
        .rows
        .iter()
        .map(|row| (row.version, row.changes.as_slice()))
        .collect();
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(
        said,
        [
            (
                4,
                [
                    Change::MerchantNumber {
                        from: text("1900000109"),
                        to: text("1900000110"),
                    },
                    Change::Certificate {
                        from: text("A"),
                        to: None,
                    },
                ]
                .as_slice()
            ),
            (3, [Change::ApiKey].as_slice()),
            (
                2,
                [
                    Change::AppId {
                        from: None,
                        to: text("wxd930ea5d5a258f4f"),
                    },
                    Change::MerchantNumber {
                        from: None,
                        to: text("1900000109"),
                    },
                    Change::ApiKey,
                    Change::Certificate {
                        from: None,
                        to: text("A"),
                    },
                ]
                .as_slice()
            ),
            (1, [Change::Opened].as_slice()),
        ]
    );
    let page = changes(None, 2);
    assert_eq!((page.rows.len(), page.next), (2, Some(3)));
    assert_eq!(changes(page.next, 2).rows, all.rows[2..]);
}

#[test]
fn each_notice_of_a_certificates_end_is_given_once() {
    let shop = shop();
    shop.saves(&first());
    let end = NOON.plus(DAY * 400);
    let due = |now| {
        shop.database.in_tx(|tx| {
            take_due_notices(tx, 100, now)
                .unwrap()
                .into_iter()
                .map(|due| (due.serial, due.notice, due.days_left))
                .collect::<Vec<_>>()
        })
    };
    let a = || "A".to_owned();
    assert_eq!(due(end.minus(DAY * 91)), []);
    assert_eq!(
        due(end.minus(DAY * 90)),
        [(a(), ExpiryNotice::Within90Days, 90)]
    );
    assert_eq!(due(end.minus(DAY * 31)), []);
    // a server that was off for long gives the notice that applies, and none of those in between
    assert_eq!(
        due(end.minus(DAY * 2)),
        [(a(), ExpiryNotice::Within7Days, 2)]
    );
    assert_eq!(due(end.minus(DAY)), [(a(), ExpiryNotice::Within1Day, 1)]);
    assert_eq!(due(end), []);
    let over = end.plus(Duration::from_millis(1));
    assert_eq!(due(over), [(a(), ExpiryNotice::Expired, 0)]);
    assert_eq!(due(over), []);
    let page = shop
        .database
        .in_tx(|tx| find_expiring(tx, shop.tenant, over).unwrap().unwrap());
    assert_eq!(page.notice, ExpiryNotice::Expired);
}

#[test]
fn nothing_is_said_of_a_certificate_that_is_not_in_use() {
    let shop = shop();
    shop.saves(&first());
    shop.saves(&SettingsChange {
        certificate_use: CertificateUse::AtOnce,
        ..another("B")
    });
    let due = shop
        .database
        .in_tx(|tx| take_due_notices(tx, 100, NOON.plus(DAY * 401)).unwrap());
    assert_eq!(due, []);
}
