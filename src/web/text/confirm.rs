//! Confirming that it is them.

/// Confirming that it is them.
pub(in crate::web) struct Confirm {
    /// The title.
    pub(in crate::web) title: &'static str,
    /// The sentence below it, for a member with a second factor.
    pub(in crate::web) lead_code: &'static str,
    /// The sentence below it, for a member without.
    pub(in crate::web) lead_password: &'static str,
    /// That the form was kept.
    pub(in crate::web) kept: &'static str,
    /// A label.
    pub(in crate::web) code: &'static str,
    /// Below the field.
    pub(in crate::web) code_help: &'static str,
    /// A label.
    pub(in crate::web) password: &'static str,
    /// The code is wrong.
    pub(in crate::web) wrong_code: &'static str,
    /// The password is wrong.
    pub(in crate::web) wrong_password: &'static str,
    /// The button.
    pub(in crate::web) button: &'static str,
    /// The way out.
    pub(in crate::web) cancel: &'static str,
}

impl Confirm {
    pub(super) const CHINESE: Self = Self {
        title: "请确认是您本人",
        lead_code: "此操作比较重要。请输入手机验证器当前显示的 6 位验证码,5 分钟内不再询问。",
        lead_password: "此操作比较重要。请再次输入您的登录密码,5 分钟内不再询问。",
        kept: "您填写的内容已保留,确认后会继续提交。",
        code: "验证码",
        code_help: "手机不在身边?可以输入一个备用恢复码。",
        password: "密码",
        wrong_code: "验证码不正确或已用过,请输入验证器当前显示的新验证码",
        wrong_password: "密码不正确",
        button: "确认并继续",
        cancel: "取消",
    };
    pub(super) const ENGLISH: Self = Self {
        title: "Please confirm that it is you",
        lead_code: "This matters. Enter the 6 digits that the authenticator on your phone shows now; you are not asked again for 5 minutes.",
        lead_password: "This matters. Enter your password again; you are not asked again for 5 minutes.",
        kept: "What you filled in was kept and is sent once you have confirmed.",
        code: "Code",
        code_help: "Your phone is not at hand? Enter one of your recovery codes.",
        password: "Password",
        wrong_code: "This code is wrong or was used; enter the one that the authenticator shows now",
        wrong_password: "The password is wrong",
        button: "Confirm and go on",
        cancel: "Cancel",
    };
}
