//! The certificate package of a merchant, as WeChat Pay's tool leaves it (reference §5.2, §5.4).

use std::io::{Cursor, Write as _};

use p12_keystore::{
    Certificate, EncryptionAlgorithm, KeyStore, KeyStoreEntry, MacAlgorithm, PrivateKey,
    PrivateKeyChain,
};
use zip::write::SimpleFileOptions;

use super::{Authorities, CertificateFault, CertificateInfo, Issuer, Origin, Validity, pem};

/// Rounds of the password's derivation in the classic OpenSSL default.
const ROUNDS: u32 = 2048;

const READ_ME: &str = "\
证书使用说明（模拟环境）\r\n\
\r\n\
apiclient_cert.p12：包含了私钥信息的证书文件，密码为商户号\r\n\
apiclient_cert.pem：从 apiclient_cert.p12 中导出证书部分的文件\r\n\
apiclient_key.pem：从 apiclient_cert.p12 中导出密钥部分的文件\r\n\
\r\n\
本证书由微信支付模拟器签发，仅用于开发与测试。\r\n";

/// Which variant of a package is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct PackageOptions {
    /// Who issues the certificate.
    pub issuer: Issuer,
    /// When it is valid.
    pub validity: Validity,
    /// How the PKCS#12 file is encrypted.
    pub protection: Protection,
}

/// How the PKCS#12 file is encrypted; key and certificate alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]

pub enum Protection {
    /// RC2 with 40 bits and a SHA-1 MAC: what OpenSSL 3 refuses without its legacy provider.
    #[default]
    LegacyRc2,
    /// Triple DES and a SHA-1 MAC.
    LegacyTripleDes,
    /// AES-256 and a SHA-256 MAC.
    Modern,
}

/// A merchant's certificate package.
#[derive(Debug, Clone)]
pub struct Package {
    /// The merchant number; the password of the PKCS#12 file.
    pub mchid: String,
    /// The certificate.
    pub certificate_der: Vec<u8>,
    /// The private key, PKCS#8.
    pub private_key_der: Vec<u8>,
    /// `apiclient_cert.p12`.
    pub p12: Vec<u8>,
    /// `apiclient_cert.pem`.
    pub certificate_pem: String,
    /// `apiclient_key.pem`.
    pub private_key_pem: String,
    /// What the front will read from the certificate.
    pub info: CertificateInfo,
}

impl Package {
    pub(in crate::simulator) fn issue(
        authorities: &Authorities,
        mchid: &str,
        company: &str,
        options: PackageOptions,
        now_ms: i64,
    ) -> Result<Self, CertificateFault> {
        let (certificate_der, private_key_der) =
            authorities.issue(mchid, company, options.issuer, options.validity, now_ms)?;
        let origin = match options.issuer {
            Issuer::Tenpay => Origin::Tenpay,
            Issuer::Other => Origin::Foreign,
        };
        let info =
            CertificateInfo::read(&certificate_der, origin).ok_or(CertificateFault::BadKey)?;
        Ok(Self {
            mchid: mchid.to_owned(),
            p12: p12(
                mchid,
                &certificate_der,
                &private_key_der,
                options.protection,
            )?,
            certificate_pem: pem("CERTIFICATE", &certificate_der),
            private_key_pem: pem("PRIVATE KEY", &private_key_der),
            certificate_der,
            private_key_der,
            info,
        })
    }

    /// The archive a merchant uploads.
    pub fn zip(&self) -> Result<Vec<u8>, CertificateFault> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let files: [(&str, &[u8]); 4] = [
            ("apiclient_cert.p12", &self.p12),
            ("apiclient_cert.pem", self.certificate_pem.as_bytes()),
            ("apiclient_key.pem", self.private_key_pem.as_bytes()),
            ("证书使用说明.txt", READ_ME.as_bytes()),
        ];
        for (name, content) in files {
            archive.start_file(name, SimpleFileOptions::default())?;
            archive
                .write_all(content)
                .map_err(zip::result::ZipError::from)?;
        }
        Ok(archive.finish()?.into_inner())
    }
}

fn p12(
    mchid: &str,
    certificate_der: &[u8],
    private_key_der: &[u8],
    protection: Protection,
) -> Result<Vec<u8>, CertificateFault> {
    let (cipher, mac) = match protection {
        Protection::LegacyRc2 => (
            EncryptionAlgorithm::PbeWithShaAnd40BitRc4Cbc,
            MacAlgorithm::HmacSha1,
        ),
        Protection::LegacyTripleDes => (
            EncryptionAlgorithm::PbeWithShaAnd3KeyTripleDesCbc,
            MacAlgorithm::HmacSha1,
        ),
        Protection::Modern => (
            EncryptionAlgorithm::PbeWithHmacSha256AndAes256,
            MacAlgorithm::HmacSha256,
        ),
    };
    let chain = PrivateKeyChain::new(
        &[1_u8, 0, 0, 0][..],
        PrivateKey::from_der(private_key_der)?,
        [Certificate::from_der(certificate_der)?],
    );
    let mut store = KeyStore::new();
    store.add_entry("Tenpay Certificate", KeyStoreEntry::PrivateKeyChain(chain));
    let file = store
        .writer(mchid)
        .encryption_algorithm(cipher)
        .encryption_iterations(ROUNDS)
        .mac_algorithm(mac)
        .mac_iterations(ROUNDS)
        .write()?;
    Ok(file)
}
