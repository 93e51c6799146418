//! The rules of settings.

use std::collections::BTreeMap;
use std::time::Duration;

use super::{Settings, SettingsFault};
use crate::db::DatabaseUrl;

fn with(pairs: &[(&str, &str)]) -> Result<Settings, SettingsFault> {
    let variables: BTreeMap<_, _> = pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    Settings::from_variables(&variables)
}

fn file(text: &str) -> String {
    let directory = crate::db::scratch::directory();
    std::fs::create_dir_all(&directory).unwrap();
    let path = directory.join("zhanfu.toml");
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

#[test]
fn without_anything_the_defaults_of_the_contract_hold() {
    let settings = with(&[("PATH", "/bin")]).unwrap();
    assert_eq!(settings.listen.to_string(), "127.0.0.1:8080");
    assert!(matches!(settings.database_url, DatabaseUrl::Sqlite(_)));
    assert_eq!(
        settings.wechat_base_url.as_str(),
        "https://api.mch.weixin.qq.com/"
    );
    assert_eq!(settings.retry_min, Duration::from_secs(15));
    assert_eq!(settings.retry_max, Duration::from_mins(30));
    assert_eq!(settings.lease, Duration::from_mins(1));
    assert_eq!(settings.engine_concurrency, 64);
    assert_eq!(settings.wechat_submission_rate, 100);
    assert_eq!(settings.wechat_inquiry_rate, 30);
    assert!(settings.wechat_ca_file.is_none());
}

#[test]
fn an_unknown_setting_is_named_with_the_one_that_was_probably_meant() {
    let fault = with(&[("ZHANFU_LISTN", "x")]).unwrap_err();
    assert_eq!(
        fault.to_string(),
        "ZHANFU_LISTN is no setting; did you mean ZHANFU_LISTEN?"
    );
    assert!(matches!(
        with(&[("ZHANFU_listen", "x")]),
        Err(SettingsFault::Unknown { .. })
    ));
    let path = file("databse_url = 'x'");
    let fault = with(&[("ZHANFU_CONFIG", &path)]).unwrap_err();
    assert_eq!(
        fault.to_string(),
        "databse_url is no setting; did you mean database_url?"
    );
}

#[test]
fn a_malformed_setting_is_named_with_what_is_expected() {
    for (name, value) in [
        ("ZHANFU_LISTEN", "8080"),
        ("ZHANFU_LEASE", "soon"),
        ("ZHANFU_LEASE", "15s"),
        ("ZHANFU_RETRY_MIN", "0s"),
        ("ZHANFU_RETRY_MAX", "1s"),
        ("ZHANFU_ENGINE_CONCURRENCY", "0"),
        ("ZHANFU_DATABASE_URL", "mysql://x"),
        ("ZHANFU_PUBLIC_URL", "https://example.com/path"),
        ("ZHANFU_WECHAT_BASE_URL", "http://example.com"),
        ("ZHANFU_TRUSTED_PROXIES", "10.0.0.0/33"),
        ("ZHANFU_LOG", "a=b=c"),
    ] {
        let fault = with(&[(name, value)]).unwrap_err().to_string();
        assert!(
            fault.starts_with(&format!("{name} is malformed: ")),
            "{fault}"
        );
    }
}

#[test]
fn the_environment_wins_over_the_file() {
    let path = file("listen = '127.0.0.1:1'\nengine_concurrency = 7\n");
    let settings = with(&[("ZHANFU_CONFIG", &path), ("ZHANFU_LISTEN", "127.0.0.1:2")]).unwrap();
    assert_eq!(settings.listen.port(), 2);
    assert_eq!(settings.engine_concurrency, 7);
}

#[test]
fn a_file_that_is_missing_or_no_toml_stops_the_start() {
    assert!(matches!(
        with(&[("ZHANFU_CONFIG", "/nowhere")]),
        Err(SettingsFault::Unreadable { .. })
    ));
    let path = file("listen = ");
    assert!(matches!(
        with(&[("ZHANFU_CONFIG", &path)]),
        Err(SettingsFault::NotToml { .. })
    ));
    let path = file("listen = true");
    assert!(matches!(
        with(&[("ZHANFU_CONFIG", &path)]),
        Err(SettingsFault::Malformed { .. })
    ));
}

#[test]
fn a_password_in_the_database_address_is_not_shown() {
    let fault = with(&[("ZHANFU_DATABASE_URL", "postgres://u:canary@h/d?sslmode=on")]).unwrap_err();
    assert!(!fault.to_string().contains("canary"));
    let settings = with(&[("ZHANFU_DATABASE_URL", "postgres://u:canary@h/d")]).unwrap();
    assert!(!format!("{settings:?}").contains("canary"));
}

#[test]
fn trusted_proxies_are_addresses_and_networks() {
    let settings = with(&[("ZHANFU_TRUSTED_PROXIES", "127.0.0.1, 10.0.0.0/8,fd00::/8")]).unwrap();
    let networks: Vec<String> = settings
        .trusted_proxies
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(networks, ["127.0.0.1/32", "10.0.0.0/8", "fd00::/8"]);
    assert!(with(&[]).unwrap().trusted_proxies.is_empty());
}
