//! Production's dialler: HTTPS to the public internet, by one client that trusts no address before it has judged it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, USER_AGENT};

use super::names::{GuardedNames, NoAddress};
use super::proof::{Facts, cause};
use super::tls::anonymous;
use super::{
    BoxFuture, DialFault, Dialler, Letter, Names, NeverSent, Receipt, Roots, SetupFault, Target,
    WireFault,
};

/// How much of an answer is read. What comes after it is not waited for.
pub const RECEIPT_MOST_BYTES: usize = 64 * 1024;
/// The longest a connection may take to be made, looking up the name included.
pub const DIAL_MOST: Duration = Duration::from_secs(5);
/// The time for a whole call.
pub const CALL_MOST: Duration = Duration::from_secs(15);
/// How long an unused connection is kept: a name is looked up, and judged, at least this often.
const CONNECTION_IDLE: Duration = Duration::from_secs(20);
/// Unused connections kept for one host.
const CONNECTIONS_IDLE_MOST: usize = 4;

/// What [`HttpsDialler`] is made of.
pub struct DiallerSetup {
    /// Who may vouch for the servers.
    pub roots: Roots,
    /// Where names are looked up.
    pub names: Arc<dyn Names>,
    /// The time for connecting, usually [`DIAL_MOST`].
    pub connect_timeout: Duration,
    /// The time for a whole call, usually [`CALL_MOST`].
    pub timeout: Duration,
}

/// The real wire to tenants' servers.
pub struct HttpsDialler {
    client: reqwest::Client,
    names: GuardedNames,
    timeout: Duration,
}

impl HttpsDialler {
    /// Makes it; nothing is connected yet.
    pub fn new(setup: DiallerSetup) -> Result<Self, SetupFault> {
        Self::build(setup, Vec::new())
    }

    /// One for tests, whose servers listen on this machine: these addresses, and no others, are dialled although they are not public.
    #[cfg(feature = "sandbox")]
    pub fn with_exempt(setup: DiallerSetup, exempt: Vec<SocketAddr>) -> Result<Self, SetupFault> {
        Self::build(setup, exempt)
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the one place that builds the HTTP client for webhooks"
    )]
    fn build(setup: DiallerSetup, exempt: Vec<SocketAddr>) -> Result<Self, SetupFault> {
        if setup.timeout.is_zero() || setup.connect_timeout.is_zero() {
            return Err(SetupFault::Timeout);
        }
        let names = GuardedNames::new(setup.names, exempt);
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(anonymous(&setup.roots)?)
            .dns_resolver(names.clone())
            .https_only(true)
            .http1_only()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(setup.connect_timeout)
            .timeout(setup.timeout)
            .pool_idle_timeout(CONNECTION_IDLE)
            .pool_max_idle_per_host(CONNECTIONS_IDLE_MOST)
            .build()
            .map_err(|_| SetupFault::Roots)?;
        Ok(Self {
            client,
            names,
            timeout: setup.timeout,
        })
    }

    async fn send(&self, letter: Letter<'_>) -> Result<Receipt, DialFault> {
        if !matches!(letter.to.host(), url::Host::Domain(_)) {
            self.judge(letter.to).await?;
        }
        let mut request = self
            .client
            .post(letter.to.url())
            .header(CONTENT_TYPE, "application/json")
            .header(USER_AGENT, "zhanfu-webhooks");
        for (name, value) in letter.headers {
            request = request.header(*name, value);
        }
        let answer = request
            .body(letter.body.to_vec())
            .send()
            .await
            .map_err(|error| fault(&error))?;
        Ok(read(answer).await)
    }

    async fn judge(&self, to: &Target) -> Result<(), DialFault> {
        let not_found = || WireFault::NeverSent(NeverSent::NameNotFound).into();
        match tokio::time::timeout(self.timeout, self.names.judge(to)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(NoAddress::Blocked(blocked))) => Err(blocked.into()),
            Ok(Err(NoAddress::Unknown(_))) | Err(_) => Err(not_found()),
        }
    }
}

impl Dialler for HttpsDialler {
    fn post<'a>(&'a self, letter: Letter<'a>) -> BoxFuture<'a, Result<Receipt, DialFault>> {
        Box::pin(self.send(letter))
    }

    fn could_dial<'a>(&'a self, to: &'a Target) -> BoxFuture<'a, Result<(), DialFault>> {
        Box::pin(self.judge(to))
    }
}

fn fault(error: &reqwest::Error) -> DialFault {
    match cause::<NoAddress>(error) {
        Some(NoAddress::Blocked(blocked)) => (*blocked).into(),
        Some(NoAddress::Unknown(_)) | None => Facts::of(error, false).verdict().into(),
    }
}

/// Reads how an answer begins. Its status has arrived, and counts, however its body goes on.
async fn read(mut answer: reqwest::Response) -> Receipt {
    let status = answer.status().as_u16();
    let mut beginning = Vec::new();
    while let Ok(Some(chunk)) = answer.chunk().await {
        let room = RECEIPT_MOST_BYTES.saturating_sub(beginning.len());
        beginning.extend(chunk.iter().take(room));
        if beginning.len() >= RECEIPT_MOST_BYTES {
            break;
        }
    }
    Receipt { status, beginning }
}
