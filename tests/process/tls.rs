//! `sslmode=verify-full` against a PostgreSQL that speaks TLS, with an authority and certificates of the test's own.

use std::path::{Path, PathBuf};
use std::process::Command;

use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose};
use zhanfu::db::DatabaseUrl;

use crate::database::fresh_directory;
use crate::stage::{OwnPostgres, Stage, address};

/// An authority: what signs, and its certificate in PEM.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pem: String,
}

impl Authority {
    fn found(name: &str) -> Self {
        let mut params = CertificateParams::default();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign];
        let key = KeyPair::generate().unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        Self {
            issuer: Issuer::new(params, key),
            pem,
        }
    }

    /// A server's certificate for a host, and its key.
    fn certify(&self, host: &str) -> (String, String) {
        let mut params = CertificateParams::new(vec![host.to_owned()]).unwrap();
        params.distinguished_name.push(DnType::CommonName, host);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        (certificate.pem(), key.serialize_pem())
    }
}

/// Gives a file to the user under whom PostgreSQL runs, alone.
fn for_the_server(path: &Path) {
    let shown = path.display().to_string();
    assert!(
        Command::new("chmod")
            .args(["600", &shown])
            .status()
            .unwrap()
            .success()
    );
    let root = Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
    if root {
        assert!(
            Command::new("chown")
                .args(["postgres", &shown])
                .status()
                .unwrap()
                .success()
        );
    }
}

/// A server of PostgreSQL with TLS, for connections to `localhost`.
fn start(authority: &Authority, directory: &Path) -> OwnPostgres {
    let (certificate, key) = authority.certify("localhost");
    let (certificate_file, key_file) = (directory.join("server.pem"), directory.join("server.key"));
    std::fs::write(&certificate_file, certificate).unwrap();
    std::fs::write(&key_file, key).unwrap();
    for_the_server(&certificate_file);
    for_the_server(&key_file);
    OwnPostgres::start_with(&format!(
        "-c ssl=on -c ssl_cert_file={} -c ssl_key_file={}",
        certificate_file.display(),
        key_file.display()
    ))
}

fn with(url: &DatabaseUrl, mode: &str, roots: Option<&PathBuf>) -> String {
    let mut url = format!("{}?sslmode={mode}", address(url));
    if let Some(roots) = roots {
        url.push_str("&sslrootcert=");
        url.push_str(&roots.display().to_string());
    }
    url
}

#[cfg(feature = "postgres-tls")]
#[tokio::test(flavor = "multi_thread")]
async fn the_right_authority_and_host_connect_and_nothing_else_does() {
    let directory = fresh_directory();
    let (ours, other) = (Authority::found("ours"), Authority::found("another"));
    let (roots, wrong_roots) = (directory.join("ca.pem"), directory.join("other-ca.pem"));
    std::fs::write(&roots, &ours.pem).unwrap();
    std::fs::write(&wrong_roots, &other.pem).unwrap();
    let postgres = start(&ours, &directory);
    let by_name = postgres.url_at("localhost", "postgres");
    let by_number = postgres.url_at("127.0.0.1", "postgres");
    let mut stage = Stage::empty().await;
    let mut refused = async |url: &str| {
        stage.set("DATABASE_URL", url);
        stage.run(&["migrate"]).await.refused()
    };
    for mode in ["verify-ca", "verify-full"] {
        let said = refused(&with(&by_name, mode, Some(&wrong_roots))).await;
        assert!(said.contains("certificate verify failed"), "{said}");
    }
    let said = refused(&with(&by_number, "verify-full", Some(&roots))).await;
    assert!(said.contains("does not match host name"), "{said}");
    let missing = directory.join("not-there.pem");
    let said = refused(&with(&by_name, "verify-full", Some(&missing))).await;
    assert!(said.contains("not-there.pem"), "{said}");

    stage.set("DATABASE_URL", &with(&by_name, "verify-full", Some(&roots)));
    stage.run(&["migrate"]).await.done();
    let server = stage.serve("server", &[]).await;
    let over = encrypted_connections(&by_number);
    assert!(over.0 > 0, "it is TLS: {over:?}");
    assert_eq!(over.1, 0, "all of it: {over:?}");
    server.kill();
    stage.strike();
    drop(postgres);
    std::fs::remove_dir_all(directory).unwrap();
}

/// How many other connections there are over TLS, and how many without.
#[cfg(feature = "postgres-tls")]
fn encrypted_connections(url: &DatabaseUrl) -> (i64, i64) {
    use diesel::sql_types::BigInt;
    use diesel::{Connection as _, PgConnection, QueryableByName, RunQueryDsl as _};

    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        over_tls: i64,
        #[diesel(sql_type = BigInt)]
        plain: i64,
    }
    let mut conn = PgConnection::establish(&address(url)).unwrap();
    let count: Count = diesel::sql_query(
        "SELECT COUNT(*) FILTER (WHERE ssl) AS over_tls, COUNT(*) FILTER (WHERE NOT ssl) AS plain \
         FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) \
         WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'",
    )
    .get_result(&mut conn)
    .unwrap();
    (count.over_tls, count.plain)
}

#[cfg(not(feature = "postgres-tls"))]
#[tokio::test(flavor = "multi_thread")]
async fn without_the_feature_everything_above_prefer_is_refused_by_name() {
    let mut stage = Stage::empty().await;
    for mode in ["require", "verify-ca", "verify-full"] {
        stage.set(
            "DATABASE_URL",
            &format!("postgres://localhost/zhanfu?sslmode={mode}"),
        );
        let said = stage.run(&["migrate"]).await.refused();
        assert!(said.starts_with("ZHANFU_DATABASE_URL"), "{said}");
        assert!(
            said.contains(mode) && said.contains("--features postgres-tls"),
            "{said}"
        );
    }
    stage.strike();
}
