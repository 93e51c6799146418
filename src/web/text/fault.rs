//! When a request is refused.

/// When a request is refused.
pub(in crate::web) struct Fault {
    /// Title.
    pub(in crate::web) forged_title: &'static str,
    /// Sentence.
    pub(in crate::web) forged: &'static str,
    /// What to do.
    pub(in crate::web) forged_next: &'static str,
    /// Title.
    pub(in crate::web) role_title: &'static str,
    /// Sentence.
    pub(in crate::web) role: &'static str,
    /// What to do.
    pub(in crate::web) role_next: &'static str,
    /// Title.
    pub(in crate::web) unavailable_title: &'static str,
    /// Sentence.
    pub(in crate::web) unavailable: &'static str,
    /// What to do.
    pub(in crate::web) unavailable_next: &'static str,
    /// Title.
    pub(in crate::web) broken_title: &'static str,
    /// Sentence.
    pub(in crate::web) broken: &'static str,
    /// What to do.
    pub(in crate::web) broken_next: &'static str,
    /// Title.
    pub(in crate::web) not_found_title: &'static str,
    /// Sentence.
    pub(in crate::web) not_found: &'static str,
    /// What to do.
    pub(in crate::web) not_found_next: &'static str,
    /// Title.
    pub(in crate::web) unreadable_title: &'static str,
    /// Sentence.
    pub(in crate::web) unreadable: &'static str,
    /// What to do.
    pub(in crate::web) unreadable_next: &'static str,
    /// Before the request id.
    pub(in crate::web) request: &'static str,
    /// The link to the first page.
    pub(in crate::web) home: &'static str,
}

impl Fault {
    pub(super) const CHINESE: Self = Self {
        forged_title: "页面已过期",
        forged: "这个表单不是从当前登录的页面提交的,没有做任何更改。",
        forged_next: "请返回上一页,刷新后重试。",
        role_title: "没有权限",
        role: "您的角色不能进行此操作,没有做任何更改。",
        role_next: "请联系站点所有者或财务。",
        unavailable_title: "暂时无法处理",
        unavailable: "系统繁忙,没有做任何更改。",
        unavailable_next: "请稍候刷新页面。",
        broken_title: "系统出错",
        broken: "系统内部出错,没有做任何更改。",
        broken_next: "请稍后重试;仍有问题请把请求编号发给平台运营。",
        not_found_title: "没有这个页面",
        not_found: "地址有误,或内容已不存在。",
        not_found_next: "请从首页重新进入。",
        unreadable_title: "无法读取提交的内容",
        unreadable: "提交的内容过大、不完整或格式不正确,没有做任何更改。",
        unreadable_next: "请返回上一页,检查后重试。",
        request: "请求编号",
        home: "回到首页",
    };
    pub(super) const ENGLISH: Self = Self {
        forged_title: "The page is out of date",
        forged: "This form was not sent from a page of the present session. Nothing was changed.",
        forged_next: "Go back, reload the page and try again.",
        role_title: "Not allowed",
        role: "Your role may not do this. Nothing was changed.",
        role_next: "Ask the owner or somebody of finance.",
        unavailable_title: "Not possible at the moment",
        unavailable: "The system is busy. Nothing was changed.",
        unavailable_next: "Reload the page in a moment.",
        broken_title: "Something went wrong",
        broken: "Something went wrong here. Nothing was changed.",
        broken_next: "Try again later; if it stays, give the request id to the platform.",
        not_found_title: "There is no such page",
        not_found: "The address is wrong, or what was there is gone.",
        not_found_next: "Start again from the first page.",
        unreadable_title: "This cannot be read",
        unreadable: "What was sent is too large, incomplete or of the wrong form. Nothing was changed.",
        unreadable_next: "Go back, look it over and try again.",
        request: "Request id",
        home: "To the first page",
    };
}
