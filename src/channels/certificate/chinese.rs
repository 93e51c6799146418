//! The same sentences and remedies in Chinese, for the pages. The English ones are in [`super::fault`], [`super::remedy`] and
//! [`super::warning`].

use super::{CertificateFault, CertificateWarning, LooksLike, Weakness};

const WHERE: &str = "请上传微信支付证书工具生成的 ZIP 压缩包，或其中的 apiclient_cert.p12。";
const NEW_ONE: &str = "请在微信商户平台「账户中心 → API安全 → 商户API证书」用证书工具申请新证书，并上传工具生成的压缩包。";

impl CertificateFault {
    /// What is wrong, as one sentence without its full stop.
    pub fn chinese(&self) -> String {
        match self {
            Self::NothingUploaded => "没有选择文件，或文件是空的".to_owned(),
            Self::TooManyFiles { count } => {
                format!("一次上传了 {count} 个文件，证书最多只有 4 个文件")
            }
            Self::TooLarge { file, limit_kib } => {
                format!("{}超过 {limit_kib} KiB，证书文件不会这么大", named(file))
            }
            Self::NotAPackage { file, looks_like } => {
                format!("{}是{}，不是证书文件", named(file), looks_like.chinese())
            }
            Self::Damaged { file, detail } => {
                format!("{}已损坏：{}", named(file), detail.chinese())
            }
            Self::TooManyEntries { limit } => format!("压缩包里的文件超过 {limit} 个"),
            Self::Bomb => "压缩包解压后的内容远远超过证书应有的大小".to_owned(),
            Self::NestedArchive { file } => format!("压缩包里的{}又是一个压缩包", named(file)),
            Self::EncryptedZip { file } => format!("压缩包里的{}设有密码", named(file)),
            Self::UnsupportedCompression { file } => {
                format!("压缩包里的{}使用了少见的压缩方式", named(file))
            }
            Self::SymlinkEntry { file } => {
                format!("压缩包里的{}是链接或设备，不是文件", named(file))
            }
            Self::DuplicateEntry { file } => format!("{}里有两个同名的文件", named(file)),
            Self::WrongPassword { file, merchant } => format!(
                "{}用商户号 {merchant} 打不开，很可能是其他商户号的证书",
                named(file)
            ),
            Self::WorkTooHigh { file } => format!("打开{}需要的计算量远超正常证书", named(file)),
            Self::TooManyBags { file } => format!("{}里的内容比一张证书加私钥更多", named(file)),
            Self::UnsupportedProtection { file } => {
                format!("{}使用了不支持的加密方式", named(file))
            }
            Self::NoCertificate => "上传的文件里没有商户API证书".to_owned(),
            Self::NoKey => "上传的文件里没有私钥".to_owned(),
            Self::KeyInCertificatePlace { file } => {
                format!("{}里应是证书，实际却是私钥", named(file))
            }
            Self::CertificateInKeyPlace { file } => {
                format!("{}里应是私钥，实际却是证书", named(file))
            }
            Self::MoreThanOneKey => "上传的文件里有不止一个私钥".to_owned(),
            Self::MoreThanOneCertificate => "上传的文件里有不止一张商户证书".to_owned(),
            Self::TooManyCertificates { limit } => format!("上传的文件里证书超过 {limit} 张"),
            Self::PemAndP12Disagree => "PEM 文件与 p12 文件不是同一张证书".to_owned(),
            Self::EncryptedKey { file } => format!("{}里的私钥设有密码", named(file)),
            Self::PublicKey { file } => format!(
                "{}是公钥（可能是微信支付公钥 pub_key.pem），不是商户证书或私钥",
                named(file)
            ),
            Self::SigningRequest { file } => {
                format!("{}是证书请求串，还不是证书", named(file))
            }
            Self::PlatformCertificate { file } => {
                format!("{}是微信支付平台证书，不是商户API证书", named(file))
            }
            Self::NotRsa { file } => format!("{}里的密钥不是 RSA 密钥", named(file)),
            Self::KeyTooShort { bits } => format!("RSA 密钥只有 {bits} 位，至少要 2048 位"),
            Self::KeyTooLong { bits } => format!("RSA 密钥有 {bits} 位，最多 4096 位"),
            Self::KeyLengthUnusual { bits } => {
                format!("RSA 密钥有 {bits} 位，只能使用 2048、3072 或 4096 位")
            }
            Self::WeakKey { weakness } => format!("RSA 密钥不安全：{}", weakness.chinese()),
            Self::KeyInconsistent => "私钥已损坏：其中的数字互相矛盾".to_owned(),
            Self::KeyDoesNotMatch => "私钥与证书不匹配".to_owned(),
            Self::AnotherMerchant { found, expected } => {
                format!("这张证书属于商户号 {found}，而这里的商户号是 {expected}")
            }
            Self::NotAMerchantCertificate { name } => {
                format!("这张证书是“{name}”的，这不是商户号")
            }
            Self::Expired { since } => format!("证书已于 {} 过期", since.shanghai()),
            Self::NotYetValid { from } => format!("证书要到 {} 才生效", from.shanghai()),
        }
    }

    /// What the merchant does next, as whole sentences.
    pub const fn chinese_remedy(&self) -> &'static str {
        match self {
            Self::NothingUploaded | Self::TooManyFiles { .. } | Self::NotAPackage { .. } => WHERE,
            Self::TooLarge { .. } => "请只上传证书文件本身，它只有几 KB。",
            Self::Damaged { .. } => {
                "请从申请证书的电脑上重新复制这个文件（不要打开或编辑），再上传。"
            }
            Self::TooManyEntries { .. } | Self::Bomb | Self::NestedArchive { .. } => {
                "请先解压，只上传 apiclient_cert.p12，或同时上传 apiclient_cert.pem 与 apiclient_key.pem。"
            }
            Self::EncryptedZip { .. } => "请在电脑上用密码解压，再上传其中的 apiclient_cert.p12。",
            Self::UnsupportedCompression { .. }
            | Self::SymlinkEntry { .. }
            | Self::DuplicateEntry { .. } => {
                "请上传证书工具生成的原始压缩包，或只上传 apiclient_cert.p12。"
            }
            Self::WrongPassword { .. } => {
                "请核对「商户号」，并上传为这个商户号申请的证书。重新导出的 p12，密码也必须是商户号。"
            }
            Self::WorkTooHigh { .. }
            | Self::TooManyBags { .. }
            | Self::UnsupportedProtection { .. } => {
                "请上传原始的 apiclient_cert.p12，或同一压缩包里的 apiclient_cert.pem 与 apiclient_key.pem。"
            }
            Self::NoCertificate => {
                "请同时上传 apiclient_cert.pem，或直接上传证书工具生成的整个压缩包。"
            }
            Self::NoKey => {
                "请同时上传 apiclient_key.pem，或直接上传证书工具生成的整个压缩包。微信支付无法找回丢失的私钥，丢失后只能重新申请证书。"
            }
            Self::KeyInCertificatePlace { .. } | Self::CertificateInKeyPlace { .. } => {
                "请同时上传 apiclient_cert.pem（证书）与 apiclient_key.pem（私钥），内容不要互换或重复。"
            }
            Self::MoreThanOneKey
            | Self::MoreThanOneCertificate
            | Self::TooManyCertificates { .. } => "请只上传一张证书的文件：最新申请的那一张。",
            Self::PemAndP12Disagree => {
                "请上传同一压缩包里的文件；只上传 apiclient_cert.p12 就够了。"
            }
            Self::EncryptedKey { .. } => {
                "请上传原始的、没有密码的 apiclient_key.pem，或上传 apiclient_cert.p12。"
            }
            Self::PublicKey { .. } => {
                "请上传 apiclient_cert.p12，或同时上传 apiclient_cert.pem 与 apiclient_key.pem。微信支付公钥不在这里上传。"
            }
            Self::SigningRequest { .. } => {
                "请把证书请求串提交到微信商户平台，把得到的证书串粘贴回证书工具，由工具生成压缩包后再上传。"
            }
            Self::PlatformCertificate { .. } => {
                "请上传商户自己的证书：apiclient_cert.p12，或同时上传 apiclient_cert.pem 与 apiclient_key.pem。"
            }
            Self::NotRsa { .. }
            | Self::KeyTooShort { .. }
            | Self::KeyTooLong { .. }
            | Self::KeyLengthUnusual { .. }
            | Self::WeakKey { .. }
            | Self::Expired { .. } => NEW_ONE,
            Self::KeyInconsistent => {
                "请从原始压缩包里重新取出 apiclient_key.pem 或 apiclient_cert.p12，再上传。"
            }
            Self::KeyDoesNotMatch => {
                "请上传同一压缩包里的证书与私钥：每申请一次新证书，私钥都会更换。"
            }
            Self::AnotherMerchant { .. } => "请上传这个商户号的证书，或更正上面的「商户号」。",
            Self::NotAMerchantCertificate { .. } => {
                "请上传商户API证书 apiclient_cert.p12；网站或应用的证书是另外的东西。"
            }
            Self::NotYetValid { .. } => {
                "请到那一天再上传，或上传现在有效的证书；如果日期不对，请平台运营检查服务器时钟。"
            }
        }
    }
}

impl CertificateWarning {
    /// What should be known, as one sentence without its full stop.
    pub fn chinese(&self) -> String {
        match self {
            Self::UnknownIssuer { issuer } => {
                format!("这张证书由“{issuer}”签发，不是微信支付签发的")
            }
            Self::ExpiresSoon { days: 0 } => "证书将在一天内过期".to_owned(),
            Self::ExpiresSoon { days } => format!("证书还有 {days} 天过期"),
            Self::P12NotUsed { .. } => {
                "上传的 p12 文件无法读取，已改用同时上传的 PEM 文件".to_owned()
            }
        }
    }

    /// What the merchant does next, as whole sentences.
    pub const fn chinese_remedy(&self) -> &'static str {
        match self {
            Self::UnknownIssuer { .. } => {
                "真实付款请上传微信支付证书工具生成的证书；连接模拟环境时可以忽略。"
            }
            Self::ExpiresSoon { .. } => {
                "请在微信商户平台「账户中心 → API安全 → 商户API证书」申请新证书并在这里上传；旧证书在到期前仍可使用。"
            }
            Self::P12NotUsed { .. } => "无需处理；如果 p12 才是新文件，请单独上传它。",
        }
    }
}

impl LooksLike {
    /// In Chinese.
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::WebPage => "网页",
            Self::Image => "图片",
            Self::Pdf => "PDF 文档",
            Self::Program => "程序",
            Self::OtherArchive => "ZIP 以外的压缩包",
            Self::OfficeDocument => "Office 文档",
            Self::ForeignKey => "SSH 或 PGP 密钥",
            Self::Text => "普通文本",
            Self::Unknown => "其他类型的文件",
        }
    }
}

impl Weakness {
    /// In Chinese.
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Exponent => "公钥指数不是 65537 到 2^33 之间的奇数",
            Self::EvenModulus => "模数是偶数",
            Self::ManyPrimes => "由两个以上的质数组成",
            Self::ClosePrimes => "两个质数过于接近",
            Self::Roca => "由有缺陷的芯片生成（ROCA，CVE-2017-15361）",
            Self::Published => "是公开文档里的示例密钥",
        }
    }
}

/// A file by its name; those without one have an English word of ours in its place.
fn named(file: &str) -> String {
    match file {
        "the file" => "文件".to_owned(),
        "the upload" => "上传的文件合计".to_owned(),
        name => format!(" {name} "),
    }
}

#[cfg(test)]
mod tests {
    use super::named;
    use crate::channels::certificate::part::shown;

    #[test]
    fn a_file_without_a_name_is_called_a_file_in_chinese_too() {
        assert_eq!(named(&shown("")), "文件");
        assert_eq!(named(&shown("a.p12")), " a.p12 ");
    }
}
