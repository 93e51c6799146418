//! The tutorials of the settings page: where each thing is found on WeChat's platforms. Menu names stay Chinese in both languages, because
//! the platforms are; `wechatpay-reference.md` §5 says where they are from.

/// One tutorial.
pub(in crate::web) struct Tutorial {
    /// What unfolds it.
    pub(in crate::web) title: &'static str,
    /// What is to be done, in order.
    pub(in crate::web) steps: &'static [&'static str],
    /// The picture, in `static/`.
    pub(in crate::web) picture: &'static str,
    /// What it shows.
    pub(in crate::web) caption: &'static str,
    /// The title of the mistakes.
    pub(in crate::web) mistakes_title: &'static str,
    /// What goes wrong most often.
    pub(in crate::web) mistakes: &'static [&'static str],
}

/// All of them.
pub(in crate::web) struct Tutorials {
    /// The AppID.
    pub(in crate::web) app_id: Tutorial,
    /// The AppSecret.
    pub(in crate::web) app_secret: Tutorial,
    /// The merchant number.
    pub(in crate::web) merchant_number: Tutorial,
    /// The API key.
    pub(in crate::web) api_key: Tutorial,
    /// The APIv3 key.
    pub(in crate::web) api_v3_key: Tutorial,
    /// Requesting the certificate.
    pub(in crate::web) certificate: Tutorial,
    /// The IP whitelist.
    pub(in crate::web) addresses: Tutorial,
}

const APP_PICTURE: &str = "tutorial-app.svg";
const MERCHANT_PICTURE: &str = "tutorial-merchant.svg";
const SECURITY_PICTURE: &str = "tutorial-security.svg";
const CERTIFICATE_PICTURE: &str = "tutorial-certificate.svg";
const ADDRESSES_PICTURE: &str = "tutorial-addresses.svg";

impl Tutorials {
    pub(super) const CHINESE: Self = Self {
        app_id: Tutorial {
            title: "教程：AppID 在哪里",
            steps: &[
                "公众号、小程序登录微信公众平台 mp.weixin.qq.com；移动应用、网站应用登录微信开放平台 open.weixin.qq.com。",
                "公众号进入「设置与开发 → 基本配置」，小程序进入「开发管理 → 开发设置」，复制「AppID」。",
                "登录微信商户平台 pay.weixin.qq.com，在「产品中心 → AppID账号管理」关联这个 AppID，再到公众平台确认授权。",
                "把 AppID 粘贴到这里，保存。",
            ],
            picture: APP_PICTURE,
            caption: "公众平台「设置与开发 → 基本配置」里的 AppID 与 AppSecret（示意图）",
            mistakes_title: "常见错误",
            mistakes: &[
                "填成了原始ID（以 gh_ 开头）或微信号。",
                "AppID 没有与商户号关联：微信支付返回 PARAM_ERROR。",
                "收款人的 openid 来自另一个应用：微信支付返回 OPENID_ERROR。",
                "关联之后不能解除，一个商户号最多关联 50 个 AppID，关联前请核对。",
            ],
        },
        app_secret: Tutorial {
            title: "教程：AppSecret 在哪里",
            steps: &[
                "登录微信公众平台，进入「设置与开发 → 基本配置」（小程序为「开发管理 → 开发设置」）。",
                "在「开发者密码(AppSecret)」点击「重置」，由管理员扫码确认。",
                "AppSecret 只显示这一次，立即复制并粘贴到这里，保存。",
            ],
            picture: APP_PICTURE,
            caption: "AppSecret 就在 AppID 下面（示意图）",
            mistakes_title: "常见错误",
            mistakes: &[
                "重置会让旧的 AppSecret 立即失效：商城登录等正在使用它的系统要一起更换。",
                "付款本身不使用 AppSecret，没有它也能付款，可以不填。",
            ],
        },
        merchant_number: Tutorial {
            title: "教程：商户号在哪里",
            steps: &[
                "登录微信商户平台 pay.weixin.qq.com。",
                "进入「账户中心 → 商户信息」，复制「商户号」（也写在开通微信支付的通知邮件里）。",
                "粘贴到这里，保存。",
            ],
            picture: MERCHANT_PICTURE,
            caption: "商户平台「账户中心 → 商户信息」里的商户号（示意图）",
            mistakes_title: "常见错误",
            mistakes: &[
                "填成了登录账号（商户号后面带 @ 的部分不是商户号）。",
                "填成了服务商的商户号：这里要填实际付款的商户号。",
                "更换商户号后，商户API密钥与证书也必须换成新商户号的。",
            ],
        },
        api_key: Tutorial {
            title: "教程：设置商户API密钥",
            steps: &[
                "由超级管理员登录微信商户平台，进入「账户中心 → API安全」。",
                "自己准备一个 32 位、只含字母和数字的随机密钥，例如用密码管理软件生成，保存在安全的地方。",
                "在「APIv2密钥」点击「设置」，粘贴这个密钥，用操作密码与短信验证码确认。",
                "立即把同一个密钥粘贴到这里，保存，再点一键检测。",
            ],
            picture: SECURITY_PICTURE,
            caption: "商户平台「账户中心 → API安全」：① 商户API证书 ② APIv2密钥 ③ APIv3密钥（示意图）",
            mistakes_title: "常见错误",
            mistakes: &[
                "密钥设置后无法在商户平台查看。忘记了只能重新设置，重新设置立即生效。",
                "商户平台与这里不一致：微信支付返回 SIGN_ERROR（签名错误），付款会暂停等待更正。",
                "把 APIv3密钥填到了这里：它们是两个不同的密钥。",
                "其他系统也在用这个密钥时，要同时更换。",
            ],
        },
        api_v3_key: Tutorial {
            title: "教程：设置 APIv3密钥",
            steps: &[
                "由超级管理员登录微信商户平台，进入「账户中心 → API安全」。",
                "准备另一个 32 位、只含字母和数字的随机密钥，不要与商户API密钥相同。",
                "在「APIv3密钥」点击「设置」，粘贴并确认，再把同一个密钥粘贴到这里，保存。",
            ],
            picture: SECURITY_PICTURE,
            caption: "商户平台「账户中心 → API安全」：① 商户API证书 ② APIv2密钥 ③ APIv3密钥（示意图）",
            mistakes_title: "常见错误",
            mistakes: &[
                "「企业付款到零钱」不使用 APIv3密钥，可以不填；使用「商家转账」时必须设置。",
                "与商户API密钥互相填反。",
            ],
        },
        certificate: Tutorial {
            title: "教程：申请商户API证书",
            steps: &[
                "由超级管理员登录微信商户平台，进入「账户中心 → API安全 → 商户API证书」，点击「申请证书」。",
                "按页面提示下载并安装「微信支付商户API证书申请工具」，在自己的电脑上打开。",
                "在工具里填写商户号与商户名称（与商户平台完全一致），下一步得到「证书请求串」，复制。",
                "回到商户平台粘贴证书请求串，输入操作密码与短信验证码，得到「证书串」，复制。",
                "回到工具粘贴证书串，点击下一步：工具把证书压缩包（ZIP）保存到您选择的文件夹。",
                "在这里选择这个 ZIP 压缩包，点击「上传」。不用解压，也不用填写密码。",
            ],
            picture: CERTIFICATE_PICTURE,
            caption: "证书工具与商户平台之间来回两次，得到一个 ZIP；里面的证书与私钥由系统读取（示意图）",
            mistakes_title: "常见错误",
            mistakes: &[
                "上传了证书请求串、微信支付平台证书或微信支付公钥：它们不是商户API证书。",
                "上传了另一个商户号的证书，或另一次申请的私钥：每次申请都会产生新的私钥。",
                "换了电脑找不到私钥：微信支付没有备份，只能重新申请。新证书不影响旧证书，一个商户号最多同时有 3 张有效证书。",
                "用微信、邮件转发压缩包：里面有私钥，请勿转发，上传后请妥善保管。",
            ],
        },
        addresses: Tutorial {
            title: "教程：设置 IP白名单",
            steps: &[
                "向平台运营索取付款服务器的全部出口 IP。",
                "登录微信商户平台，进入「产品中心 → 企业付款到零钱 → 产品设置」。",
                "在「付款发起方 → 接口调用IP」添加全部 IP，保存（旧版在「账户中心 → API安全」）。",
                "约 10 分钟后生效，再回到这里点一键检测。",
            ],
            picture: ADDRESSES_PICTURE,
            caption: "商户平台「产品中心 → 企业付款到零钱 → 产品设置」里的接口调用IP（示意图）",
            mistakes_title: "常见错误",
            mistakes: &[
                "填成了自己办公室或电脑的 IP：要填的是平台服务器的出口 IP。",
                "服务器有几个出口，只填了一个：付款会时好时坏。",
                "没有添加时，微信支付返回 NO_AUTH，说明里有「此IP地址不允许调用接口」。",
            ],
        },
    };

    pub(super) const ENGLISH: Self = Self {
        app_id: Tutorial {
            title: "Tutorial: where the AppID is",
            steps: &[
                "For an official account or a mini program sign in at mp.weixin.qq.com; for an app or a website at open.weixin.qq.com.",
                "Open 设置与开发 → 基本配置 (official account) or 开发管理 → 开发设置 (mini program) and copy the AppID.",
                "On the merchant platform pay.weixin.qq.com link this AppID under 产品中心 → AppID账号管理, and confirm it at mp.weixin.qq.com.",
                "Paste the AppID here and save.",
            ],
            picture: APP_PICTURE,
            caption: "AppID and AppSecret under 设置与开发 → 基本配置 (sketch)",
            mistakes_title: "Common mistakes",
            mistakes: &[
                "The original id (gh_…) or the WeChat name was entered.",
                "The AppID is not linked to the merchant number: WeChat Pay answers PARAM_ERROR.",
                "The recipients' openids are of another app: WeChat Pay answers OPENID_ERROR.",
                "A link cannot be undone, and a merchant number has at most 50; compare before you link.",
            ],
        },
        app_secret: Tutorial {
            title: "Tutorial: where the AppSecret is",
            steps: &[
                "Sign in at mp.weixin.qq.com and open 设置与开发 → 基本配置 (mini program: 开发管理 → 开发设置).",
                "Press 重置 at 开发者密码(AppSecret); the administrator confirms by scanning.",
                "It is shown this once: copy it at once, paste it here and save.",
            ],
            picture: APP_PICTURE,
            caption: "The AppSecret is below the AppID (sketch)",
            mistakes_title: "Common mistakes",
            mistakes: &[
                "A reset ends the old AppSecret at once: whatever uses it (the shop's sign-in) has to change, too.",
                "Payments do not use it; you can leave it empty.",
            ],
        },
        merchant_number: Tutorial {
            title: "Tutorial: where the merchant number is",
            steps: &[
                "Sign in at the merchant platform pay.weixin.qq.com.",
                "Open 账户中心 → 商户信息 and copy 商户号 (it is also in the mail with which WeChat Pay was opened).",
                "Paste it here and save.",
            ],
            picture: MERCHANT_PICTURE,
            caption: "The merchant number under 账户中心 → 商户信息 (sketch)",
            mistakes_title: "Common mistakes",
            mistakes: &[
                "The sign-in name was entered (what follows the @ is no part of the number).",
                "A service provider's number was entered: it has to be the one that pays.",
                "With another merchant number the API key and the certificate have to be the new number's, too.",
            ],
        },
        api_key: Tutorial {
            title: "Tutorial: setting the API key",
            steps: &[
                "The super administrator signs in at the merchant platform and opens 账户中心 → API安全.",
                "Make a random key of 32 letters and digits, with a password manager for example, and keep it in a safe place.",
                "Press 设置 at APIv2密钥, paste the key, confirm with the operation password and the SMS code.",
                "At once paste the same key here, save, and check.",
            ],
            picture: SECURITY_PICTURE,
            caption: "账户中心 → API安全: ① merchant API certificate ② APIv2 key ③ APIv3 key (sketch)",
            mistakes_title: "Common mistakes",
            mistakes: &[
                "The merchant platform never shows a key again. One that was forgotten can only be set anew, which works at once.",
                "The key here is not the one there: WeChat Pay answers SIGN_ERROR and payouts wait.",
                "The APIv3 key was entered here: they are two keys.",
                "Other systems that use the key have to change at the same time.",
            ],
        },
        api_v3_key: Tutorial {
            title: "Tutorial: setting the APIv3 key",
            steps: &[
                "The super administrator signs in at the merchant platform and opens 账户中心 → API安全.",
                "Make another random key of 32 letters and digits, not the same as the API key.",
                "Press 设置 at APIv3密钥, paste and confirm, then paste the same key here and save.",
            ],
            picture: SECURITY_PICTURE,
            caption: "账户中心 → API安全: ① merchant API certificate ② APIv2 key ③ APIv3 key (sketch)",
            mistakes_title: "Common mistakes",
            mistakes: &[
                "企业付款到零钱 does not use it, so it may stay empty; 商家转账 needs it.",
                "The two keys were swapped.",
            ],
        },
        certificate: Tutorial {
            title: "Tutorial: requesting the certificate",
            steps: &[
                "The super administrator signs in at the merchant platform, opens 账户中心 → API安全 → 商户API证书 and presses 申请证书.",
                "Download and install the certificate tool (微信支付商户API证书申请工具) as the page says, and open it on your own computer.",
                "Enter merchant number and name exactly as on the platform; the next step gives the request (证书请求串): copy it.",
                "Paste the request on the platform, confirm with password and SMS code; it gives the certificate text (证书串): copy it.",
                "Paste the certificate text into the tool and go on: the tool saves a ZIP into the folder of your choice.",
                "Choose that ZIP here and press upload. Do not unpack it; no password is needed.",
            ],
            picture: CERTIFICATE_PICTURE,
            caption: "Twice to and fro between tool and platform give one ZIP; the certificate and the key are read from it (sketch)",
            mistakes_title: "Common mistakes",
            mistakes: &[
                "The request, WeChat Pay's platform certificate or its public key was uploaded: none of them is the merchant's certificate.",
                "The certificate is another merchant's, or the key is of another request: each request makes a new key.",
                "The key is on a computer that is gone: WeChat Pay has no copy, request a new certificate. It does not touch the old one; a merchant may have three valid ones.",
                "The ZIP was sent on by WeChat or mail: it holds the private key, so keep it safe.",
            ],
        },
        addresses: Tutorial {
            title: "Tutorial: the IP whitelist",
            steps: &[
                "Ask the operator of the platform for all outgoing addresses of the servers that pay.",
                "Sign in at the merchant platform and open 产品中心 → 企业付款到零钱 → 产品设置.",
                "Add all of them at 付款发起方 → 接口调用IP and save (older accounts: 账户中心 → API安全).",
                "It takes about 10 minutes; then come back and check.",
            ],
            picture: ADDRESSES_PICTURE,
            caption: "接口调用IP under 产品中心 → 企业付款到零钱 → 产品设置 (sketch)",
            mistakes_title: "Common mistakes",
            mistakes: &[
                "The address of your office or computer was entered: it has to be the servers'.",
                "The servers have several addresses and one was entered: payouts fail now and then.",
                "When an address is missing, WeChat Pay answers NO_AUTH with 此IP地址不允许调用接口.",
            ],
        },
    };
}
