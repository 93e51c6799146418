//! 批量付款: many payouts out of one file.

use crate::batches::{BatchState, FileFault, LineFault, LineState};

/// 批量付款: many payouts out of one file.
pub(in crate::web) struct Batches {
    /// Title.
    pub(in crate::web) title: &'static str,
    /// The sentence below it.
    pub(in crate::web) lead: &'static str,
    /// Heading of the form.
    pub(in crate::web) upload: &'static str,
    /// Label of the file.
    pub(in crate::web) file: &'static str,
    /// Help for it.
    pub(in crate::web) file_help: &'static str,
    /// The button.
    pub(in crate::web) upload_button: &'static str,
    /// Link to a file to begin with.
    pub(in crate::web) sample: &'static str,
    /// The file's columns.
    pub(in crate::web) columns: &'static str,
    /// When there is none.
    pub(in crate::web) none: &'static str,
    /// What to do then.
    pub(in crate::web) none_next: &'static str,
    /// Heading of the list.
    pub(in crate::web) list: &'static str,
    /// Column.
    pub(in crate::web) created_at: &'static str,
    /// Column.
    pub(in crate::web) file_column: &'static str,
    /// Column.
    pub(in crate::web) lines: &'static str,
    /// Column.
    pub(in crate::web) amount: &'static str,
    /// Column.
    pub(in crate::web) state: &'static str,
    /// Column.
    pub(in crate::web) by: &'static str,
    /// The file was taken before.
    pub(in crate::web) already: &'static str,
    /// No file was chosen.
    pub(in crate::web) no_file: &'static str,
    /// The file is too large.
    pub(in crate::web) too_large: &'static str,
    /// The upload broke off.
    pub(in crate::web) malformed: &'static str,
    /// Above what is wrong with a file.
    pub(in crate::web) not_taken: &'static str,
    /// Lines that can be paid.
    pub(in crate::web) good_lines: &'static str,
    /// Their sum.
    pub(in crate::web) good: &'static str,
    /// Lines with which something is wrong.
    pub(in crate::web) wrong_lines: &'static str,
    /// Lines that became payouts.
    pub(in crate::web) made: &'static str,
    /// Lines that were refused.
    pub(in crate::web) refused: &'static str,
    /// Lines that wait.
    pub(in crate::web) waiting: &'static str,
    /// Heading of the wrong lines.
    pub(in crate::web) errors: &'static str,
    /// What to do with them.
    pub(in crate::web) errors_next: &'static str,
    /// When there are more than are shown.
    pub(in crate::web) errors_more: &'static str,
    /// Column.
    pub(in crate::web) line: &'static str,
    /// Column.
    pub(in crate::web) recipient: &'static str,
    /// Column.
    pub(in crate::web) fault: &'static str,
    /// Heading of the approval.
    pub(in crate::web) approve: &'static str,
    /// What approving does.
    pub(in crate::web) approve_lead: &'static str,
    /// The button.
    pub(in crate::web) approve_button: &'static str,
    /// The button that gives the batch up.
    pub(in crate::web) discard: &'static str,
    /// The button.
    pub(in crate::web) pause: &'static str,
    /// The button.
    pub(in crate::web) resume: &'static str,
    /// Heading of the progress.
    pub(in crate::web) progress: &'static str,
    /// Behind a rate.
    pub(in crate::web) per_minute: &'static str,
    /// Before the time that is left.
    pub(in crate::web) time_left: &'static str,
    /// Behind a number of minutes.
    pub(in crate::web) minutes: &'static str,
    /// Link to the result file.
    pub(in crate::web) result: &'static str,
    /// Link to the payouts.
    pub(in crate::web) payouts: &'static str,
    /// Done a moment ago.
    pub(in crate::web) approved_done: &'static str,
    /// Done a moment ago.
    pub(in crate::web) paused_done: &'static str,
    /// Done a moment ago.
    pub(in crate::web) resumed_done: &'static str,
    /// Done a moment ago.
    pub(in crate::web) discarded_done: &'static str,
    /// It could not be done.
    pub(in crate::web) not_now: &'static str,
    /// What was shown is not what there is.
    pub(in crate::web) changed: &'static str,
    /// For roles that may only look.
    pub(in crate::web) look_only: &'static str,
    /// Link to the next page.
    pub(in crate::web) next_page: &'static str,
    /// What a batch is called in each state.
    pub(in crate::web) states: fn(BatchState) -> &'static str,
    /// What a line is called in each state.
    pub(in crate::web) line_states: fn(LineState) -> &'static str,
    /// What is wrong with a line.
    pub(in crate::web) faults: fn(LineFault) -> &'static str,
    /// What is wrong with a file.
    pub(in crate::web) file_faults: fn(FileFault) -> String,
}

impl Batches {
    pub(super) const CHINESE: Self = Self {
        title: "批量付款",
        lead: "上传一份表格,一次付款给多人。",
        upload: "上传付款表",
        file: "付款表(XLSX 或 CSV)",
        file_help: "最多 20,000 行、4 MB。CSV 可为 UTF-8 或 GBK 编码。上传后逐行检查,确认前不会付款。",
        upload_button: "上传并检查",
        sample: "下载模板",
        columns: "第一行为表头:收款人编号、金额(元)、备注(选填)、外部单号(选填,不可重复,用于防止重复付款)。",
        none: "还没有批量付款",
        none_next: "下载模板,填好后上传。收款人须先由网店登记。",
        list: "批次",
        created_at: "上传时间",
        file_column: "文件",
        lines: "行数",
        amount: "金额",
        state: "状态",
        by: "上传人",
        already: "这份文件上传过,下面是当时的批次,没有重复创建。",
        no_file: "请选择一份付款表。",
        too_large: "文件超过 4 MB,请拆分后分别上传。",
        malformed: "上传中断或内容不完整,请重新上传。",
        not_taken: "文件没有被接收",
        good_lines: "可付款",
        good: "合计金额",
        wrong_lines: "有误",
        made: "已生成付款单",
        refused: "未能付款",
        waiting: "等待处理",
        errors: "有误的行",
        errors_next: "有误的行不会付款。可在表格中改正后另存为新文件上传(只保留这些行),也可以先付其余的行。",
        errors_more: "只列出前 200 行,全部内容请下载结果文件。",
        line: "行号",
        recipient: "收款人",
        fault: "问题与处理",
        approve: "确认付款",
        approve_lead: "确认后每一行生成一张付款单并按限额与审核规则付款。请核对人数与金额:",
        approve_button: "确认付款",
        discard: "作废",
        pause: "暂停",
        resume: "继续",
        progress: "进度",
        per_minute: "行/分钟",
        time_left: "预计还需",
        minutes: "分钟",
        result: "下载结果文件",
        payouts: "查看付款单",
        approved_done: "已确认,正在逐行生成付款单。",
        paused_done: "已暂停。已生成的付款单照常付款,其余行等待继续。",
        resumed_done: "已继续。",
        discarded_done: "已作废,没有付款。",
        not_now: "批次的状态已经变化,没有再次操作。",
        changed: "批次内容与确认时看到的不一致,请重新核对后再确认。",
        look_only: "您的角色可以查看,不能操作批量付款。",
        next_page: "下一页",
        states: |state| match state {
            BatchState::Checked => "待确认",
            BatchState::Running => "进行中",
            BatchState::Paused => "已暂停",
            BatchState::Done => "已完成",
            BatchState::Discarded => "已作废",
        },
        line_states: |state| match state {
            LineState::Wrong => "有误",
            LineState::Waiting => "等待处理",
            LineState::Made => "已生成付款单",
            LineState::Refused => "未能付款",
        },
        faults: |fault| match fault {
            LineFault::RecipientId => "收款人编号应为 1–64 个字母、数字或 _ . : -",
            LineFault::UnknownRecipient => "没有这个收款人,请先由网店登记",
            LineFault::Amount => "金额应为大于 0 的数字,最多两位小数",
            LineFault::TransferMin => "低于单笔最低限额,请在「提现额度配置」查看",
            LineFault::TransferMax => "超过单笔最高限额,请拆分或在「提现额度配置」调整",
            LineFault::Description => "备注最多 100 字节(约 33 个汉字),不能有表情符号",
            LineFault::ExternalId => "外部单号应为 1–64 个字母、数字或 _ . : -",
            LineFault::ExternalIdTwice => "外部单号在本文件中重复",
            LineFault::ExternalIdTaken => "外部单号已用于另一张付款单,请勿重复付款",
            LineFault::LimitExceeded => "当日额度不足,请改日再付或在「提现额度配置」调整",
            LineFault::TooLarge => "金额过大",
        },
        file_faults: |fault| match fault {
            FileFault::Empty => "文件是空的,请检查后重新上传。".to_owned(),
            FileFault::TooLarge => "文件超过 4 MB,请拆分后分别上传。".to_owned(),
            FileFault::Unknown => {
                "无法识别的文件。请上传 XLSX 或 CSV(旧版 .xls 请另存为 .xlsx)。".to_owned()
            }
            FileFault::Damaged => "XLSX 文件已损坏或设有密码,请另存为新文件后上传。".to_owned(),
            FileFault::Text { line } => format!("第 {line} 行无法识别,请检查引号与分隔符。"),
            FileFault::NoColumn(column) => format!("第一行缺少「{column}」列,请使用模板的表头。"),
            FileFault::TooManyLines => "超过 20,000 行,请拆分后分别上传。".to_owned(),
            FileFault::NoLines => "表头下面没有内容。".to_owned(),
        },
    };
    pub(super) const ENGLISH: Self = Self {
        title: "Pay many",
        lead: "Upload one table and pay many people.",
        upload: "Upload a table",
        file: "Table (XLSX or CSV)",
        file_help: "At most 20,000 lines and 4 MB; CSV in UTF-8 or GBK. Every line is checked; nothing is paid before you confirm.",
        upload_button: "Upload and check",
        sample: "Download a template",
        columns: "The first line names the columns: recipient_id, amount (yuan), description (optional), external_id (optional, never the same twice: it keeps you from paying twice).",
        none: "Nothing was uploaded yet",
        none_next: "Download the template, fill it in and upload it. The storefront makes recipients known first.",
        list: "Batches",
        created_at: "Uploaded",
        file_column: "File",
        lines: "Lines",
        amount: "Amount",
        state: "State",
        by: "By",
        already: "This file was uploaded before. This is the batch that it made; nothing was made again.",
        no_file: "Choose a table.",
        too_large: "The file is larger than 4 MB; divide it.",
        malformed: "The upload broke off; upload the file again.",
        not_taken: "The file was not taken",
        good_lines: "Can be paid",
        good: "Together",
        wrong_lines: "Wrong",
        made: "Became payouts",
        refused: "Refused",
        waiting: "Waiting",
        errors: "Wrong lines",
        errors_next: "Wrong lines are not paid. Correct them and upload them as a new file (these lines alone), or pay the others first.",
        errors_more: "These are the first 200; the result file has all.",
        line: "Line",
        recipient: "Recipient",
        fault: "What is wrong and what to do",
        approve: "Confirm",
        approve_lead: "Each line becomes a payout, within the limits and reviews. Compare how many and how much:",
        approve_button: "Pay",
        discard: "Discard",
        pause: "Pause",
        resume: "Go on",
        progress: "Progress",
        per_minute: "lines a minute",
        time_left: "about",
        minutes: "minutes left",
        result: "Download the result",
        payouts: "Payouts",
        approved_done: "Confirmed. The lines become payouts one after the other.",
        paused_done: "Paused. Payouts that were made are paid; the other lines wait.",
        resumed_done: "Going on.",
        discarded_done: "Discarded; nothing was paid.",
        not_now: "The batch is in another state by now; nothing was done again.",
        changed: "The batch is not what was shown; compare again.",
        look_only: "Your role may look, not pay.",
        next_page: "Next page",
        states: |state| match state {
            BatchState::Checked => "To be confirmed",
            BatchState::Running => "Running",
            BatchState::Paused => "Paused",
            BatchState::Done => "Done",
            BatchState::Discarded => "Discarded",
        },
        line_states: |state| match state {
            LineState::Wrong => "Wrong",
            LineState::Waiting => "Waiting",
            LineState::Made => "Became a payout",
            LineState::Refused => "Refused",
        },
        faults: |fault| match fault {
            LineFault::RecipientId => "A recipient id is 1 to 64 letters, digits or _ . : -",
            LineFault::UnknownRecipient => {
                "There is no such recipient; the storefront makes it known first"
            }
            LineFault::Amount => "An amount is a number above 0 with at most two decimals",
            LineFault::TransferMin => "Below the limit of one payout; see Limits",
            LineFault::TransferMax => "Above the limit of one payout; divide it or see Limits",
            LineFault::Description => {
                "A description has at most 100 bytes (33 Chinese characters), no emoji"
            }
            LineFault::ExternalId => "A number is 1 to 64 letters, digits or _ . : -",
            LineFault::ExternalIdTwice => "The number stands in this file twice",
            LineFault::ExternalIdTaken => "The number belongs to another payout; do not pay twice",
            LineFault::LimitExceeded => {
                "The day's limit has no room; pay another day or see Limits"
            }
            LineFault::TooLarge => "The amount is too large",
        },
        file_faults: |fault| match fault {
            FileFault::Empty => "The file is empty; check it and upload it again.".to_owned(),
            FileFault::TooLarge => "The file is larger than 4 MB; divide it.".to_owned(),
            FileFault::Unknown => {
                "Not a file that we know. Upload XLSX or CSV (save an old .xls as .xlsx)."
                    .to_owned()
            }
            FileFault::Damaged => {
                "The XLSX file is damaged or has a password; save it anew.".to_owned()
            }
            FileFault::Text { line } => {
                format!("Line {line} cannot be read; look at quotes and separators.")
            }
            FileFault::NoColumn(column) => {
                format!("The first line has no column {column}; use the template's.")
            }
            FileFault::TooManyLines => "More than 20,000 lines; divide the file.".to_owned(),
            FileFault::NoLines => "There is nothing below the first line.".to_owned(),
        },
    };
}
