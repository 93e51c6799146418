//! The page of payouts, and the page of one.

/// The page of payouts, and the page of one.
pub(in crate::web) struct Payouts {
    /// The title.
    pub(in crate::web) title: &'static str,
    /// The sentence below it.
    pub(in crate::web) lead: &'static str,
    /// The view of all.
    pub(in crate::web) all: &'static str,
    /// The view of what waits for the reader.
    pub(in crate::web) needs_me: &'static str,
    /// A label.
    pub(in crate::web) search: &'static str,
    /// What can be searched for.
    pub(in crate::web) search_help: &'static str,
    /// The button.
    pub(in crate::web) search_button: &'static str,
    /// The link that takes all filters away.
    pub(in crate::web) clear: &'static str,
    /// What opens the other filters.
    pub(in crate::web) more_filters: &'static str,
    /// A label.
    pub(in crate::web) status: &'static str,
    /// No filter.
    pub(in crate::web) any: &'static str,
    /// A label.
    pub(in crate::web) kind: &'static str,
    /// A label.
    pub(in crate::web) from: &'static str,
    /// A label.
    pub(in crate::web) to: &'static str,
    /// A label.
    pub(in crate::web) page_size: &'static str,
    /// A date preset.
    pub(in crate::web) today: &'static str,
    /// A date preset.
    pub(in crate::web) yesterday: &'static str,
    /// A date preset.
    pub(in crate::web) last_7_days: &'static str,
    /// A date preset.
    pub(in crate::web) last_30_days: &'static str,
    /// A date preset.
    pub(in crate::web) this_month: &'static str,
    /// A date preset.
    pub(in crate::web) last_month: &'static str,
    /// A date preset.
    pub(in crate::web) any_time: &'static str,
    /// A column.
    pub(in crate::web) created_at: &'static str,
    /// A column.
    pub(in crate::web) recipient: &'static str,
    /// A column.
    pub(in crate::web) amount: &'static str,
    /// The link to one payout.
    pub(in crate::web) details: &'static str,
    /// The name of a checkbox.
    pub(in crate::web) choose: &'static str,
    /// The link that ticks the whole page.
    pub(in crate::web) choose_all: &'static str,
    /// The link that unticks it.
    pub(in crate::web) choose_none: &'static str,
    /// The button for what is ticked.
    pub(in crate::web) approve_chosen: &'static str,
    /// The button for what is ticked.
    pub(in crate::web) reject_chosen: &'static str,
    /// The button.
    pub(in crate::web) approve: &'static str,
    /// The button.
    pub(in crate::web) reject: &'static str,
    /// The pager.
    pub(in crate::web) newer: &'static str,
    /// The pager.
    pub(in crate::web) older: &'static str,
    /// The pager.
    pub(in crate::web) newest: &'static str,
    /// No payout at all.
    pub(in crate::web) none_title: &'static str,
    /// What to do.
    pub(in crate::web) none: &'static str,
    /// The filter finds nothing.
    pub(in crate::web) none_found_title: &'static str,
    /// What to do.
    pub(in crate::web) none_found: &'static str,
    /// Nothing waits.
    pub(in crate::web) none_waits_title: &'static str,
    /// Nothing waits.
    pub(in crate::web) none_waits: &'static str,
    /// A filter that was not understood.
    pub(in crate::web) one_box_wrong: &'static str,
    /// A closed lane.
    pub(in crate::web) lane_settings: &'static str,
    /// A closed lane.
    pub(in crate::web) lane_balance: &'static str,
    /// A closed lane.
    pub(in crate::web) lane_stopped: &'static str,
    /// A closed lane.
    pub(in crate::web) lane_frozen: &'static str,
    /// A closed lane.
    pub(in crate::web) lane_restored: &'static str,
    /// Before the time.
    pub(in crate::web) lane_since: &'static str,
    /// What to do.
    pub(in crate::web) lane_settings_next: &'static str,
    /// What to do.
    pub(in crate::web) lane_balance_next: &'static str,
    /// What to do.
    pub(in crate::web) lane_people_next: &'static str,
    /// The link.
    pub(in crate::web) lane_to_settings: &'static str,
    /// The link.
    pub(in crate::web) lane_to_findings: &'static str,
    /// The button.
    pub(in crate::web) balance_filled: &'static str,
    /// The title.
    pub(in crate::web) confirm_approve_title: &'static str,
    /// The title.
    pub(in crate::web) confirm_reject_title: &'static str,
    /// The sentence below it.
    pub(in crate::web) confirm_approve_lead: &'static str,
    /// The sentence below it.
    pub(in crate::web) confirm_reject_lead: &'static str,
    /// A label.
    pub(in crate::web) count: &'static str,
    /// A label.
    pub(in crate::web) total: &'static str,
    /// What is left out.
    pub(in crate::web) excluded_title: &'static str,
    /// A column.
    pub(in crate::web) excluded_why: &'static str,
    /// Left out because of its status.
    pub(in crate::web) excluded_status: &'static str,
    /// Left out.
    pub(in crate::web) excluded_approved: &'static str,
    /// Nothing to do.
    pub(in crate::web) nothing_chosen_title: &'static str,
    /// What to do.
    pub(in crate::web) nothing_chosen: &'static str,
    /// A label.
    pub(in crate::web) reason: &'static str,
    /// What the reason is for.
    pub(in crate::web) reason_help: &'static str,
    /// The reason is missing.
    pub(in crate::web) reason_missing: &'static str,
    /// The link.
    pub(in crate::web) back: &'static str,
    /// A mark.
    pub(in crate::web) needs_two: &'static str,
    /// The title.
    pub(in crate::web) results_title: &'static str,
    /// A column.
    pub(in crate::web) result: &'static str,
    /// A result.
    pub(in crate::web) result_approved: &'static str,
    /// A result.
    pub(in crate::web) result_one_more: &'static str,
    /// A result.
    pub(in crate::web) result_already: &'static str,
    /// A result.
    pub(in crate::web) result_rejected: &'static str,
    /// What was looked at is not what is there.
    pub(in crate::web) changed_title: &'static str,
    /// What was looked at is not what is there.
    pub(in crate::web) changed: &'static str,
    /// What to do.
    pub(in crate::web) changed_next: &'static str,
    /// A verb says no.
    pub(in crate::web) refused_title: &'static str,
    /// A verb says no.
    pub(in crate::web) refused_same_person: &'static str,
    /// A verb says no.
    pub(in crate::web) refused_not_in_review: &'static str,
    /// A verb says no.
    pub(in crate::web) refused_not_cancellable: &'static str,
    /// A verb says no.
    pub(in crate::web) refused_nothing_to_ask: &'static str,
    /// A verb says no.
    pub(in crate::web) refused_under_way: &'static str,
    /// A verb says no.
    pub(in crate::web) refused_not_waiting: &'static str,
    /// A verb says no.
    pub(in crate::web) refused_lane: &'static str,
    /// A verb says no.
    pub(in crate::web) refused_limit: &'static str,
    /// A verb says no.
    pub(in crate::web) refused_decide_not_needed: &'static str,
    /// A verb says no.
    pub(in crate::web) refused_decide_same: &'static str,
    /// A verb says no.
    pub(in crate::web) refused_decide_contradiction: &'static str,
    /// A verb says no.
    pub(in crate::web) refused_decide_evidence: &'static str,
    /// What to do.
    pub(in crate::web) refused_next: &'static str,
    /// The link.
    pub(in crate::web) to_payout: &'static str,
    /// A notice.
    pub(in crate::web) did_approved: &'static str,
    /// A notice.
    pub(in crate::web) did_one_more: &'static str,
    /// A notice.
    pub(in crate::web) did_rejected: &'static str,
    /// A notice.
    pub(in crate::web) did_cancelled: &'static str,
    /// A notice.
    pub(in crate::web) did_asked: &'static str,
    /// A notice.
    pub(in crate::web) did_hurried: &'static str,
    /// A notice.
    pub(in crate::web) did_already: &'static str,
    /// A notice.
    pub(in crate::web) did_opened: &'static str,
    /// A notice.
    pub(in crate::web) did_not_closed: &'static str,
    /// A notice.
    pub(in crate::web) did_said: &'static str,
    /// A notice.
    pub(in crate::web) did_decided: &'static str,
    /// A heading.
    pub(in crate::web) facts: &'static str,
    /// A label.
    pub(in crate::web) id: &'static str,
    /// A label.
    pub(in crate::web) trade_no: &'static str,
    /// A label.
    pub(in crate::web) external_id: &'static str,
    /// A label.
    pub(in crate::web) payment_no: &'static str,
    /// A label.
    pub(in crate::web) openid: &'static str,
    /// A label.
    pub(in crate::web) checks_name: &'static str,
    /// Yes.
    pub(in crate::web) yes: &'static str,
    /// No.
    pub(in crate::web) no: &'static str,
    /// A label.
    pub(in crate::web) description: &'static str,
    /// A label.
    pub(in crate::web) merchant: &'static str,
    /// Not set yet.
    pub(in crate::web) not_yet: &'static str,
    /// A label.
    pub(in crate::web) submitted_at: &'static str,
    /// A label.
    pub(in crate::web) finished_at: &'static str,
    /// A label.
    pub(in crate::web) not_before: &'static str,
    /// A label.
    pub(in crate::web) planned_on: &'static str,
    /// A label.
    pub(in crate::web) approvals: &'static str,
    /// A heading.
    pub(in crate::web) why: &'static str,
    /// A label.
    pub(in crate::web) code: &'static str,
    /// A label.
    pub(in crate::web) what_to_do: &'static str,
    /// A heading.
    pub(in crate::web) review_title: &'static str,
    /// What the review is about.
    pub(in crate::web) review_lead: &'static str,
    /// The reader cannot do it.
    pub(in crate::web) review_waits_other: &'static str,
    /// The reader cannot do it.
    pub(in crate::web) review_viewer: &'static str,
    /// A heading.
    pub(in crate::web) actions_title: &'static str,
    /// The button.
    pub(in crate::web) cancel: &'static str,
    /// What it does.
    pub(in crate::web) cancel_help: &'static str,
    /// The button.
    pub(in crate::web) ask_now: &'static str,
    /// What it does.
    pub(in crate::web) ask_now_help: &'static str,
    /// The button.
    pub(in crate::web) retry_now: &'static str,
    /// What it does.
    pub(in crate::web) retry_now_help: &'static str,
    /// In doubt.
    pub(in crate::web) doubt_title: &'static str,
    /// In doubt.
    pub(in crate::web) doubt: &'static str,
    /// Before the time.
    pub(in crate::web) next_question: &'static str,
    /// Before the time.
    pub(in crate::web) next_try: &'static str,
    /// A heading.
    pub(in crate::web) decide_title: &'static str,
    /// What it is about.
    pub(in crate::web) decide_lead: &'static str,
    /// A choice.
    pub(in crate::web) decide_paid: &'static str,
    /// A choice.
    pub(in crate::web) decide_not_paid: &'static str,
    /// A label.
    pub(in crate::web) decide_payment_no: &'static str,
    /// When it is needed.
    pub(in crate::web) decide_payment_no_help: &'static str,
    /// A label.
    pub(in crate::web) decide_evidence: &'static str,
    /// What to write.
    pub(in crate::web) decide_evidence_help: &'static str,
    /// The button.
    pub(in crate::web) decide_button: &'static str,
    /// Before what somebody has said.
    pub(in crate::web) decide_said: &'static str,
    /// A heading.
    pub(in crate::web) timeline: &'static str,
    /// A heading.
    pub(in crate::web) diagnostics: &'static str,
    /// What it is for.
    pub(in crate::web) diagnostics_help: &'static str,
    /// The link.
    pub(in crate::web) reload: &'static str,
    /// An actor.
    pub(in crate::web) by_engine: &'static str,
    /// An actor.
    pub(in crate::web) by_command_line: &'static str,
    /// An actor.
    pub(in crate::web) by_storefront: &'static str,
    /// An actor.
    pub(in crate::web) by_member: &'static str,
    /// An event.
    pub(in crate::web) event_accepted: &'static str,
    /// An event.
    pub(in crate::web) event_approved: &'static str,
    /// An event.
    pub(in crate::web) event_rejected: &'static str,
    /// An event.
    pub(in crate::web) event_cancelled: &'static str,
    /// An event.
    pub(in crate::web) event_submitted: &'static str,
    /// An event.
    pub(in crate::web) event_put_off: &'static str,
    /// An event.
    pub(in crate::web) event_in_doubt: &'static str,
    /// An event.
    pub(in crate::web) event_succeeded: &'static str,
    /// An event.
    pub(in crate::web) event_failed: &'static str,
    /// An event.
    pub(in crate::web) event_asked: &'static str,
    /// An event.
    pub(in crate::web) event_hurried: &'static str,
    /// An event.
    pub(in crate::web) event_decided: &'static str,
    /// An event.
    pub(in crate::web) event_finding: &'static str,
    /// An event.
    pub(in crate::web) event_resolved: &'static str,
    /// An event without words of its own.
    pub(in crate::web) event_other: &'static str,
    /// An attempt.
    pub(in crate::web) attempt_submission: &'static str,
    /// An attempt.
    pub(in crate::web) attempt_inquiry: &'static str,
    /// An outcome.
    pub(in crate::web) outcome_open: &'static str,
    /// An outcome.
    pub(in crate::web) outcome_paid: &'static str,
    /// An outcome.
    pub(in crate::web) outcome_refused: &'static str,
    /// An outcome.
    pub(in crate::web) outcome_put_off: &'static str,
    /// An outcome.
    pub(in crate::web) outcome_held: &'static str,
    /// An outcome.
    pub(in crate::web) outcome_unknown: &'static str,
    /// An outcome.
    pub(in crate::web) outcome_not_sent: &'static str,
    /// An outcome.
    pub(in crate::web) outcome_failed: &'static str,
    /// An outcome.
    pub(in crate::web) outcome_processing: &'static str,
    /// An outcome.
    pub(in crate::web) outcome_not_found: &'static str,
    /// An outcome.
    pub(in crate::web) outcome_unanswered: &'static str,
    /// A label.
    pub(in crate::web) http_status: &'static str,
    /// A label.
    pub(in crate::web) took: &'static str,
    /// A label.
    pub(in crate::web) request: &'static str,
    /// The bytes are those of an earlier attempt.
    pub(in crate::web) same_request: &'static str,
    /// A label.
    pub(in crate::web) answer: &'static str,
    /// What opens request and answer.
    pub(in crate::web) show_raw: &'static str,
    /// A label.
    pub(in crate::web) meaning: &'static str,
    /// So many seconds.
    pub(in crate::web) seconds: fn(&str) -> String,
    /// So many of so many.
    pub(in crate::web) approvals_of: fn(i64, i64) -> String,
    /// A sentence on how a batch went.
    pub(in crate::web) chosen_results: fn(usize, usize) -> String,
    /// What a limit leaves.
    pub(in crate::web) limit_left: fn(&str, &str) -> String,
}

impl Payouts {
    pub(super) const CHINESE: Self = Self {
        title: "付款单",
        lead: "每一笔付款的审核、发送与结果。",
        all: "全部",
        needs_me: "需要我处理",
        search: "搜索",
        search_help: "付款单号 / 商户订单号 / 店铺单号 / 微信付款单号 / 收款人 / openid",
        search_button: "查询",
        clear: "清除条件",
        more_filters: "更多筛选",
        status: "状态",
        any: "不限",
        kind: "类型",
        from: "开始日期",
        to: "结束日期",
        page_size: "每页条数",
        today: "今日",
        yesterday: "昨日",
        last_7_days: "近7天",
        last_30_days: "近30天",
        this_month: "本月",
        last_month: "上月",
        any_time: "全部时间",
        created_at: "创建时间",
        recipient: "收款人",
        amount: "金额",
        details: "详情",
        choose: "选择",
        choose_all: "全选本页待审核",
        choose_none: "取消全选",
        approve_chosen: "通过所选",
        reject_chosen: "驳回所选",
        approve: "通过",
        reject: "驳回",
        newer: "较新",
        older: "较早",
        newest: "回到最新",
        none_title: "还没有付款单",
        none: "店铺系统发起提现或付款后会出现在这里。",
        none_found_title: "没有符合条件的付款单",
        none_found: "请检查单号是否完整,或放宽日期与状态。",
        none_waits_title: "没有需要您处理的付款单",
        none_waits: "新的待审核付款单会出现在这里。",
        one_box_wrong: "有筛选条件无法识别,已忽略。",
        lane_settings: "付款已暂停:微信支付配置有问题",
        lane_balance: "付款已暂停:微信商户账户余额不足",
        lane_stopped: "付款已停止:账目核对发现异常",
        lane_frozen: "付款已被平台冻结",
        lane_restored: "系统正在恢复,付款暂停",
        lane_since: "开始于",
        lane_settings_next: "请到「微信支付配置」修正后保存,排队中的付款会按顺序自动继续。",
        lane_balance_next: "请在微信商户平台给运营账户充值,然后点「已充值,继续」;系统也会定时自动重试。",
        lane_people_next: "请联系平台运营处理;已受理的付款单不会丢失。",
        lane_to_settings: "去微信支付配置",
        lane_to_findings: "查看对账差异",
        balance_filled: "已充值,继续",
        confirm_approve_title: "确认通过",
        confirm_reject_title: "确认驳回",
        confirm_approve_lead: "请核对收款人与金额。通过后将付款到收款人的微信零钱,无法撤回。",
        confirm_reject_lead: "驳回后款项退回收款人余额。",
        count: "笔数",
        total: "合计",
        excluded_title: "以下不在本次操作中",
        excluded_why: "原因",
        excluded_status: "不在待审核状态",
        excluded_approved: "您已通过,需另一位成员再审核",
        nothing_chosen_title: "没有可处理的付款单",
        nothing_chosen: "请返回列表,勾选待审核的付款单。",
        reason: "驳回原因",
        reason_help: "1–200 字,会写入审计记录;收款人可能会询问。",
        reason_missing: "请填写驳回原因(1–200 字)",
        back: "返回列表",
        needs_two: "需两人审核",
        results_title: "处理结果",
        result: "结果",
        result_approved: "已通过,开始付款",
        result_one_more: "已记录您的通过,还需另一位成员审核",
        result_already: "您之前已经处理过,没有重复执行",
        result_rejected: "已驳回,款项退回余额",
        changed_title: "付款单内容有变化",
        changed: "金额、收款人或笔数与您确认时看到的不一致,没有做任何更改。",
        changed_next: "请返回后重新查看并确认。",
        refused_title: "没有执行",
        refused_same_person: "您已经通过过这笔付款单,第二次审核必须由另一位成员进行。",
        refused_not_in_review: "付款单已不在待审核状态,当前:",
        refused_not_cancellable: "付款单可能已发往微信支付或已结束,不能撤销,当前:",
        refused_nothing_to_ask: "付款单没有等待确认的请求,当前:",
        refused_under_way: "系统正在与微信支付通信,几秒后即有结果,请刷新页面。",
        refused_not_waiting: "付款单不在排队等待中,不能重试。为避免重复打款,已发出的请求只查询、不重发。当前:",
        refused_lane: "付款整体暂停中,请先处理暂停原因。",
        refused_limit: "当日额度不足:",
        refused_decide_not_needed: "这笔付款单不需要人工确认。",
        refused_decide_same: "您已提交过意见,第二份意见必须来自另一位成员。",
        refused_decide_contradiction: "两人的意见不一致,没有执行。请一起核对资金流水后再提交。",
        refused_decide_evidence: "请用 10–500 字写明核对依据;选「已付款」时须填写微信付款单号。",
        refused_next: "请返回付款单查看最新状态。",
        to_payout: "返回付款单",
        did_approved: "已通过。",
        did_one_more: "已记录您的通过,还需另一位成员审核。",
        did_rejected: "已驳回,款项已退回余额。",
        did_cancelled: "已撤销,款项已退回余额。",
        did_asked: "已安排立即查询,几秒后刷新可见结果。",
        did_hurried: "已安排立即重试,几秒后刷新可见结果。",
        did_already: "此前已处理过,没有重复执行。",
        did_opened: "付款已恢复,排队中的付款会按顺序继续。",
        did_not_closed: "付款没有因余额暂停,无需操作。",
        did_said: "已记录您的意见,还需另一位成员确认。",
        did_decided: "两人意见一致,付款单已结束。",
        facts: "付款信息",
        id: "付款单号",
        trade_no: "商户订单号",
        external_id: "店铺单号",
        payment_no: "微信付款单号",
        openid: "openid",
        checks_name: "实名校验",
        yes: "是",
        no: "否",
        description: "付款备注",
        merchant: "付款商户号",
        not_yet: "尚未",
        submitted_at: "首次发送",
        finished_at: "完成时间",
        not_before: "计划时间",
        planned_on: "计入额度日期",
        approvals: "审核进度",
        why: "原因",
        code: "代码",
        what_to_do: "建议",
        review_title: "审核",
        review_lead: "核对收款人与金额后选择。",
        review_waits_other: "等待另一位成员审核。",
        review_viewer: "您的角色只能查看,审核由所有者或财务进行。",
        actions_title: "操作",
        cancel: "撤销付款",
        cancel_help: "尚未发往微信支付,撤销后款项退回余额。",
        ask_now: "立即查询",
        ask_now_help: "用原单号向微信支付查询结果,不会重复付款。",
        retry_now: "立即重试",
        retry_now_help: "不等待计划时间,用原单号重新发送;当日额度仍会检查。",
        doubt_title: "结果确认中,请勿重复打款",
        doubt: "请求可能已被微信支付受理。系统会用原单号持续查询,确认后自动更新;款项在此期间保持冻结。",
        next_question: "下次查询",
        next_try: "下次发送",
        decide_title: "人工确认",
        decide_lead: "微信支付已不再返回这笔付款的结果。请在商户平台核对资金流水,由两位成员分别提交一致的意见。",
        decide_paid: "已付款(资金流水中有这笔)",
        decide_not_paid: "未付款(资金流水中没有)",
        decide_payment_no: "微信付款单号",
        decide_payment_no_help: "选「已付款」时必填",
        decide_evidence: "核对依据",
        decide_evidence_help: "10–500 字,例如:核对了哪份资金流水、日期与金额",
        decide_button: "提交意见",
        decide_said: "已有意见",
        timeline: "经过",
        diagnostics: "复制诊断信息",
        diagnostics_help: "点进框内全选复制,发给平台运营或微信支付客服。内容不含密钥与完整 openid。",
        reload: "刷新",
        by_engine: "系统",
        by_command_line: "服务器命令行",
        by_storefront: "店铺系统",
        by_member: "成员",
        event_accepted: "已受理",
        event_approved: "审核通过",
        event_rejected: "已驳回",
        event_cancelled: "已撤销",
        event_submitted: "请求已写好并保存",
        event_put_off: "稍后再发",
        event_in_doubt: "结果待核实,开始查询",
        event_succeeded: "已到账",
        event_failed: "失败,款项已退回",
        event_asked: "要求立即查询",
        event_hurried: "要求立即重试",
        event_decided: "人工意见",
        event_finding: "对账发现差异",
        event_resolved: "差异已处理",
        event_other: "其他记录",
        attempt_submission: "发送付款请求",
        attempt_inquiry: "向微信支付查询",
        outcome_open: "等待回答",
        outcome_paid: "微信支付确认已付款",
        outcome_refused: "被拒绝,正在核实",
        outcome_put_off: "暂不受理,没有付款",
        outcome_held: "因设置问题未受理",
        outcome_unknown: "结果未知",
        outcome_not_sent: "没有发出",
        outcome_failed: "微信支付确认付款失败",
        outcome_processing: "微信支付处理中",
        outcome_not_found: "微信支付暂无此单",
        outcome_unanswered: "没有得到结果",
        http_status: "HTTP 状态",
        took: "耗时",
        request: "请求(已脱敏)",
        same_request: "与首次请求逐字节相同",
        answer: "回答(已脱敏)",
        show_raw: "请求与回答",
        meaning: "含义",
        seconds: |n| format!("{n} 秒"),
        approvals_of: |given, needed| format!("{given} / {needed} 人"),
        chosen_results: |done, not| format!("成功 {done} 笔,未执行 {not} 笔。"),
        limit_left: |name, left| format!("{name},剩余 {left}"),
    };
    pub(super) const ENGLISH: Self = Self {
        title: "Payouts",
        lead: "Every payout: its approval, its sending, its result.",
        all: "All",
        needs_me: "Waiting for me",
        search: "Search",
        search_help: "payout id, order number, your number, WeChat's number, recipient or openid",
        search_button: "Search",
        clear: "Clear filters",
        more_filters: "More filters",
        status: "Status",
        any: "Any",
        kind: "Kind",
        from: "From",
        to: "To",
        page_size: "Rows per page",
        today: "Today",
        yesterday: "Yesterday",
        last_7_days: "Last 7 days",
        last_30_days: "Last 30 days",
        this_month: "This month",
        last_month: "Last month",
        any_time: "Any time",
        created_at: "Created",
        recipient: "Recipient",
        amount: "Amount",
        details: "Details",
        choose: "Choose",
        choose_all: "Tick all in review on this page",
        choose_none: "Untick all",
        approve_chosen: "Approve ticked",
        reject_chosen: "Reject ticked",
        approve: "Approve",
        reject: "Reject",
        newer: "Newer",
        older: "Older",
        newest: "Back to the newest",
        none_title: "No payouts yet",
        none: "They appear here when the storefront asks for a withdrawal or a payout.",
        none_found_title: "Nothing fits these filters",
        none_found: "Check that the number is complete, or widen dates and status.",
        none_waits_title: "Nothing waits for you",
        none_waits: "Payouts that need an approval appear here.",
        one_box_wrong: "A filter was not understood and is left out.",
        lane_settings: "Sending is paused: the WeChat Pay settings need attention",
        lane_balance: "Sending is paused: the balance at WeChat Pay is empty",
        lane_stopped: "Sending is stopped: the accounts do not agree",
        lane_frozen: "The platform has frozen sending",
        lane_restored: "The system is being restored; sending is paused",
        lane_since: "Since",
        lane_settings_next: "Mend them on WeChat Pay settings; queued payouts then go on by themselves, in order.",
        lane_balance_next: "Fill the account on the merchant platform, then press the button; it is also tried from time to time.",
        lane_people_next: "The platform has to look at it; nothing that was accepted is lost.",
        lane_to_settings: "To WeChat Pay settings",
        lane_to_findings: "Show the findings",
        balance_filled: "Filled up, go on",
        confirm_approve_title: "Confirm the approval",
        confirm_reject_title: "Confirm the rejection",
        confirm_approve_lead: "Check recipients and amounts. Approved payouts are paid into the recipients' WeChat balance and cannot be taken back.",
        confirm_reject_lead: "The money goes back to the recipients' balance.",
        count: "Payouts",
        total: "Total",
        excluded_title: "These are left out",
        excluded_why: "Why",
        excluded_status: "It is not in review",
        excluded_approved: "You have approved it; somebody else has to as well",
        nothing_chosen_title: "There is nothing to do",
        nothing_chosen: "Go back and tick payouts that are in review.",
        reason: "Reason of the rejection",
        reason_help: "1 to 200 characters; it is kept in the log, and the recipient may ask.",
        reason_missing: "Say why, in 1 to 200 characters",
        back: "Back to the list",
        needs_two: "Needs two people",
        results_title: "What was done",
        result: "Result",
        result_approved: "Approved, it is being paid",
        result_one_more: "Your approval is noted; one more person has to approve",
        result_already: "You have done this before; nothing was done twice",
        result_rejected: "Rejected, the money is back in the balance",
        changed_title: "The payouts have changed",
        changed: "Amount, recipient or number differ from what you were shown. Nothing was changed.",
        changed_next: "Go back, look again and confirm again.",
        refused_title: "It was not done",
        refused_same_person: "You have approved this payout already; the second approval has to be somebody else's.",
        refused_not_in_review: "The payout is not in review any more; it is:",
        refused_not_cancellable: "The payout may have been sent or has ended and cannot be cancelled; it is:",
        refused_nothing_to_ask: "There is nothing to ask about; the payout is:",
        refused_under_way: "A call is under way this moment; its result is here in seconds. Reload the page.",
        refused_not_waiting: "The payout does not wait to be sent. What was sent is asked about and never sent by hand; it is:",
        refused_lane: "All sending is paused; mend its cause first.",
        refused_limit: "The day's limit does not suffice:",
        refused_decide_not_needed: "This payout does not wait for a decision.",
        refused_decide_same: "You have said it already; the second word has to be somebody else's.",
        refused_decide_contradiction: "The two words contradict each other; nothing was done. Look at the statement together.",
        refused_decide_evidence: "Say in 10 to 500 characters what you looked at, and WeChat's payment number when it was paid.",
        refused_next: "Go back to the payout and look at it again.",
        to_payout: "Back to the payout",
        did_approved: "Approved.",
        did_one_more: "Your approval is noted; one more person has to approve.",
        did_rejected: "Rejected; the money is back in the balance.",
        did_cancelled: "Cancelled; the money is back in the balance.",
        did_asked: "WeChat Pay is being asked; reload in a few seconds.",
        did_hurried: "It is being tried again; reload in a few seconds.",
        did_already: "It was done before; nothing was done twice.",
        did_opened: "Sending goes on; queued payouts go out in order.",
        did_not_closed: "Sending is not paused for the balance; there is nothing to do.",
        did_said: "Your word is noted; another person has to confirm it.",
        did_decided: "Two people agree; the payout has ended.",
        facts: "Facts",
        id: "Payout id",
        trade_no: "Order number",
        external_id: "Your number",
        payment_no: "WeChat's payment number",
        openid: "openid",
        checks_name: "Name check",
        yes: "Yes",
        no: "No",
        description: "Description",
        merchant: "Paying merchant",
        not_yet: "not yet",
        submitted_at: "First sent",
        finished_at: "Ended",
        not_before: "Not before",
        planned_on: "Counts on",
        approvals: "Approvals",
        why: "Reason",
        code: "Code",
        what_to_do: "What to do",
        review_title: "Review",
        review_lead: "Check recipient and amount, then choose.",
        review_waits_other: "Waits for another member.",
        review_viewer: "Your role can look only; the owner or finance approves.",
        actions_title: "What you can do",
        cancel: "Cancel the payout",
        cancel_help: "Nothing was sent yet; the money goes back to the balance.",
        ask_now: "Ask WeChat now",
        ask_now_help: "Asks about this order number; it pays nothing.",
        retry_now: "Try again now",
        retry_now_help: "Does not wait for its time; the same number goes out, and the day's limits still hold.",
        doubt_title: "The result is being confirmed. Do not pay again",
        doubt: "WeChat Pay may have accepted the request. The same number is asked about until the result is known; the money stays held.",
        next_question: "Next question",
        next_try: "Next try",
        decide_title: "Decision by two people",
        decide_lead: "WeChat Pay no longer says what became of it. Two members compare with the fund statement on the merchant platform, and each says what it shows.",
        decide_paid: "It was paid (the statement has it)",
        decide_not_paid: "It was not paid (the statement does not have it)",
        decide_payment_no: "WeChat's payment number",
        decide_payment_no_help: "Needed when it was paid",
        decide_evidence: "What you looked at",
        decide_evidence_help: "10 to 500 characters: which statement, of which day, which amount",
        decide_button: "Give your word",
        decide_said: "Said so far",
        timeline: "What happened",
        diagnostics: "Copy the diagnosis",
        diagnostics_help: "Click into the box, select all and copy; it holds no secret and no full openid.",
        reload: "Reload",
        by_engine: "system",
        by_command_line: "server command line",
        by_storefront: "storefront",
        by_member: "member",
        event_accepted: "Accepted",
        event_approved: "Approved",
        event_rejected: "Rejected",
        event_cancelled: "Cancelled",
        event_submitted: "Request written down",
        event_put_off: "Put off",
        event_in_doubt: "Result to be confirmed, asking begins",
        event_succeeded: "Paid",
        event_failed: "Failed, the money is back",
        event_asked: "Asked to ask at once",
        event_hurried: "Asked to try at once",
        event_decided: "A person's word",
        event_finding: "A finding",
        event_resolved: "Finding resolved",
        event_other: "Other record",
        attempt_submission: "Request sent",
        attempt_inquiry: "WeChat Pay asked",
        outcome_open: "waiting for the answer",
        outcome_paid: "WeChat Pay confirms the payment",
        outcome_refused: "refused, being confirmed",
        outcome_put_off: "not accepted for now, nothing paid",
        outcome_held: "not accepted because of the settings",
        outcome_unknown: "result unknown",
        outcome_not_sent: "not sent",
        outcome_failed: "WeChat Pay confirms that it failed",
        outcome_processing: "WeChat Pay is working on it",
        outcome_not_found: "WeChat Pay does not know it yet",
        outcome_unanswered: "no result",
        http_status: "HTTP status",
        took: "Took",
        request: "Request (redacted)",
        same_request: "the same bytes as the first request",
        answer: "Answer (redacted)",
        show_raw: "Request and answer",
        meaning: "Meaning",
        seconds: |n| format!("{n} s"),
        approvals_of: |given, needed| format!("{given} of {needed}"),
        chosen_results: |done, not| format!("{done} done, {not} not done."),
        limit_left: |name, left| format!("{name}, {left} left"),
    };
}
