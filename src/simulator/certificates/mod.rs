//! Certificates on both sides: the server's own, and the package a merchant would have.

mod authority;
mod info;
mod keys;
mod package;
mod server;

pub use authority::{CertificateFault, Issuer, Validity};
pub use info::{CertificateInfo, Origin};
pub use keys::{KeySource, WELL_KNOWN_KEYS};
pub use package::{Package, PackageOptions, Protection};
pub use server::ServerCertificate;

pub(super) use authority::Authorities;
pub(super) use server::ServerAuthority;

/// PEM with lines of 64 characters.
fn pem(label: &str, der: &[u8]) -> String {
    use base64::Engine as _;
    let encoded = base64::engine::general_purpose::STANDARD.encode(der);
    let mut text = format!("-----BEGIN {label}-----\n");
    for (index, letter) in encoded.chars().enumerate() {
        if index > 0 && index % 64 == 0 {
            text.push('\n');
        }
        text.push(letter);
    }
    text.push_str("\n-----END ");
    text.push_str(label);
    text.push_str("-----\n");
    text
}
