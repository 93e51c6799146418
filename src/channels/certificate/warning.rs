//! What is not wrong, but should be known.

/// Something about an accepted certificate that a person should see.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CertificateWarning {
    /// Somebody else than WeChat Pay issued it.
    #[error("the certificate was issued by “{issuer}”, not by WeChat Pay")]
    UnknownIssuer {
        /// The issuer's common name.
        issuer: String,
    },
    /// It ends within the first notice's time.
    #[error("the certificate expires {}", in_days(*days))]
    ExpiresSoon {
        /// Whole days that are left; 0 on the last day.
        days: u64,
    },
    /// The PEM pair was taken, and the p12 beside it could not be read.
    #[error("the p12 file in the upload could not be read; the PEM files were used")]
    P12NotUsed {
        /// The code of the p12's fault.
        reason: &'static str,
    },
}

impl CertificateWarning {
    /// A short name that never changes.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownIssuer { .. } => "unknown_issuer",
            Self::ExpiresSoon { .. } => "expires_soon",
            Self::P12NotUsed { .. } => "p12_not_used",
        }
    }

    /// One sentence: what the merchant does next.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::UnknownIssuer { .. } => {
                "For real payments, upload the certificate from WeChat Pay's certificate tool; for a simulator this one is fine."
            }
            Self::ExpiresSoon { .. } => {
                "Apply for a new certificate on the merchant platform (账户中心 → API安全 → 商户API证书) and upload it here: the old one \
                 works until its last day."
            }
            Self::P12NotUsed { .. } => {
                "Nothing has to be done; if the p12 is the newer file, upload it alone."
            }
        }
    }
}

fn in_days(days: u64) -> String {
    match days {
        0 => "within a day".to_owned(),
        1 => "in one day".to_owned(),
        _ => format!("in {days} days"),
    }
}
