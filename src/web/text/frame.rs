//! The frame of every page.

/// The frame of every page.
pub(in crate::web) struct Frame {
    /// The name of the product.
    pub(in crate::web) product: &'static str,
    /// The link past the menu.
    pub(in crate::web) skip: &'static str,
    /// Menu: the first page.
    pub(in crate::web) home: &'static str,
    /// Menu: the settings.
    pub(in crate::web) wechat_pay: &'static str,
    /// Menu: the limits.
    pub(in crate::web) limits: &'static str,
    /// Menu: batches.
    pub(in crate::web) batches: &'static str,
    /// Menu: the commissions.
    pub(in crate::web) commissions: &'static str,
    /// Menu: the payouts.
    pub(in crate::web) payouts: &'static str,
    /// Menu: the developers.
    pub(in crate::web) developers: &'static str,
    /// Menu: the members.
    pub(in crate::web) members: &'static str,
    /// Menu: the log.
    pub(in crate::web) log: &'static str,
    /// The link to one's own account.
    pub(in crate::web) account: &'static str,
    /// Menu: the findings.
    pub(in crate::web) findings: &'static str,
    /// The button that ends the session.
    pub(in crate::web) sign_out: &'static str,
    /// What the menu is called for those who do not see it.
    pub(in crate::web) menu: &'static str,
    /// The switch between light and dark.
    pub(in crate::web) other_theme: &'static str,
    /// The switch to the other language.
    pub(in crate::web) other_language: &'static str,
}

impl Frame {
    pub(super) const CHINESE: Self = Self {
        product: "站付",
        skip: "跳到正文",
        home: "首页",
        wechat_pay: "微信支付配置",
        limits: "提现额度配置",
        batches: "批量付款",
        commissions: "提成管理",
        payouts: "付款单",
        developers: "开发者",
        members: "成员",
        log: "日志",
        account: "我的账号",
        findings: "对账",
        sign_out: "退出登录",
        menu: "主菜单",
        other_theme: "切换深色/浅色",
        other_language: "English",
    };
    pub(super) const ENGLISH: Self = Self {
        product: "Zhanfu",
        skip: "Skip to content",
        home: "Home",
        wechat_pay: "WeChat Pay settings",
        limits: "Limits",
        batches: "Pay many",
        commissions: "Commissions",
        payouts: "Payouts",
        developers: "Developers",
        members: "Members",
        log: "Log",
        account: "My account",
        findings: "Reconciliation",
        sign_out: "Sign out",
        menu: "Main menu",
        other_theme: "Switch between light and dark",
        other_language: "中文",
    };
}
