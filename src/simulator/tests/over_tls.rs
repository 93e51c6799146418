//! A shop with a certificate package and a real client over mutual TLS.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use reqwest::Client;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ClientConfig, RootCertStore};

use super::super::certificates::{Issuer, Validity};
use super::super::{
    Endpoint, KeySource, Merchant, Package, PackageOptions, ServerCertificate, Settings, Simulator,
    start, xml,
};
use super::counter::{APP_ID, DAY_MS, Fields, Form, KEY, MCHID, MORNING_MS, PAYEE, code, is_paid};

pub(super) struct Shop {
    pub(super) simulator: Simulator,
    pub(super) now_ms: Arc<AtomicI64>,
}

impl Shop {
    pub(super) async fn open() -> Self {
        let now_ms = Arc::new(AtomicI64::new(MORNING_MS));
        let clock = now_ms.clone();
        let settings = Settings {
            keys: KeySource::WellKnown,
            merchants: vec![Merchant::new(MCHID, APP_ID, KEY)],
            control: Some("127.0.0.1:0".parse().unwrap()),
            ..Settings::new(Arc::new(move || clock.load(Ordering::Relaxed)))
        };
        Self {
            simulator: start(settings).await.unwrap(),
            now_ms,
        }
    }

    pub(super) fn client(&self) -> Client {
        self.client_with(Some(&*self.simulator.package(MCHID).unwrap()))
    }

    pub(super) fn client_with(&self, package: Option<&Package>) -> Client {
        client(self.simulator.ca_pem(), package, &[&rustls::version::TLS13])
    }

    pub(super) fn url(&self, endpoint: Endpoint) -> String {
        format!("{}{}", self.simulator.base_url(), endpoint.path())
    }

    pub(super) async fn post(
        &self,
        client: &Client,
        form: &Form,
    ) -> reqwest::Result<(u16, Vec<u8>)> {
        let endpoint = if form.0.iter().any(|(name, _)| name == "amount") {
            Endpoint::Transfers
        } else {
            Endpoint::GetTransferInfo
        };
        let request = client
            .post(self.url(endpoint))
            .header("Content-Type", "text/xml; charset=utf-8")
            .body(form.signed());
        let response = request.send().await?;
        let status = response.status().as_u16();
        Ok((status, response.bytes().await?.to_vec()))
    }

    pub(super) async fn fields(&self, client: &Client, form: &Form) -> Fields {
        let (status, body) = self.post(client, form).await.unwrap();
        assert_eq!(status, 200);
        xml::read(std::str::from_utf8(&body).unwrap())
            .unwrap()
            .into_iter()
            .collect()
    }

    pub(super) fn movements(&self, number: &str) -> usize {
        let now_ms = self.now_ms.load(Ordering::Relaxed);
        self.simulator
            .gateway()
            .movements_of(MCHID, number, now_ms)
            .len()
    }

    pub(super) fn wait(&self, ms: i64) {
        self.now_ms.fetch_add(ms, Ordering::Relaxed);
    }
}

pub(super) fn tls(
    ca_pem: &str,
    package: Option<&Package>,
    versions: &[&'static rustls::SupportedProtocolVersion],
) -> ClientConfig {
    let mut roots = RootCertStore::empty();
    roots
        .add(CertificateDer::from_pem_slice(ca_pem.as_bytes()).unwrap())
        .unwrap();
    let config =
        ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_protocol_versions(versions)
            .unwrap()
            .with_root_certificates(roots);
    match package {
        Some(package) => {
            let certificate =
                CertificateDer::from_pem_slice(package.certificate_pem.as_bytes()).unwrap();
            let key = PrivateKeyDer::from_pem_slice(package.private_key_pem.as_bytes()).unwrap();
            config
                .with_client_auth_cert(vec![certificate], key)
                .unwrap()
        }
        None => config.with_no_client_auth(),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the judge's tests share no client with the house"
)]
pub(super) fn client(
    ca_pem: &str,
    package: Option<&Package>,
    versions: &[&'static rustls::SupportedProtocolVersion],
) -> Client {
    Client::builder()
        .no_proxy()
        .tls_backend_preconfigured(tls(ca_pem, package, versions))
        .timeout(Duration::from_secs(20))
        .build()
        .unwrap()
}

#[tokio::test]
async fn a_shop_pays_and_asks_over_one_kept_connection() {
    let shop = Shop::open().await;
    let client = shop.client();
    for n in 0..5 {
        let form = Form::transfer(&format!("N{n}"), PAYEE, 100);
        assert!(is_paid(&shop.fields(&client, &form).await));
        assert!(is_paid(
            &shop.fields(&client, &Form::inquiry(&format!("N{n}"))).await
        ));
    }
    let book = shop.simulator.book();
    assert_eq!((book.movements.len(), book.paid_fen), (5, 500));
    assert_eq!((book.wire.connections, book.wire.full_handshakes), (1, 1));
    let fingerprint = shop
        .simulator
        .package(MCHID)
        .unwrap()
        .info
        .fingerprint
        .clone();
    assert_eq!(book.movements[0].certificate_fingerprint, Some(fingerprint));
    shop.simulator.shutdown().await;
}

#[tokio::test]
async fn both_tls_versions_are_spoken_and_sessions_are_resumed() {
    let shop = Shop::open().await;
    let package = shop.simulator.package(MCHID).unwrap();
    let versions: [&[_]; 2] = [&[&rustls::version::TLS12], &[&rustls::version::TLS13]];
    for (n, version) in versions.into_iter().enumerate() {
        let config = tls(shop.simulator.ca_pem(), Some(&package), version);
        for turn in 0..2 {
            // A new connection pool each time; the sessions live in the shared configuration.
            let client = client_of(config.clone());
            let form = Form::transfer(&format!("N{n}{turn}"), PAYEE, 100);
            assert!(is_paid(&shop.fields(&client, &form).await));
        }
    }
    let wire = shop.simulator.book().wire;
    assert_eq!((wire.full_handshakes, wire.resumed_handshakes), (2, 2));
}

#[expect(
    clippy::disallowed_methods,
    reason = "the judge's tests share no client with the house"
)]
fn client_of(config: ClientConfig) -> Client {
    Client::builder()
        .no_proxy()
        .tls_backend_preconfigured(config)
        .build()
        .unwrap()
}

#[tokio::test]
async fn missing_expired_early_and_foreign_certificates_get_the_fronts_pages() {
    let shop = Shop::open().await;
    let form = Form::transfer("N1", PAYEE, 100);
    let (status, page) = shop.post(&shop.client_with(None), &form).await.unwrap();
    assert_eq!(status, 400);
    assert!(
        String::from_utf8(page)
            .unwrap()
            .contains("400 No required SSL certificate was sent")
    );
    let bad = [
        PackageOptions {
            validity: Validity::Expired,
            ..PackageOptions::default()
        },
        PackageOptions {
            validity: Validity::NotYetValid,
            ..PackageOptions::default()
        },
        PackageOptions {
            issuer: Issuer::Other,
            ..PackageOptions::default()
        },
    ];
    for options in bad {
        let package = shop.simulator.package_with(MCHID, options).unwrap();
        let (status, page) = shop
            .post(&shop.client_with(Some(&package)), &form)
            .await
            .unwrap();
        assert_eq!(status, 400, "{options:?}");
        assert!(
            String::from_utf8(page)
                .unwrap()
                .contains("400 The SSL certificate error")
        );
    }
    assert_eq!(shop.movements("N1"), 0);
}

#[tokio::test]
async fn a_certificate_that_names_nobody_is_a_bad_one_not_a_missing_one() {
    let shop = Shop::open().await;
    let mut params = rcgen::CertificateParams::default();
    params.distinguished_name = rcgen::DistinguishedName::new();
    let key = rcgen::KeyPair::generate().unwrap();
    let certificate = params.self_signed(&key).unwrap();
    let mut nameless = (*shop.simulator.package(MCHID).unwrap()).clone();
    nameless.certificate_pem = certificate.pem();
    nameless.private_key_pem = key.serialize_pem();
    let form = Form::transfer("N1", PAYEE, 100);
    let (status, page) = shop
        .post(&shop.client_with(Some(&nameless)), &form)
        .await
        .unwrap();
    assert_eq!(status, 400);
    assert!(
        String::from_utf8(page)
            .unwrap()
            .contains("400 The SSL certificate error")
    );
}

#[tokio::test]
async fn a_certificate_runs_out_by_the_simulators_clock() {
    let shop = Shop::open().await;
    let client = shop.client();
    assert!(is_paid(
        &shop
            .fields(&client, &Form::transfer("N1", PAYEE, 100))
            .await
    ));
    shop.wait(1825 * DAY_MS);
    let (status, _) = shop
        .post(&client, &Form::transfer("N2", PAYEE, 100))
        .await
        .unwrap();
    assert_eq!(status, 400);
    let options = PackageOptions::default();
    let renewed = shop.simulator.reissue(MCHID, options).unwrap();
    let client = shop.client_with(Some(&renewed));
    assert!(is_paid(
        &shop
            .fields(&client, &Form::transfer("N2", PAYEE, 100))
            .await
    ));
}

#[tokio::test]
async fn a_certificate_of_another_merchant_gives_ca_error() {
    let shop = Shop::open().await;
    shop.simulator
        .add_merchant(Merchant::new("1900009999", APP_ID, KEY))
        .unwrap();
    let other = shop.simulator.package("1900009999").unwrap();
    let client = shop.client_with(Some(&other));
    let answer = shop
        .fields(&client, &Form::transfer("N1", PAYEE, 100))
        .await;
    assert_eq!(code(&answer), "CA_ERROR");
    assert_eq!(shop.simulator.book().certificate_mismatches_total, 1);
}

#[tokio::test]
async fn a_client_that_checks_the_server_refuses_its_wrong_certificates() {
    let shop = Shop::open().await;
    let form = Form::transfer("N1", PAYEE, 100);
    for kind in [
        ServerCertificate::Expired,
        ServerCertificate::OtherHost,
        ServerCertificate::OtherAuthority,
    ] {
        shop.simulator.show_certificate(kind).unwrap();
        let fault = shop.post(&shop.client(), &form).await.unwrap_err();
        assert!(fault.is_connect(), "{kind:?}: {fault:?}");
    }
    shop.simulator
        .show_certificate(ServerCertificate::Fitting)
        .unwrap();
    assert!(is_paid(&shop.fields(&shop.client(), &form).await));
    assert_eq!(shop.simulator.book().wire.failed_handshakes, 3);
}

#[tokio::test]
async fn what_is_no_order_gets_a_page() {
    let shop = Shop::open().await;
    let client = shop.client();
    let url = shop.url(Endpoint::Transfers);
    assert_eq!(
        client.get(&url).send().await.unwrap().status().as_u16(),
        405
    );
    let other = format!("{}/pay/unifiedorder", shop.simulator.base_url());
    assert_eq!(
        client
            .post(other)
            .body("")
            .send()
            .await
            .unwrap()
            .status()
            .as_u16(),
        404
    );
    let long = client
        .post(&url)
        .body(vec![b' '; 70_000])
        .send()
        .await
        .unwrap();
    assert_eq!(long.status().as_u16(), 413);
}

#[tokio::test]
async fn after_the_shutdown_nobody_listens() {
    let shop = Shop::open().await;
    let client = shop.client();
    let form = Form::transfer("N1", PAYEE, 100);
    assert!(is_paid(&shop.fields(&client, &form).await));
    let url = shop.url(Endpoint::Transfers);
    shop.simulator.shutdown().await;
    assert!(
        client
            .post(url)
            .body(form.signed())
            .send()
            .await
            .unwrap_err()
            .is_connect()
    );
}
