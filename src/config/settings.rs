//! The settings and what they mean.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use ipnet::IpNet;
use url::Url;

use super::read::{SettingsFault, Source};
use crate::db::DatabaseUrl;

/// The settings of the contract, and a few of our own, all with a default.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the database is.
    pub database_url: DatabaseUrl,
    /// Where the web server listens.
    pub listen: SocketAddr,
    /// How browsers and storefronts reach the web server; cookies are `Secure` when it is https.
    pub public_url: Url,
    /// The proxies in front of the web server: from them, `X-Forwarded-For` says who the caller is.
    pub trusted_proxies: Vec<IpNet>,
    /// The file of the master keys.
    pub master_key_file: PathBuf,
    /// Where the engine's last heartbeat is remembered, outside of the database and of its backups; when absent, beside the SQLite file, or
    /// beside the master key.
    pub heartbeat_file: Option<PathBuf>,
    /// WeChat Pay, or what stands in its place.
    pub wechat_base_url: Url,
    /// PEM roots that replace the built-in ones for calls to WeChat Pay.
    pub wechat_ca_file: Option<PathBuf>,
    /// One remote call, connecting included.
    pub wechat_timeout: Duration,
    /// The first pause between two tries of one payout.
    pub retry_min: Duration,
    /// The longest pause between two tries of one payout.
    pub retry_max: Duration,
    /// How long after a send the rail's "no such order" begins to count, and how far two such answers lie apart.
    pub confirm_after: Duration,
    /// How long an engine that died holds its payouts.
    pub lease: Duration,
    /// Remote calls in flight at once in this process.
    pub engine_concurrency: usize,
    /// Submissions a second for one merchant: WeChat Pay's documented ceiling, unless a merchant has agreed on another.
    pub wechat_submission_rate: u32,
    /// Questions a second for one merchant.
    pub wechat_inquiry_rate: u32,
    /// Where `/metrics` is served; on the web server to loopback callers when absent.
    pub metrics_listen: Option<SocketAddr>,
    /// Which log lines are written.
    pub log: String,
}

/// Names, defaults and meaning of all settings, in the order of `zhanfu serve --help`.
pub(super) const TABLE: &[(&str, Option<&str>)] = &[
    ("database_url", Some("sqlite://data/zhanfu.db")),
    ("listen", Some("127.0.0.1:8080")),
    ("public_url", Some("http://127.0.0.1:8080")),
    ("trusted_proxies", Some("")),
    ("master_key_file", Some("data/master.key")),
    ("heartbeat_file", None),
    ("wechat_base_url", Some("https://api.mch.weixin.qq.com")),
    ("wechat_ca_file", None),
    ("wechat_timeout", Some("10s")),
    ("retry_min", Some("15s")),
    ("retry_max", Some("30m")),
    ("confirm_after", Some("5m")),
    ("lease", Some("60s")),
    ("engine_concurrency", Some("64")),
    ("wechat_submission_rate", Some("100")),
    ("wechat_inquiry_rate", Some("30")),
    ("metrics_listen", None),
    ("log", Some("info")),
];

/// More calls at once than this would need more file descriptors than a process usually has.
const MOST_CONCURRENCY: usize = 4096;

/// The highest rate that can be set: no rail takes more, and the engine's arithmetic has room for it.
const MOST_RATE: u32 = 100_000;

/// What has to pass between the end of a call and the end of its lease, so that its outcome can still be written.
const LEASE_MARGIN: Duration = Duration::from_secs(10);

impl Settings {
    /// Reads the process's environment and the file that it names.
    pub fn from_environment() -> Result<Self, SettingsFault> {
        Self::from_source(&Source::from_environment()?)
    }

    /// Reads given variables, as a demo or a test makes them.
    pub fn from_variables(variables: &BTreeMap<String, String>) -> Result<Self, SettingsFault> {
        Self::from_source(&Source::from_variables(variables.clone())?)
    }

    fn from_source(source: &Source) -> Result<Self, SettingsFault> {
        let settings = Self {
            database_url: source.parse("database_url", |text| {
                DatabaseUrl::parse(text).map_err(|fault| fault.to_string())
            })?,
            listen: source.parse("listen", address)?,
            public_url: source.parse("public_url", web_address)?,
            trusted_proxies: source.parse("trusted_proxies", networks)?,
            master_key_file: source.parse("master_key_file", path)?,
            heartbeat_file: source.parse_optional("heartbeat_file", path)?,
            wechat_base_url: source.parse("wechat_base_url", |text| {
                let url = web_address(text)?;
                if url.scheme() == "https" {
                    Ok(url)
                } else {
                    Err("it must begin with https://".into())
                }
            })?,
            wechat_ca_file: source.parse_optional("wechat_ca_file", path)?,
            wechat_timeout: source.parse("wechat_timeout", duration)?,
            retry_min: source.parse("retry_min", duration)?,
            retry_max: source.parse("retry_max", duration)?,
            confirm_after: source.parse("confirm_after", duration)?,
            lease: source.parse("lease", duration)?,
            engine_concurrency: source.parse("engine_concurrency", |text| {
                text.parse()
                    .ok()
                    .filter(|number| (1..=MOST_CONCURRENCY).contains(number))
                    .ok_or_else(|| format!("it is a number from 1 to {MOST_CONCURRENCY}"))
            })?,
            wechat_submission_rate: source.parse("wechat_submission_rate", rate)?,
            wechat_inquiry_rate: source.parse("wechat_inquiry_rate", rate)?,
            metrics_listen: source.parse_optional("metrics_listen", address)?,
            log: source.parse("log", |text| {
                text.parse::<tracing_subscriber::EnvFilter>()
                    .map(|_| text.to_owned())
                    .map_err(|fault| {
                        format!("it is a tracing filter like info or zhanfu=debug ({fault})")
                    })
            })?,
        };
        settings.check()?;
        Ok(settings)
    }

    /// What does not fit together.
    fn check(&self) -> Result<(), SettingsFault> {
        let malformed = |name: &str, why: String| SettingsFault::Malformed {
            name: variable(name),
            why,
        };
        if self.retry_max < self.retry_min {
            return Err(malformed(
                "retry_max",
                "it is shorter than ZHANFU_RETRY_MIN".into(),
            ));
        }
        let shortest_lease = self.wechat_timeout.saturating_add(LEASE_MARGIN);
        if self.lease < shortest_lease {
            return Err(malformed(
                "lease",
                format!(
                    "it must be at least {}: ZHANFU_WECHAT_TIMEOUT and 10 s to write the outcome down, or a call could \
                     outlive its lease",
                    humantime::format_duration(shortest_lease)
                ),
            ));
        }
        Ok(())
    }
}

/// The environment variable of a setting.
pub(super) fn variable(name: &str) -> String {
    format!("ZHANFU_{}", name.to_uppercase())
}

fn address(text: &str) -> Result<SocketAddr, String> {
    text.parse()
        .map_err(|_| "it is an address and a port like 127.0.0.1:8080".to_owned())
}

fn networks(text: &str) -> Result<Vec<IpNet>, String> {
    text.split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| {
            part.parse::<IpNet>()
                .or_else(|_| part.parse::<IpAddr>().map(IpNet::from))
                .map_err(|_| {
                    "it is addresses or networks with commas between, like 127.0.0.1,10.0.0.0/8"
                        .to_owned()
                })
        })
        .collect()
}

fn web_address(text: &str) -> Result<Url, String> {
    let url = Url::parse(text)
        .map_err(|fault| format!("it is an address like https://pay.example.com ({fault})"))?;
    let plain = matches!(url.scheme(), "http" | "https")
        && url.host().is_some()
        && url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty();
    if plain {
        Ok(url)
    } else {
        Err(
            "it is a scheme and a host, like https://pay.example.com, and nothing behind it"
                .to_owned(),
        )
    }
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "the form that every parser of a setting has"
)]
fn path(text: &str) -> Result<PathBuf, String> {
    Ok(PathBuf::from(text))
}

fn rate(text: &str) -> Result<u32, String> {
    text.parse()
        .ok()
        .filter(|rate| (1..=MOST_RATE).contains(rate))
        .ok_or_else(|| format!("it is a number of calls a second, from 1 to {MOST_RATE}"))
}

fn duration(text: &str) -> Result<Duration, String> {
    let duration = humantime::parse_duration(text)
        .map_err(|_| "it is a duration like 500ms, 15s or 30m".to_owned())?;
    if duration.is_zero() {
        Err("it must be longer than nothing".to_owned())
    } else {
        Ok(duration)
    }
}
