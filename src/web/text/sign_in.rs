//! Signing in.

/// Signing in.
pub(in crate::web) struct SignIn {
    /// The title.
    pub(in crate::web) title: &'static str,
    /// The sentence below the title.
    pub(in crate::web) lead: &'static str,
    /// A label.
    pub(in crate::web) email: &'static str,
    /// A label.
    pub(in crate::web) password: &'static str,
    /// The button.
    pub(in crate::web) button: &'static str,
    /// Address or password is wrong.
    pub(in crate::web) wrong: &'static str,
    /// What to do then.
    pub(in crate::web) wrong_next: &'static str,
    #[expect(dead_code, reason = "comes with the throttle")]
    /// Too many sign-ins at once.
    pub(in crate::web) busy: &'static str,
    /// Title of the choice of a tenant.
    pub(in crate::web) choose_title: &'static str,
    /// The sentence below it.
    pub(in crate::web) choose_lead: &'static str,
}

impl SignIn {
    pub(super) const CHINESE: Self = Self {
        title: "登录",
        lead: "登录后可配置微信支付、设置提现额度、审核付款。",
        email: "邮箱",
        password: "密码",
        button: "登录",
        wrong: "邮箱或密码不正确",
        wrong_next: "请检查大小写与输入法;忘记密码请联系平台运营。",
        busy: "登录人数较多,请稍候再试",
        choose_title: "选择站点",
        choose_lead: "您是多个站点的成员,请选择要进入的站点。",
    };
    pub(super) const ENGLISH: Self = Self {
        title: "Sign in",
        lead: "Sign in to set up WeChat Pay, set limits and approve payouts.",
        email: "E-mail",
        password: "Password",
        button: "Sign in",
        wrong: "The e-mail address or the password is wrong",
        wrong_next: "Check capitals and the input method; ask the platform if you forgot the password.",
        busy: "Many people are signing in; try again in a moment",
        choose_title: "Choose a site",
        choose_lead: "You are a member of several sites; choose one.",
    };
}
