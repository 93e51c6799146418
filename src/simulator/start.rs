//! Starting the simulator, and the handle to it.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::book::Book;
use super::certificates::{CertificateFault, Package, PackageOptions, ServerCertificate};
use super::control;
use super::faults::{Rule, RuleFault, RuleId};
use super::gateway::Gateway;
use super::merchant::{Merchant, MerchantFault};
use super::premises::Premises;
use super::server;
use super::settings::Settings;

/// A simulator that runs. It stops when it is dropped.
pub struct Simulator {
    premises: Arc<Premises>,
    address: SocketAddr,
    base_url: String,
    control_url: Option<String>,
    tasks: Vec<JoinHandle<()>>,
}

/// Starts the simulator on the present tokio runtime.
pub async fn start(settings: Settings) -> io::Result<Simulator> {
    let Settings {
        address,
        control,
        seed,
        variety,
        now,
        keys,
        merchants,
        faults,
    } = settings;
    let gateway = Arc::new(Gateway::new(seed, variety));
    for merchant in merchants {
        gateway.add_merchant(merchant).map_err(invalid)?;
    }
    for rule in faults {
        gateway.set_fault(rule).map_err(invalid)?;
    }
    let premises = Arc::new(Premises::found(gateway, now, keys).map_err(io::Error::other)?);
    let listener = TcpListener::bind(address).await?;
    let address = listener.local_addr()?;
    let control = match control {
        Some(wanted) => Some(control::bind(wanted).await?),
        None => None,
    };
    let control_url = match &control {
        Some(listener) => Some(format!("http://{}", listener.local_addr()?)),
        None => None,
    };
    let mut tasks = vec![tokio::spawn(server::serve(listener, premises.clone()))];
    if let Some(listener) = control {
        tasks.push(tokio::spawn(control::serve(listener, premises.clone())));
    }
    let base_url = format!("https://{address}");
    Ok(Simulator {
        premises,
        address,
        base_url,
        control_url,
        tasks,
    })
}

fn invalid(fault: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, fault)
}

impl Simulator {
    /// What stands in the place of `https://api.mch.weixin.qq.com`.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Where the TLS server listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The authority clients have to trust, PEM.
    pub fn ca_pem(&self) -> &str {
        self.premises.ca_pem()
    }

    /// The control port, when there is one.
    pub fn control_url(&self) -> Option<&str> {
        self.control_url.as_deref()
    }

    /// The simulator without its sockets: payees, changes, counters, single numbers.
    pub fn gateway(&self) -> &Arc<Gateway> {
        self.premises.gateway()
    }

    /// Registers a merchant.
    pub fn add_merchant(&self, merchant: Merchant) -> Result<(), MerchantFault> {
        self.gateway().add_merchant(merchant)
    }

    /// The certificate package of a merchant, the same each time. With generated keys the first
    /// call takes a good part of a second: call it from a blocking thread where that matters.
    pub fn package(&self, mchid: &str) -> Result<Arc<Package>, CertificateFault> {
        self.package_with(mchid, PackageOptions::default())
    }

    /// A variant of the package: expired, of another issuer, otherwise encrypted.
    pub fn package_with(
        &self,
        mchid: &str,
        options: PackageOptions,
    ) -> Result<Arc<Package>, CertificateFault> {
        self.premises.package(mchid, options)
    }

    /// Issues a new package for a merchant; the certificates of before stay valid.
    pub fn reissue(
        &self,
        mchid: &str,
        options: PackageOptions,
    ) -> Result<Arc<Package>, CertificateFault> {
        self.premises.reissue(mchid, options)
    }

    /// Shows another server certificate in new connections; open ones stay.
    pub fn show_certificate(&self, kind: ServerCertificate) -> Result<(), CertificateFault> {
        self.premises.show(kind)
    }

    /// Puts a rule in force.
    pub fn set_fault(&self, rule: Rule) -> Result<RuleId, RuleFault> {
        self.gateway().set_fault(rule)
    }

    /// The book as it stands now.
    pub fn book(&self) -> Book {
        self.gateway().book((self.premises.now())())
    }

    /// Stops both servers and drops every connection.
    pub async fn shutdown(mut self) {
        for task in std::mem::take(&mut self.tasks) {
            task.abort();
            // Aborted on purpose; what matters is that it is over.
            drop(task.await);
        }
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}
