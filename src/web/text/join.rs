//! Accepting an invitation.

/// Accepting an invitation.
pub(in crate::web) struct Join {
    /// The title.
    pub(in crate::web) title: &'static str,
    /// Below it, for somebody new.
    pub(in crate::web) lead_new: &'static str,
    /// Below it, for a known person.
    pub(in crate::web) lead_known: &'static str,
    /// A fact.
    pub(in crate::web) site: &'static str,
    /// A fact.
    pub(in crate::web) email: &'static str,
    /// A fact.
    pub(in crate::web) role: &'static str,
    /// A fact.
    pub(in crate::web) until: &'static str,
    /// A label.
    pub(in crate::web) password: &'static str,
    /// A label.
    pub(in crate::web) again: &'static str,
    /// A button.
    pub(in crate::web) button: &'static str,
    /// What is wrong.
    pub(in crate::web) wrong: &'static str,
    /// What is wrong.
    pub(in crate::web) not_the_same: &'static str,
    /// The title when the link is void.
    pub(in crate::web) gone_title: &'static str,
    /// Below it.
    pub(in crate::web) gone: &'static str,
    /// What to do.
    pub(in crate::web) gone_next: &'static str,
    /// A button.
    pub(in crate::web) sign_in: &'static str,
}

impl Join {
    pub(super) const CHINESE: Self = Self {
        title: "加入站点",
        lead_new: "您受邀成为以下站点的成员。请设置您的登录密码。",
        lead_known: "您受邀成为以下站点的成员。此邮箱已有账号,请输入现有密码确认。",
        site: "站点",
        email: "邮箱",
        role: "角色",
        until: "有效期至",
        password: "密码",
        again: "再次输入密码",
        button: "加入",
        wrong: "密码不正确",
        not_the_same: "两次输入的密码不一致",
        gone_title: "邀请链接已失效",
        gone: "链接已被使用、撤回或超过 72 小时。",
        gone_next: "请联系邀请您的人重新生成链接;如已加入,请直接登录。",
        sign_in: "去登录",
    };
    pub(super) const ENGLISH: Self = Self {
        title: "Join a site",
        lead_new: "You are invited to become a member of this site. Choose your password.",
        lead_known: "You are invited to become a member of this site. This address has an account: enter its password.",
        site: "Site",
        email: "E-mail",
        role: "Role",
        until: "Good until",
        password: "Password",
        again: "Password again",
        button: "Join",
        wrong: "The password is wrong",
        not_the_same: "The two passwords are not the same",
        gone_title: "The link is no longer good",
        gone: "It was used or withdrawn, or is older than 72 hours.",
        gone_next: "Ask whoever invited you for a new one; if you have joined already, sign in.",
        sign_in: "Sign in",
    };
}
