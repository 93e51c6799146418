//! The proof that key and certificate belong together: what the key signs, the certificate verifies.

use ring::rand::SystemRandom;
use ring::rsa::KeyPair;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, UnparsedPublicKey};

use super::CertificateFault;
use super::private_key::PrivateKey;
use super::x509::PublicKey;

/// Signs a challenge and verifies it.
///
/// The challenge need not be random: whoever can sign any text for this modulus holds its factors. The crate checks
/// that the key's numbers fit together before it signs, and its own result after.
pub(super) fn prove(key: &PrivateKey, public: &PublicKey) -> Result<(), CertificateFault> {
    let pair = KeyPair::from_der(&key.pkcs1).map_err(|_| CertificateFault::KeyInconsistent)?;
    let mut challenge = b"zhanfu: this key belongs to this certificate: ".to_vec();
    challenge.extend_from_slice(&public.pkcs1);
    let mut signature = vec![0; pair.public().modulus_len()];
    // this padding uses no randomness
    pair.sign(
        &RSA_PKCS1_SHA256,
        &SystemRandom::new(),
        &challenge,
        &mut signature,
    )
    .map_err(|_| CertificateFault::KeyInconsistent)?;
    UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, &public.pkcs1)
        .verify(&challenge, &signature)
        .map_err(|_| CertificateFault::KeyDoesNotMatch)
}
