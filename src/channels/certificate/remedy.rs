//! What the merchant does next, fault by fault.

use super::CertificateFault;

const WHERE: &str =
    "Upload the ZIP that WeChat Pay's certificate tool wrote, or the apiclient_cert.p12 in it.";
const NEW_ONE: &str = "Apply for a new certificate on the merchant platform (账户中心 → API安全 → 商户API证书) with WeChat Pay's \
     certificate tool, and upload the package that it writes.";

impl CertificateFault {
    /// One or two sentences: what the merchant does next.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::NothingUploaded | Self::TooManyFiles { .. } | Self::NotAPackage { .. } => WHERE,
            Self::TooLarge { .. } => {
                "Upload only the certificate package itself: it is a few kilobytes large."
            }
            Self::Damaged { .. } => {
                "Copy the file again from the computer on which the certificate was made, without opening or editing it, and \
                 upload that copy."
            }
            Self::TooManyEntries { .. } | Self::Bomb | Self::NestedArchive { .. } => {
                "Unpack the ZIP and upload only apiclient_cert.p12, or apiclient_cert.pem and apiclient_key.pem."
            }
            Self::EncryptedZip { .. } => {
                "Unpack the ZIP on your computer with its password, and upload apiclient_cert.p12 from it."
            }
            Self::UnsupportedCompression { .. }
            | Self::SymlinkEntry { .. }
            | Self::DuplicateEntry { .. } => {
                "Upload the ZIP as WeChat Pay's certificate tool wrote it, or apiclient_cert.p12 alone."
            }
            Self::WrongPassword { .. } => {
                "Check the merchant number (商户号) in the settings, and upload the package that was made for this number. A p12 \
                 that was exported again has to carry the merchant number as its password."
            }
            Self::WorkTooHigh { .. }
            | Self::TooManyBags { .. }
            | Self::UnsupportedProtection { .. } => {
                "Upload the original apiclient_cert.p12, or apiclient_cert.pem and apiclient_key.pem from the same package."
            }
            Self::NoCertificate => {
                "Upload apiclient_cert.pem as well, or the whole ZIP from WeChat Pay's certificate tool."
            }
            Self::NoKey => {
                "Upload apiclient_key.pem as well, or the whole ZIP from WeChat Pay's certificate tool. WeChat Pay cannot give a \
                 lost private key back: then apply for a new certificate."
            }
            Self::KeyInCertificatePlace { .. } | Self::CertificateInKeyPlace { .. } => {
                "Upload both apiclient_cert.pem (the certificate) and apiclient_key.pem (the private key), each with its own content."
            }
            Self::MoreThanOneKey
            | Self::MoreThanOneCertificate
            | Self::TooManyCertificates { .. } => {
                "Upload the package of one certificate only: the newest one."
            }
            Self::PemAndP12Disagree => {
                "Upload files of one and the same package; apiclient_cert.p12 alone is enough."
            }
            Self::EncryptedKey { .. } => {
                "Upload the original apiclient_key.pem, which has no passphrase, or apiclient_cert.p12."
            }
            Self::PublicKey { .. } => {
                "Upload apiclient_cert.p12, or apiclient_cert.pem and apiclient_key.pem. WeChat Pay's public key has a field of its own."
            }
            Self::SigningRequest { .. } => {
                "Submit the request (证书请求串) on the merchant platform, let the certificate tool make the package from the answer, \
                 and upload that package."
            }
            Self::PlatformCertificate { .. } => {
                "Upload the merchant's own certificate: apiclient_cert.p12, or apiclient_cert.pem and apiclient_key.pem."
            }
            Self::NotRsa { .. }
            | Self::KeyTooShort { .. }
            | Self::KeyTooLong { .. }
            | Self::KeyLengthUnusual { .. }
            | Self::WeakKey { .. }
            | Self::Expired { .. } => NEW_ONE,
            Self::KeyInconsistent => {
                "Take apiclient_key.pem or apiclient_cert.p12 again from the original package, and upload it."
            }
            Self::KeyDoesNotMatch => {
                "Upload the certificate and the private key of one and the same package: each new certificate has a new key."
            }
            Self::AnotherMerchant { .. } => {
                "Upload the certificate of this merchant number, or correct the merchant number (商户号) in the settings."
            }
            Self::NotAMerchantCertificate { .. } => {
                "Upload the merchant API certificate (商户API证书), apiclient_cert.p12; a certificate of a website or of an app is \
                 something else."
            }
            Self::NotYetValid { .. } => {
                "Wait for that day, or upload the certificate that is valid now; if the date is wrong, check this server's clock."
            }
        }
    }
}
