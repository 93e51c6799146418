//! The demo's shops, made by the verbs that commands and pages use.

use std::path::Path;

use crate::app::Ground;
use crate::audit::By;
use crate::basics::{ApiKey, AppId, EmailAddress, MerchantNumber, NameFault, TenantId, TenantSlug};
use crate::channels::certificate::{self, UploadedFile};
use crate::channels::{self, SettingsChange};
use crate::commands::output::Refused;
use crate::db::{DbFault, Scope};
use crate::limits;
use crate::people::{self, AddMemberError, Password, Role};
use crate::simulator::{Merchant, Simulator};
use crate::tenants::{self, CreateError, NewTenant, TenantName};

/// What a shop of the demo is like.
pub(super) struct Plan {
    slug: &'static str,
    pub(super) name: &'static str,
    email: &'static str,
    password: &'static str,
    mchid: &'static str,
    app_id: &'static str,
    api_key: &'static str,
    /// Its people; an openid that begins with oSIM- makes the simulator misbehave.
    pub(super) people: &'static [(&'static str, &'static str)],
}

impl Plan {
    /// The owner's address.
    pub(super) fn email(&self) -> Result<EmailAddress, NameFault> {
        EmailAddress::parse(self.email)
    }
}

/// The two shops.
pub(super) const PLANS: &[Plan] = &[
    Plan {
        slug: "tea-house",
        name: "山间茶馆",
        email: "lin@tea.example.com",
        password: "mountain-tea-2026",
        mchid: "1900000109",
        app_id: "wxd930ea5d5a258f4f",
        api_key: "192006250b4c09247ec02edce69f6a2d",
        people: &[
            ("li-lei", "oTEA7Gt7wVPxIT1A9GjFaMYMiLei"),
            ("han-meimei", "oTEA8Wb2xQpLrT5C3HkFaMeimei"),
            ("zhang-wei", "oTEA1Lk9sDfGhJ4K7PqWeZhangW"),
            ("wang-fang", "oSIM-ONCE_PAID_SYSTEMERROR-wangfang"),
            ("liu-yang", "oSIM-ONCE_PAID_CLOSE-liuyang"),
            ("chen-jie", "oSIM-V2_ACCOUNT_SIMPLE_BAN-chenjie"),
        ],
    },
    Plan {
        slug: "fruit-stand",
        name: "街角水果铺",
        email: "wang@fruit.example.com",
        password: "corner-fruit-2026",
        mchid: "1900000110",
        app_id: "wxe062425f740c30d8",
        api_key: "8934e7d15453e97507ef794cf7b0519d",
        people: &[
            ("zhao-min", "oFRU3Nm8cVbXzA2S6DfGhZhaoMin"),
            ("sun-li", "oFRU5Yt4rEwQpO9I1UjHbSunLi"),
            ("wu-gang", "oSIM-ONCE_UNPAID_SYSTEMERROR-wugang"),
            ("zheng-shuang", "oFRU6Bv7nMkJhG3F8DsAqZheng"),
        ],
    },
];

/// A shop that is ready to pay.
pub(super) struct Shop {
    pub(super) tenant: TenantId,
    pub(super) plan: &'static Plan,
    pub(super) key: String,
}

impl Shop {
    /// What its owner signs in with.
    pub(super) fn sign_in(&self) -> String {
        format!(
            "{:<16} {:<24} {}",
            self.plan.name, self.plan.email, self.plan.password
        )
    }
}

/// Why a shop is not opened.
#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error(transparent)]
    Create(#[from] CreateError),
    #[error(transparent)]
    Member(#[from] AddMemberError),
    #[error("the database failed")]
    Db(#[from] DbFault),
}

/// Opens a shop: its account at the simulator, the tenant, the settings with the uploaded package, and a storefront key. The package stays
/// in the directory, for whoever wants to upload it again.
pub(super) fn open(
    ground: &Ground,
    simulator: &Simulator,
    plan: &'static Plan,
    directory: &Path,
) -> Result<Shop, Refused> {
    let merchant = Merchant::new(plan.mchid, plan.app_id, plan.api_key);
    simulator
        .add_merchant(merchant)
        .map_err(|fault| Refused::because(&fault))?;
    let zip = simulator
        .package(plan.mchid)
        .and_then(|package| package.zip())
        .map_err(|fault| Refused::because(&fault))?;
    let path = directory.join(format!("{}_apiclient_cert.zip", plan.mchid));
    std::fs::write(&path, &zip).map_err(|error| Refused(error.to_string()))?;
    let (tenant, key) = make(ground, plan).map_err(|fault| Refused::because(&fault))?;
    configure(ground, tenant, plan, &zip)?;
    Ok(Shop { tenant, plan, key })
}

fn make(ground: &Ground, plan: &Plan) -> Result<(TenantId, String), Fault> {
    let now = ground.clock.now();
    let by = By::COMMAND_LINE;
    let damaged = || DbFault::Damaged {
        table: "tenants",
        what: "a plan of the demo",
    };
    let slug = TenantSlug::parse(plan.slug).map_err(|_| damaged())?;
    let new = NewTenant {
        slug,
        name: TenantName::parse(plan.name).ok_or_else(damaged)?,
    };
    let email = plan.email().map_err(|_| damaged())?;
    let hash = Password::chosen(plan.password, &[])
        .map_err(|_| damaged())?
        .hash(&*ground.random);
    let key_name = TenantName::parse("demo storefront").ok_or_else(damaged)?;
    ground
        .database
        .write_blocking("open a shop", Scope::AcrossTenants, |tx| {
            let id = tenants::create(tx, &new, &by, now)?;
            limits::insert_defaults(tx, id)?;
            channels::open_channel(tx, id, &by, now)?;
            people::add_member(tx, id, &email, &hash, Role::Owner, &by, now)?;
            let (_, key) = tenants::create_api_key(tx, id, &key_name, &by, &*ground.random, now)?;
            Ok::<_, Fault>((id, key.expose().clone()))
        })
}

fn configure(ground: &Ground, tenant: TenantId, plan: &Plan, zip: &[u8]) -> Result<(), Refused> {
    let now = ground.clock.now();
    let wrong = |fault: NameFault| Refused(fault.to_string());
    let number = MerchantNumber::parse(plan.mchid).map_err(wrong)?;
    let files = [UploadedFile {
        name: "apiclient_cert.zip",
        bytes: zip,
    }];
    let identity =
        certificate::read(&files, &number, now).map_err(|fault| Refused::because(&fault))?;
    let change = SettingsChange {
        app_id: Some(AppId::parse(plan.app_id).map_err(wrong)?),
        merchant_number: Some(number),
        api_key: Some(ApiKey::parse(plan.api_key).map_err(wrong)?),
        certificate: Some(identity),
        ..SettingsChange::default()
    };
    ground
        .database
        .write_blocking("configure a shop", Scope::Tenant(tenant), |tx| {
            channels::save(tx, &ground.vault, tenant, &change, &By::COMMAND_LINE, now)
        })
        .map_err(|fault| Refused::because(&fault))?;
    Ok(())
}
