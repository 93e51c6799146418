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
    /// The password is longer than any can be.
    pub(in crate::web) too_long: &'static str,
    /// Too many sign-ins at once.
    pub(in crate::web) busy: &'static str,
    /// Too many tries; so many seconds have to pass.
    pub(in crate::web) wait: fn(u64) -> String,
    /// Title of the second step.
    pub(in crate::web) factor_title: &'static str,
    /// The sentence below it.
    pub(in crate::web) factor_lead: &'static str,
    /// A label.
    pub(in crate::web) code: &'static str,
    /// Below the field.
    pub(in crate::web) code_help: &'static str,
    /// The code is wrong.
    pub(in crate::web) wrong_code: &'static str,
    /// The button of the second step.
    pub(in crate::web) factor_button: &'static str,
    /// The way back to the first step.
    pub(in crate::web) start_again: &'static str,
    /// Title of the choice of a tenant.
    pub(in crate::web) choose_title: &'static str,
    /// The sentence below it.
    pub(in crate::web) choose_lead: &'static str,
}

/// How long, in Chinese.
fn chinese_time(seconds: u64) -> String {
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} 秒"),
        (minutes, 0) => format!("{minutes} 分钟"),
        (minutes, seconds) => format!("{minutes} 分 {seconds} 秒"),
    }
}

/// How long, in English.
fn english_time(seconds: u64) -> String {
    match (seconds / 60, seconds % 60) {
        (0, seconds) => format!("{seconds} s"),
        (minutes, 0) => format!("{minutes} min"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
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
        too_long: "密码过长:最多 256 个字节",
        busy: "登录人数较多,请稍候再试",
        wait: |seconds| format!("尝试次数过多,请在 {} 后再试", chinese_time(seconds)),
        factor_title: "两步验证",
        factor_lead: "密码正确。请打开手机上的验证器,输入当前显示的 6 位验证码。",
        code: "验证码",
        code_help: "手机不在身边?可以输入一个备用恢复码,每个只能用一次。",
        wrong_code: "验证码不正确或已用过,请输入验证器当前显示的新验证码",
        factor_button: "验证并登录",
        start_again: "重新登录",
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
        too_long: "The password is too long: at most 256 bytes",
        busy: "Many people are signing in; try again in a moment",
        wait: |seconds| format!("Too many tries; try again in {}", english_time(seconds)),
        factor_title: "Second step",
        factor_lead: "The password is right. Open the authenticator on your phone and enter the 6 digits that it shows now.",
        code: "Code",
        code_help: "Your phone is not at hand? Enter one of your recovery codes; each works once.",
        wrong_code: "This code is wrong or was used; enter the one that the authenticator shows now",
        factor_button: "Check and sign in",
        start_again: "Start again",
        choose_title: "Choose a site",
        choose_lead: "You are a member of several sites; choose one.",
    };
}
