//! Where reading a file of the right kind stopped.

use std::fmt;

/// What is broken in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// There is nothing in it.
    Empty,
    /// DER of some other kind.
    NeitherCertificateNorKey,
    /// A certificate that cannot be parsed.
    CertificateUnreadable,
    /// A private key that cannot be parsed.
    KeyUnreadable,
    /// A p12 that is cut or is not DER.
    IncompleteP12,
    /// A ZIP entry that does not inflate.
    NotInflatable,
    /// A ZIP without a readable directory.
    NoTableOfContents,
    /// PEM: a line that no tool writes.
    LongLine,
    /// PEM: a block begins inside another.
    BlockInBlock,
    /// PEM: more blocks than a package has.
    TooManyBlocks,
    /// PEM: a block ends under another name.
    OtherEnd,
    /// PEM: the last line is missing.
    NoEnd,
    /// PEM: too much text around the blocks.
    TextAround,
    /// PEM: a block that is not base64.
    NotBase64,
}

impl Damage {
    /// All of them.
    #[cfg(test)]
    pub(super) const ALL: [Damage; 14] = [
        Damage::Empty,
        Damage::NeitherCertificateNorKey,
        Damage::CertificateUnreadable,
        Damage::KeyUnreadable,
        Damage::IncompleteP12,
        Damage::NotInflatable,
        Damage::NoTableOfContents,
        Damage::LongLine,
        Damage::BlockInBlock,
        Damage::TooManyBlocks,
        Damage::OtherEnd,
        Damage::NoEnd,
        Damage::TextAround,
        Damage::NotBase64,
    ];

    /// In Chinese.
    pub const fn chinese(self) -> &'static str {
        match self {
            Self::Empty => "内容为空",
            Self::NeitherCertificateNorKey => "其中既不是证书，也不是私钥",
            Self::CertificateUnreadable => "其中的证书无法读取",
            Self::KeyUnreadable => "其中的私钥无法读取",
            Self::IncompleteP12 => "不是完整的 p12 文件",
            Self::NotInflatable => "无法解压",
            Self::NoTableOfContents => "压缩包目录无法读取",
            Self::LongLine => "有一行超过 1 KiB",
            Self::BlockInBlock => "一段内容还没结束，又开始了另一段",
            Self::TooManyBlocks => "内容超过 8 段",
            Self::OtherEnd => "有一段的开头与结尾不一致",
            Self::NoEnd => "缺少最后一行（-----END …）",
            Self::TextAround => "证书内容之外的文字超过 4 KiB",
            Self::NotBase64 => "有一段不是 base64 内容",
        }
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "it is empty",
            Self::NeitherCertificateNorKey => "it is neither a certificate nor a private key",
            Self::CertificateUnreadable => "the certificate in it cannot be read",
            Self::KeyUnreadable => "the private key in it cannot be read",
            Self::IncompleteP12 => "it is not a complete p12 in DER",
            Self::NotInflatable => "it cannot be inflated",
            Self::NoTableOfContents => "its table of contents cannot be read",
            Self::LongLine => "a line in it is longer than 1 KiB",
            Self::BlockInBlock => "a block in it begins before the last one has ended",
            Self::TooManyBlocks => "it has more than 8 blocks",
            Self::OtherEnd => "a block in it ends under another name than it began",
            Self::NoEnd => "its last line (-----END …) is missing",
            Self::TextAround => "it has more than 4 KiB of text around its blocks",
            Self::NotBase64 => "a block in it is not base64",
        })
    }
}
