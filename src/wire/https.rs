//! Production's remote: HTTPS with one client, and so one pool of connections, for each identity.
//!
//! A pool that is shared by tenants sends one tenant's request over another tenant's connection sooner or
//! later; several SDKs have had that defect (`wechatpay-reference.md` §9 no. 8). Here the client is found by
//! tenant, certificate id and a digest of the certificate itself, so a changed certificate can never be served
//! by an old connection either.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use moka::future::Cache;
use reqwest::header::CONTENT_TYPE;
use rustls::pki_types::ServerName;
use sha2::{Digest, Sha256};
use url::Url;

use super::proof::Facts;
use super::tls::{CERTIFICATE_SHOWN, Tls};
use super::{
    BadAnswer, BoxFuture, ClientIdentity, Figures, IdentityFault, NeverSent, Remote, Request,
    Response, Roots, WireFault, WireFigures,
};
use crate::basics::{CertificateId, TenantId};

/// The longest answer that is read. WeChat's are below 2 KiB; the rest is room for error pages.
pub const ANSWER_MOST_BYTES: usize = 64 * 1024;
/// How many clients a process usually keeps: every tenant of a large platform, in about 60 MiB.
pub const CLIENTS_MOST: u64 = 10_000;
/// How long an unused client is kept: after that the key of a tenant that no longer pays is out of memory.
const CLIENT_IDLE: Duration = Duration::from_hours(1);
/// How long an unused connection is kept. Shorter than the 60 to 75 seconds after which front servers usually
/// hang up, because a request that meets a connection being closed ends as "perhaps sent".
const CONNECTION_IDLE: Duration = Duration::from_secs(20);
/// Unused connections kept for one identity: enough for its bursts, and 2,000 busy tenants stay below 300 MiB.
const CONNECTIONS_IDLE_MOST: usize = 4;
/// The longest a connection may take to be made. Only a failure while connecting is provably "never sent", so
/// this must pass well before the time for the whole call does.
const CONNECT_MOST: Duration = Duration::from_secs(3);

/// What [`HttpsRemote`] is made of.
pub struct HttpsSetup {
    /// Where requests go: `https`, a host, perhaps a port, and nothing else.
    pub base: Url,
    /// Who may vouch for the server.
    pub roots: Roots,
    /// The time for one call, connecting and the whole answer included.
    pub timeout: Duration,
    /// How many clients are kept, usually [`CLIENTS_MOST`]; the least useful one goes first. One takes about
    /// 6 KiB, and 30 KiB for each of its open connections.
    pub clients_most: u64,
}

/// Why the wire cannot be set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SetupFault {
    /// The base address is no plain `https://host[:port]`.
    #[error("the remote's address must be https://host or https://host:port and nothing more")]
    Base,
    /// The roots are unreadable, or there are none.
    #[error("the file with trusted roots holds no readable PEM certificate")]
    Roots,
    /// The time for one call is nothing.
    #[error("the time for one remote call must be longer than nothing")]
    Timeout,
}

/// The clients' cache is found by all three, so that no two credentials can meet in one client.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct ClientKey {
    tenant: TenantId,
    certificate: CertificateId,
    digest: [u8; 32],
}

impl ClientKey {
    fn of(identity: &ClientIdentity) -> Self {
        let mut digest = Sha256::new();
        for certificate in &identity.chain {
            digest.update(certificate.len().to_be_bytes());
            digest.update(certificate);
        }
        Self {
            tenant: identity.tenant,
            certificate: identity.certificate,
            digest: digest.finalize().into(),
        }
    }
}

/// The real wire.
pub struct HttpsRemote {
    base: Url,
    timeout: Duration,
    tls: Tls,
    clients: Cache<ClientKey, reqwest::Client>,
    figures: Arc<WireFigures>,
}

impl HttpsRemote {
    /// Makes it; nothing is connected yet.
    pub fn new(setup: HttpsSetup) -> Result<Self, SetupFault> {
        let base = setup.base;
        let plain = base.scheme() == "https"
            && base.host_str().is_some_and(is_a_server_name)
            && base.username().is_empty()
            && base.password().is_none()
            && base.path() == "/"
            && base.query().is_none()
            && base.fragment().is_none();
        if !plain {
            return Err(SetupFault::Base);
        }
        if setup.timeout.is_zero() {
            return Err(SetupFault::Timeout);
        }
        let figures = Arc::new(WireFigures::default());
        Ok(Self {
            base,
            timeout: setup.timeout,
            tls: Tls::new(&setup.roots, Arc::clone(&figures))?,
            clients: Cache::builder()
                .max_capacity(setup.clients_most)
                .time_to_idle(CLIENT_IDLE)
                .build(),
            figures,
        })
    }

    /// What was done so far.
    pub fn figures(&self) -> Figures {
        self.figures.read()
    }

    /// How many clients are kept now.
    pub async fn clients_kept(&self) -> u64 {
        self.clients.run_pending_tasks().await;
        self.clients.entry_count()
    }

    async fn send(&self, request: Request<'_>) -> Result<Response, WireFault> {
        self.figures.request();
        let address = self.address(request.path).map_err(WireFault::NeverSent)?;
        let client = self
            .client(request.identity)
            .await
            .map_err(|fault| WireFault::NeverSent(NeverSent::Identity(fault)))?;
        let shown = Arc::new(AtomicBool::new(false));
        let sending = client
            .post(address)
            .header(CONTENT_TYPE, request.content_type)
            .body(request.body.to_vec())
            .send();
        let answer = CERTIFICATE_SHOWN
            .scope(Arc::clone(&shown), sending)
            .await
            .map_err(|error| Facts::of(&error, shown.load(Ordering::Relaxed)).verdict())?;
        let response = read(answer).await?;
        self.figures.answer();
        Ok(response)
    }

    fn address(&self, path: &str) -> Result<Url, NeverSent> {
        if !path.starts_with('/') {
            return Err(NeverSent::NotARequest);
        }
        let mut address = self.base.clone();
        // `set_path` cannot leave the host, unlike `join`, for which `//elsewhere/` is another one.
        address.set_path(path);
        Ok(address)
    }

    async fn client(&self, identity: &ClientIdentity) -> Result<reqwest::Client, IdentityFault> {
        self.clients
            .try_get_with(ClientKey::of(identity), async { self.build(identity) })
            .await
            .map_err(|fault| *fault)
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that builds HTTP clients for WeChat Pay"
    )]
    fn build(&self, identity: &ClientIdentity) -> Result<reqwest::Client, IdentityFault> {
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(self.tls.client(identity)?)
            .https_only(true)
            .http1_only()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            // The default sends a request again after some protocol errors. Nobody but the engine decides that.
            .retry(reqwest::retry::never())
            .referer(false)
            .user_agent("zhanfu")
            .connect_timeout(CONNECT_MOST.min(self.timeout / 2))
            .timeout(self.timeout)
            .pool_idle_timeout(CONNECTION_IDLE)
            .pool_max_idle_per_host(CONNECTIONS_IDLE_MOST)
            .build()
            .map_err(|_| IdentityFault::Client)?;
        self.figures.client_built();
        Ok(client)
    }
}

impl Remote for HttpsRemote {
    fn post<'a>(&'a self, request: Request<'a>) -> BoxFuture<'a, Result<Response, WireFault>> {
        Box::pin(self.send(request))
    }
}

/// A host that a certificate can name. An IPv6 address stands in brackets in an address, and nowhere else.
fn is_a_server_name(host: &str) -> bool {
    ServerName::try_from(host.trim_start_matches('[').trim_end_matches(']')).is_ok()
}

/// Reads an answer to its end, and no further than [`ANSWER_MOST_BYTES`].
async fn read(mut answer: reqwest::Response) -> Result<Response, WireFault> {
    let status = answer.status().as_u16();
    let bad = |why| WireFault::AnsweredBadly { status, why };
    let content_type = answer
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .map(str::to_owned);
    let mut body = Vec::new();
    loop {
        let chunk = answer.chunk().await.map_err(|_| bad(BadAnswer::CutShort))?;
        let Some(chunk) = chunk else { break };
        if body.len().saturating_add(chunk.len()) > ANSWER_MOST_BYTES {
            return Err(bad(BadAnswer::TooLong {
                limit: ANSWER_MOST_BYTES,
            }));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Response {
        status,
        content_type,
        body,
    })
}
