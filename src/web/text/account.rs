//! One's own account.

/// One's own account.
pub(in crate::web) struct Account {
    /// The title.
    pub(in crate::web) title: &'static str,
    /// The sentence below it.
    pub(in crate::web) lead: &'static str,
    /// A fact.
    pub(in crate::web) email: &'static str,
    /// A fact; a column.
    pub(in crate::web) site: &'static str,
    /// A fact.
    pub(in crate::web) role: &'static str,
    /// A heading.
    pub(in crate::web) password_title: &'static str,
    /// Below it.
    pub(in crate::web) password_lead: &'static str,
    /// A label.
    pub(in crate::web) current: &'static str,
    /// A label.
    pub(in crate::web) new: &'static str,
    /// Below the field.
    pub(in crate::web) new_help: &'static str,
    /// A label.
    pub(in crate::web) again: &'static str,
    /// A button.
    pub(in crate::web) change: &'static str,
    /// What is wrong.
    pub(in crate::web) wrong_current: &'static str,
    /// What is wrong.
    pub(in crate::web) too_short: &'static str,
    /// What is wrong.
    pub(in crate::web) too_long: &'static str,
    /// What is wrong.
    pub(in crate::web) too_common: &'static str,
    /// What is wrong.
    pub(in crate::web) known: &'static str,
    /// What is wrong.
    pub(in crate::web) not_the_same: &'static str,
    /// A heading.
    pub(in crate::web) factor_title: &'static str,
    /// Below it.
    pub(in crate::web) factor_lead: &'static str,
    /// A state.
    pub(in crate::web) on: &'static str,
    /// A state.
    pub(in crate::web) off: &'static str,
    /// A fact.
    pub(in crate::web) on_since: &'static str,
    /// A fact.
    pub(in crate::web) codes_left: &'static str,
    /// A warning.
    pub(in crate::web) few_codes: &'static str,
    /// A button.
    pub(in crate::web) turn_on: &'static str,
    /// A button.
    pub(in crate::web) turn_off: &'static str,
    /// A button.
    pub(in crate::web) renew_codes: &'static str,
    /// The title of the page that turns it on.
    pub(in crate::web) enrol_title: &'static str,
    /// A step.
    pub(in crate::web) enrol_install: &'static str,
    /// A step.
    pub(in crate::web) enrol_scan: &'static str,
    /// Below the picture.
    pub(in crate::web) enrol_text: &'static str,
    /// The picture, for those who do not see it.
    pub(in crate::web) enrol_qr: &'static str,
    /// A step.
    pub(in crate::web) enrol_code: &'static str,
    /// A label.
    pub(in crate::web) code: &'static str,
    /// What is wrong.
    pub(in crate::web) wrong_code: &'static str,
    /// A button.
    pub(in crate::web) enrol_button: &'static str,
    /// A way out.
    pub(in crate::web) cancel: &'static str,
    /// The title of the page with recovery codes.
    pub(in crate::web) codes_title: &'static str,
    /// Below it.
    pub(in crate::web) codes_lead: &'static str,
    /// A button.
    pub(in crate::web) codes_kept: &'static str,
    /// A heading.
    pub(in crate::web) sessions_title: &'static str,
    /// Below it.
    pub(in crate::web) sessions_lead: &'static str,
    /// A column.
    pub(in crate::web) device: &'static str,
    /// A column.
    pub(in crate::web) address: &'static str,
    /// A column.
    pub(in crate::web) seen: &'static str,
    /// A badge.
    pub(in crate::web) this_one: &'static str,
    /// A button.
    pub(in crate::web) end: &'static str,
    /// A button.
    pub(in crate::web) end_others: &'static str,
    /// A heading.
    pub(in crate::web) history_title: &'static str,
    /// Below it.
    pub(in crate::web) history_lead: &'static str,
    /// A column.
    pub(in crate::web) time: &'static str,
    /// A column.
    pub(in crate::web) outcome: &'static str,
    /// An outcome.
    pub(in crate::web) signed_in: &'static str,
    /// An outcome.
    pub(in crate::web) wrong_password: &'static str,
    /// An outcome.
    pub(in crate::web) wrong_factor: &'static str,
    /// A device that does not say.
    pub(in crate::web) unknown_device: &'static str,
    /// The name of an app.
    pub(in crate::web) wechat: &'static str,
    /// A notice.
    pub(in crate::web) done_password: &'static str,
    /// A notice.
    pub(in crate::web) done_off: &'static str,
    /// A notice.
    pub(in crate::web) done_session: &'static str,
    /// A notice.
    pub(in crate::web) done_others: &'static str,
    /// A notice.
    pub(in crate::web) begin_again: &'static str,
}

impl Account {
    pub(super) const CHINESE: Self = Self {
        title: "我的账号",
        lead: "密码、两步验证,以及您在哪些设备上登录。",
        email: "邮箱",
        site: "站点",
        role: "角色",
        password_title: "修改密码",
        password_lead: "修改后,您在其他设备上的登录会全部退出。",
        current: "当前密码",
        new: "新密码",
        new_help: "至少 8 个字符;不要使用常见密码、邮箱、站点名称或商户号。",
        again: "再次输入新密码",
        change: "修改密码",
        wrong_current: "当前密码不正确",
        too_short: "至少需要 8 个字符",
        too_long: "最多 256 个字节",
        too_common: "这是最常被猜到的密码之一,请换一个",
        known: "密码不能与邮箱、站点名称或商户号相同",
        not_the_same: "两次输入的新密码不一致",
        factor_title: "两步验证",
        factor_lead: "登录和重要操作时,除密码外再输入手机验证器上的 6 位验证码。即使密码泄露,别人也无法登录或付款。",
        on: "已开启",
        off: "未开启",
        on_since: "开启时间",
        codes_left: "剩余恢复码",
        few_codes: "恢复码快用完了,请更换一组新的。",
        turn_on: "开启两步验证",
        turn_off: "关闭两步验证",
        renew_codes: "更换恢复码",
        enrol_title: "开启两步验证",
        enrol_install: "在手机上安装验证器应用(如 Microsoft Authenticator、Google Authenticator、腾讯身份验证器小程序)。",
        enrol_scan: "用验证器扫描下方二维码。",
        enrol_text: "无法扫描?请手动输入密钥",
        enrol_qr: "两步验证二维码",
        enrol_code: "输入验证器当前显示的 6 位验证码。",
        code: "验证码",
        wrong_code: "验证码不正确,请输入验证器当前显示的验证码。手机时间需设为自动。",
        enrol_button: "确认开启",
        cancel: "取消",
        codes_title: "请保存恢复码",
        codes_lead: "手机丢失时,可以用恢复码代替验证码登录,每个只能用一次。这些恢复码只显示这一次,请抄写或打印后妥善保管。",
        codes_kept: "我已保存",
        sessions_title: "已登录的设备",
        sessions_lead: "30 分钟无操作或登录满 8 小时会自动退出。",
        device: "设备",
        address: "网络地址",
        seen: "最近使用",
        this_one: "当前设备",
        end: "退出",
        end_others: "退出其他所有设备",
        history_title: "登录记录",
        history_lead: "最近 50 次。如有不是您本人的登录,请立即修改密码。",
        time: "时间",
        outcome: "结果",
        signed_in: "登录成功",
        wrong_password: "密码错误",
        wrong_factor: "验证码错误",
        unknown_device: "未知设备",
        wechat: "微信",
        done_password: "密码已修改,其他设备已退出登录。",
        done_off: "两步验证已关闭。",
        done_session: "已退出该设备的登录。",
        done_others: "已退出其他所有设备的登录。",
        begin_again: "二维码已失效,请重新开启。",
    };
    pub(super) const ENGLISH: Self = Self {
        title: "My account",
        lead: "Your password, your second factor, and where you are signed in.",
        email: "E-mail",
        site: "Site",
        role: "Role",
        password_title: "Change the password",
        password_lead: "Your sessions on other devices end when you change it.",
        current: "Present password",
        new: "New password",
        new_help: "At least 8 characters; not a common password, your address, the name of the site or the merchant number.",
        again: "New password again",
        change: "Change the password",
        wrong_current: "The present password is wrong",
        too_short: "At least 8 characters",
        too_long: "At most 256 bytes",
        too_common: "This is one of the passwords that are guessed first; choose another",
        known: "The password must not be the address, the name of the site or the merchant number",
        not_the_same: "The two new passwords are not the same",
        factor_title: "Second factor",
        factor_lead: "Besides the password, a code from your phone is asked for when you sign in and before what matters. Somebody who knows your password can then neither sign in nor pay.",
        on: "On",
        off: "Off",
        on_since: "On since",
        codes_left: "Recovery codes left",
        few_codes: "Few recovery codes are left; get new ones.",
        turn_on: "Turn it on",
        turn_off: "Turn it off",
        renew_codes: "New recovery codes",
        enrol_title: "Turn on the second factor",
        enrol_install: "Install an authenticator on your phone (Microsoft Authenticator, Google Authenticator or another one).",
        enrol_scan: "Scan this picture with the authenticator.",
        enrol_text: "Cannot scan it? Enter this key by hand",
        enrol_qr: "Picture for the authenticator",
        enrol_code: "Enter the 6 digits that the authenticator shows now.",
        code: "Code",
        wrong_code: "This is not the code of the moment. Make sure that your phone sets its clock by itself.",
        enrol_button: "Turn it on",
        cancel: "Cancel",
        codes_title: "Keep your recovery codes",
        codes_lead: "If you lose your phone, sign in by a recovery code in place of the code; each works once. They are shown this one time: write them down or print them, and keep them safe.",
        codes_kept: "I have kept them",
        sessions_title: "Where you are signed in",
        sessions_lead: "A session ends after 30 minutes without use, and after 8 hours.",
        device: "Device",
        address: "Address",
        seen: "Last used",
        this_one: "This one",
        end: "End",
        end_others: "End all others",
        history_title: "Sign-ins",
        history_lead: "The last 50. Change the password at once if one was not yours.",
        time: "Time",
        outcome: "Outcome",
        signed_in: "Signed in",
        wrong_password: "Wrong password",
        wrong_factor: "Wrong code",
        unknown_device: "Unknown device",
        wechat: "WeChat",
        done_password: "The password was changed; sessions on other devices have ended.",
        done_off: "The second factor is off.",
        done_session: "That session has ended.",
        done_others: "All other sessions have ended.",
        begin_again: "The picture is out of date; begin again.",
    };
}
