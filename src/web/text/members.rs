//! 成员: who they are, what they may do, invitations.

/// 成员: who they are, what they may do, invitations.
pub(in crate::web) struct Members {
    /// The title.
    pub(in crate::web) title: &'static str,
    /// The sentence below it.
    pub(in crate::web) lead: &'static str,
    /// A role.
    pub(in crate::web) owner: &'static str,
    /// A role.
    pub(in crate::web) finance: &'static str,
    /// A role.
    pub(in crate::web) staff: &'static str,
    /// A role.
    pub(in crate::web) viewer: &'static str,
    /// A column.
    pub(in crate::web) member: &'static str,
    /// A column; a label.
    pub(in crate::web) role: &'static str,
    /// A column.
    pub(in crate::web) last: &'static str,
    /// Nobody signed in yet.
    pub(in crate::web) never: &'static str,
    /// A column.
    pub(in crate::web) factor: &'static str,
    /// A state.
    pub(in crate::web) on: &'static str,
    /// A state.
    pub(in crate::web) off: &'static str,
    /// A column.
    pub(in crate::web) state: &'static str,
    /// A state.
    pub(in crate::web) active: &'static str,
    /// A state.
    pub(in crate::web) disabled: &'static str,
    /// A column.
    pub(in crate::web) sessions: &'static str,
    /// A badge.
    pub(in crate::web) you: &'static str,
    /// A button.
    pub(in crate::web) change_role: &'static str,
    /// A button.
    pub(in crate::web) disable: &'static str,
    /// A button.
    pub(in crate::web) enable: &'static str,
    /// A button.
    pub(in crate::web) end_sessions: &'static str,
    /// What opens the deeds about one member.
    pub(in crate::web) manage: &'static str,
    /// What is wrong.
    pub(in crate::web) last_owner: &'static str,
    /// What is wrong.
    pub(in crate::web) oneself: &'static str,
    /// A heading.
    pub(in crate::web) invite_title: &'static str,
    /// Below it.
    pub(in crate::web) invite_lead: &'static str,
    /// A label.
    pub(in crate::web) email: &'static str,
    /// Below the field.
    pub(in crate::web) email_help: &'static str,
    /// A button.
    pub(in crate::web) invite: &'static str,
    /// What is wrong.
    pub(in crate::web) wrong_email: &'static str,
    /// What is wrong.
    pub(in crate::web) wrong_role: &'static str,
    /// What is wrong.
    pub(in crate::web) already: &'static str,
    /// What is wrong.
    pub(in crate::web) full: &'static str,
    /// The title of the page with a link.
    pub(in crate::web) link_title: &'static str,
    /// Below it.
    pub(in crate::web) link_lead: &'static str,
    /// A label.
    pub(in crate::web) link: &'static str,
    /// A fact.
    pub(in crate::web) link_for: &'static str,
    /// A column; a fact.
    pub(in crate::web) until: &'static str,
    /// A button.
    pub(in crate::web) back: &'static str,
    /// A heading.
    pub(in crate::web) open_title: &'static str,
    /// When there are none.
    pub(in crate::web) no_open: &'static str,
    /// A column.
    pub(in crate::web) invited_by: &'static str,
    /// A button.
    pub(in crate::web) withdraw: &'static str,
    /// A heading.
    pub(in crate::web) rights_title: &'static str,
    /// Below it.
    pub(in crate::web) rights_lead: &'static str,
    /// A column.
    pub(in crate::web) deed: &'static str,
    /// A mark.
    pub(in crate::web) may: &'static str,
    /// A mark.
    pub(in crate::web) may_not: &'static str,
    /// A deed.
    pub(in crate::web) right_look: &'static str,
    /// A deed.
    pub(in crate::web) right_account: &'static str,
    /// A deed.
    pub(in crate::web) right_export: &'static str,
    /// A deed.
    pub(in crate::web) right_payouts: &'static str,
    /// A deed.
    pub(in crate::web) right_batches: &'static str,
    /// A deed.
    pub(in crate::web) right_commissions: &'static str,
    /// A deed.
    pub(in crate::web) right_reconcile: &'static str,
    /// A deed.
    pub(in crate::web) right_limits: &'static str,
    /// A deed.
    pub(in crate::web) right_wechat_pay: &'static str,
    /// A deed.
    pub(in crate::web) right_developers: &'static str,
    /// A deed.
    pub(in crate::web) right_people: &'static str,
    /// A notice.
    pub(in crate::web) done_role: &'static str,
    /// A notice.
    pub(in crate::web) done_disabled: &'static str,
    /// A notice.
    pub(in crate::web) done_enabled: &'static str,
    /// A notice.
    pub(in crate::web) done_ended: &'static str,
    /// A notice.
    pub(in crate::web) done_withdrawn: &'static str,
    /// A notice.
    pub(in crate::web) gone: &'static str,
}

impl Members {
    pub(super) const CHINESE: Self = Self {
        title: "成员",
        lead: "谁可以登录本站点,以及各自能做什么。",
        owner: "所有者",
        finance: "财务",
        staff: "员工",
        viewer: "只读",
        member: "成员",
        role: "角色",
        last: "最近登录",
        never: "从未登录",
        factor: "两步验证",
        on: "已开启",
        off: "未开启",
        state: "状态",
        active: "正常",
        disabled: "已停用",
        sessions: "登录中",
        you: "您",
        change_role: "更改",
        disable: "停用",
        enable: "启用",
        end_sessions: "全部退出",
        manage: "管理",
        last_owner: "这是最后一位可登录的所有者,请先把另一位成员设为所有者。",
        oneself: "不能停用自己,请由另一位所有者操作。",
        invite_title: "邀请成员",
        invite_lead: "生成一个邀请链接,由您通过微信等方式发给对方。链接 72 小时内有效,只能使用一次。",
        email: "邮箱",
        email_help: "对方将用此邮箱登录;系统不会发送邮件。",
        invite: "生成邀请链接",
        wrong_email: "邮箱格式不正确,例如 name@example.com",
        wrong_role: "请选择一个角色",
        already: "对方已是本站点的成员(可能已停用)",
        full: "成员与邀请合计最多 200 个",
        link_title: "邀请链接已生成",
        link_lead: "请复制下面的链接发给对方。链接只显示这一次;谁拿到链接谁就能加入,请勿公开。",
        link: "邀请链接",
        link_for: "邀请对象",
        until: "有效期至",
        back: "返回成员列表",
        open_title: "等待接受的邀请",
        no_open: "没有等待接受的邀请。",
        invited_by: "邀请人",
        withdraw: "撤回",
        rights_title: "各角色能做什么",
        rights_lead: "角色更改立即生效。",
        deed: "操作",
        may: "可以",
        may_not: "不可以",
        right_look: "查看首页、付款单、提成、限额、设置与日志",
        right_account: "管理自己的密码、两步验证与登录",
        right_export: "导出数据",
        right_payouts: "审核、撤销与处理付款单",
        right_batches: "批量付款",
        right_commissions: "提成规则与余额更正",
        right_reconcile: "对账与差异处理",
        right_limits: "更改提现额度",
        right_wechat_pay: "更改微信支付配置与证书",
        right_developers: "接口密钥与通知地址",
        right_people: "邀请、停用成员与更改角色",
        done_role: "角色已更改。",
        done_disabled: "成员已停用,其登录已全部退出。",
        done_enabled: "成员已启用。",
        done_ended: "该成员已从所有设备退出。",
        done_withdrawn: "邀请已撤回,链接失效。",
        gone: "成员或邀请已不存在,请查看最新列表。",
    };
    pub(super) const ENGLISH: Self = Self {
        title: "Members",
        lead: "Who may sign in for this site, and what each may do.",
        owner: "Owner",
        finance: "Finance",
        staff: "Staff",
        viewer: "Viewer",
        member: "Member",
        role: "Role",
        last: "Last sign-in",
        never: "Never",
        factor: "Second factor",
        on: "On",
        off: "Off",
        state: "State",
        active: "Active",
        disabled: "Disabled",
        sessions: "Sessions",
        you: "You",
        change_role: "Change",
        disable: "Disable",
        enable: "Enable",
        end_sessions: "End sessions",
        manage: "Manage",
        last_owner: "This is the last owner who may sign in; make somebody else an owner first.",
        oneself: "Nobody disables themselves; ask another owner.",
        invite_title: "Invite somebody",
        invite_lead: "You get a link to hand over yourself. It is good for 72 hours, and once.",
        email: "E-mail",
        email_help: "They sign in by this address; nothing is sent to it.",
        invite: "Make the link",
        wrong_email: "An address looks like name@example.com",
        wrong_role: "Choose a role",
        already: "They are a member of this site already, perhaps a disabled one",
        full: "At most 200 members and invitations",
        link_title: "The link is ready",
        link_lead: "Copy the link and hand it over. It is shown this one time, and whoever has it may join: do not publish it.",
        link: "Link",
        link_for: "For",
        until: "Good until",
        back: "Back to the members",
        open_title: "Open invitations",
        no_open: "There are none.",
        invited_by: "Invited by",
        withdraw: "Withdraw",
        rights_title: "What each role may do",
        rights_lead: "A change of role holds at once.",
        deed: "Deed",
        may: "Yes",
        may_not: "No",
        right_look: "Look at home, payouts, commissions, limits, settings and log",
        right_account: "Manage one’s own password, second factor and sessions",
        right_export: "Export",
        right_payouts: "Approve, cancel and handle payouts",
        right_batches: "Pay in batches",
        right_commissions: "Rules and corrections of commissions",
        right_reconcile: "Reconcile and resolve differences",
        right_limits: "Change limits",
        right_wechat_pay: "Change the WeChat Pay settings and certificates",
        right_developers: "Storefront keys and webhooks",
        right_people: "Invite and disable members, change roles",
        done_role: "The role was changed.",
        done_disabled: "The member is disabled; their sessions have ended.",
        done_enabled: "The member may sign in again.",
        done_ended: "The sessions of the member have ended.",
        done_withdrawn: "The invitation was withdrawn; its link is void.",
        gone: "The member or invitation is no longer there; look at the list.",
    };
}
