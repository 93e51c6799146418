//! What the two servers share: the gateway, the authorities, the packages, the clock.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use rustls::crypto::CryptoProvider;

use super::certificates::{
    Authorities, CertificateFault, KeySource, Package, PackageOptions, ServerAuthority,
    ServerCertificate,
};
use super::gateway::Gateway;
use super::server::Presented;
use super::settings::Now;

pub(super) struct Premises {
    gateway: Arc<Gateway>,
    now: Now,
    authorities: Authorities,
    server_authority: ServerAuthority,
    presented: Presented,
    provider: Arc<CryptoProvider>,
    packages: Mutex<HashMap<(String, PackageOptions), Arc<Package>>>,
}

impl Premises {
    pub(super) fn found(
        gateway: Arc<Gateway>,
        now: Now,
        keys: KeySource,
    ) -> Result<Self, CertificateFault> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let server_authority = ServerAuthority::found(provider.clone())?;
        let certificate = server_authority.make(ServerCertificate::Fitting)?;
        let presented = Presented::new(provider.clone(), certificate)?;
        Ok(Self {
            gateway,
            now,
            authorities: Authorities::new(keys),
            server_authority,
            presented,
            provider,
            packages: Mutex::default(),
        })
    }

    pub(super) fn gateway(&self) -> &Arc<Gateway> {
        &self.gateway
    }

    pub(super) fn now(&self) -> &Now {
        &self.now
    }

    pub(super) fn authorities(&self) -> &Authorities {
        &self.authorities
    }

    pub(super) fn presented(&self) -> &Presented {
        &self.presented
    }

    pub(super) fn ca_pem(&self) -> &str {
        self.server_authority.pem()
    }

    pub(super) fn show(&self, kind: ServerCertificate) -> Result<(), CertificateFault> {
        let certificate = self.server_authority.make(kind)?;
        Ok(self.presented.show(self.provider.clone(), certificate)?)
    }

    /// The package of a merchant; issued the first time it is asked for.
    pub(super) fn package(
        &self,
        mchid: &str,
        options: PackageOptions,
    ) -> Result<Arc<Package>, CertificateFault> {
        // The lock is held while a key is made, so that two who ask get the same package.
        let mut packages = self.packages.lock().unwrap_or_else(PoisonError::into_inner);
        let place = (mchid.to_owned(), options);
        if let Some(package) = packages.get(&place) {
            return Ok(package.clone());
        }
        let package = Arc::new(self.issue(mchid, options)?);
        packages.insert(place, package.clone());
        Ok(package)
    }

    /// A new package; certificates issued before stay valid.
    pub(super) fn reissue(
        &self,
        mchid: &str,
        options: PackageOptions,
    ) -> Result<Arc<Package>, CertificateFault> {
        let package = Arc::new(self.issue(mchid, options)?);
        let mut packages = self.packages.lock().unwrap_or_else(PoisonError::into_inner);
        packages.insert((mchid.to_owned(), options), package.clone());
        Ok(package)
    }

    fn issue(&self, mchid: &str, options: PackageOptions) -> Result<Package, CertificateFault> {
        let merchant = self
            .gateway
            .merchant(mchid)
            .ok_or(CertificateFault::UnknownMerchant)?;
        Package::issue(
            &self.authorities,
            mchid,
            &merchant.company,
            options,
            (self.now)(),
        )
    }
}
