//! The real wire against small TLS servers on the loopback interface.

mod certificates;
mod dialling;
mod identities;
mod refused;
mod sent;
mod server;
mod trust;

use std::sync::Arc;
use std::time::Duration;

use url::Url;
use zhanfu::basics::{CertificateId, Id, Secret, TenantId};
use zhanfu::wire::{
    ClientIdentity, HttpsRemote, HttpsSetup, Remote, Request, Response, Roots, WireFault,
};

use certificates::{Authority, Pair};

/// Long enough for a busy machine, and passed in full only by tests of the limit itself.
const PATIENCE: Duration = Duration::from_secs(10);

fn identity(tenant: u128, certificate: u128, pair: &Pair) -> Arc<ClientIdentity> {
    Arc::new(ClientIdentity {
        tenant: TenantId::from_uuid(uuid::Uuid::from_u128(tenant)),
        certificate: CertificateId::from_uuid(uuid::Uuid::from_u128(certificate)),
        chain: vec![pair.certificate.clone()],
        key: Secret::new(pair.key.clone()),
    })
}

fn remote_to(
    address: &str,
    roots: &Authority,
    timeout: Duration,
    clients_most: u64,
) -> HttpsRemote {
    HttpsRemote::new(HttpsSetup {
        base: Url::parse(address).unwrap(),
        roots: Roots::Pem(roots.pem()),
        timeout,
        clients_most,
    })
    .unwrap()
}

async fn post(
    remote: &HttpsRemote,
    identity: &Arc<ClientIdentity>,
    body: &str,
) -> Result<Response, WireFault> {
    remote
        .post(Request {
            identity,
            path: "/pay",
            content_type: "text/xml; charset=utf-8",
            body: body.as_bytes(),
        })
        .await
}
