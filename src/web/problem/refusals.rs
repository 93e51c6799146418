//! What each verb's refusal is to a storefront.

use super::{Code, Problem, Said};
use crate::commissions::{EarnError, MatureError, ReverseError};
use crate::db::DbFault;
use crate::limits::{LimitExceeded, LimitName, Unit};
use crate::orders::{RecordError, RefundError};
use crate::payouts::{AcceptError, CancelError};
use crate::recipients::PutError;
use crate::vault::VaultFault;

impl Problem {
    fn unknown_recipient() -> Self {
        let detail = Said::new(
            "recipient_id: 没有此收款人;请先用 PUT /recipients/{recipient_id} 登记",
            "recipient_id: there is no such recipient; make it known with PUT /recipients/{recipient_id}",
        );
        Self::new(Code::NotFound, detail)
    }

    fn amount_too_large() -> Self {
        let message = Said::new(
            "余额将超出 64 位整数分",
            "the balance would not fit into 64 bits of fen",
        );
        Self::field("amount_fen", "too_large", message)
    }
}

/// The machine is unwell: a bland answer, and the cause in the log.
impl From<DbFault> for Problem {
    fn from(fault: DbFault) -> Self {
        match &fault {
            DbFault::Busy(_)
            | DbFault::Lost(_)
            | DbFault::CommitUnknown(_)
            | DbFault::NoConnection(_) => {
                tracing::warn!(error = ?fault, "the database is out of reach");
                let detail = Said::new(
                    "数据库繁忙或无法访问;请用同一个 Idempotency-Key 重试",
                    "the database is busy or out of reach; repeat the request with the same Idempotency-Key",
                );
                Self::new(Code::Unavailable, detail)
            }
            DbFault::Constraint(_)
            | DbFault::OutOfRange
            | DbFault::Damaged { .. }
            | DbFault::Other(_)
            | DbFault::Panicked => {
                tracing::error!(error = ?fault, "the database failed");
                Self::internal()
            }
        }
    }
}

impl From<VaultFault> for Problem {
    fn from(fault: VaultFault) -> Self {
        match fault {
            VaultFault::Db(fault) => fault.into(),
            VaultFault::Damaged { .. } | VaultFault::NoDataKey => {
                tracing::error!(error = ?fault, "the vault failed");
                Self::internal()
            }
        }
    }
}

impl From<PutError> for Problem {
    fn from(error: PutError) -> Self {
        match error {
            PutError::Vault(fault) => fault.into(),
            PutError::Db(fault) => fault.into(),
        }
    }
}

impl From<EarnError> for Problem {
    fn from(error: EarnError) -> Self {
        match error {
            EarnError::Conflict(ref id) => {
                let zh = format!("提成 {id} 已存在且内容不同");
                Self::new(Code::CommissionConflict, Said::new(zh, error.to_string()))
            }
            EarnError::UnknownRecipient(_) => Self::unknown_recipient(),
            EarnError::TooLarge => Self::amount_too_large(),
            EarnError::Db(fault) => fault.into(),
        }
    }
}

impl From<ReverseError> for Problem {
    fn from(error: ReverseError) -> Self {
        match error {
            ReverseError::NotFound => Self::not_found(),
            ReverseError::TooSmall => {
                let zh = "余额将低于 64 位整数分的下限";
                Self::new(Code::ValidationFailed, Said::new(zh, error.to_string()))
            }
            ReverseError::Db(fault) => fault.into(),
        }
    }
}

impl From<LimitExceeded> for Problem {
    fn from(exceeded: LimitExceeded) -> Self {
        let (name, limit) = (exceeded.name.as_str(), exceeded.limit);
        let (zh_unit, en_unit) = match exceeded.name.unit() {
            Unit::Fen => ("分", "fen"),
            Unit::Payouts => ("笔", "payouts"),
        };
        let (used, remaining) = (exceeded.used, exceeded.remaining);
        let detail = match exceeded.name {
            LimitName::TransferMin => Said::new(
                format!("每笔至少 {limit} {zh_unit}({name})"),
                format!("one payout is at least {limit} {en_unit} ({name})"),
            ),
            LimitName::TransferMax => Said::new(
                format!("每笔至多 {limit} {zh_unit}({name})"),
                format!("one payout is at most {limit} {en_unit} ({name})"),
            ),
            LimitName::RecipientDayAmount
            | LimitName::RecipientDayCount
            | LimitName::TenantDayAmount
            | LimitName::TenantDayCount
            | LimitName::ReviewAbove
            | LimitName::SecondReviewAbove => Said::new(
                format!("超出限额 {name}:上限 {limit} {zh_unit},已用 {used},剩余 {remaining}"),
                format!(
                    "the limit {name} is {limit} {en_unit}: {used} are used, {remaining} are left"
                ),
            ),
        };
        Self::new(Code::LimitExceeded, detail).with_limit(&exceeded)
    }
}

impl From<AcceptError> for Problem {
    fn from(error: AcceptError) -> Self {
        match error {
            AcceptError::InsufficientBalance { available, wanted } => {
                let (available, wanted) = (available.fen(), wanted.fen());
                let detail = Said::new(
                    format!("可用余额 {available} 分,申请 {wanted} 分"),
                    format!("{available} fen are available, and {wanted} fen are asked for"),
                );
                Self::new(Code::InsufficientBalance, detail)
            }
            AcceptError::LimitExceeded(exceeded) => exceeded.into(),
            AcceptError::ExternalIdTaken {
                ref external_id,
                payout,
            } => {
                let zh = format!("external_id {external_id} 属于付款单 {payout}");
                Self::new(Code::ExternalIdConflict, Said::new(zh, error.to_string()))
                    .with_payout(payout)
            }
            AcceptError::UnknownRecipient => Self::unknown_recipient(),
            AcceptError::TooLarge => Self::amount_too_large(),
            AcceptError::Db(fault) => fault.into(),
        }
    }
}

impl From<MatureError> for Problem {
    fn from(error: MatureError) -> Self {
        match error {
            MatureError::Overflow(_) => Self::amount_too_large(),
            MatureError::Db(fault) => fault.into(),
        }
    }
}

impl From<CancelError> for Problem {
    fn from(error: CancelError) -> Self {
        match error {
            CancelError::NotFound => Self::not_found(),
            CancelError::NotCancellable(status) => {
                let zh = format!("付款单状态为 {},已不能取消", status.as_str());
                Self::new(Code::NotCancellable, Said::new(zh, error.to_string()))
            }
            CancelError::NoSuchWay(_) => {
                tracing::error!(%error, "a payout went a way that it cannot go");
                Self::internal()
            }
            CancelError::Db(fault) => fault.into(),
        }
    }
}

impl From<RecordError> for Problem {
    fn from(error: RecordError) -> Self {
        let en = error.to_string();
        let field =
            |field, code, zh: &'static str| Self::field(field, code, Said::new(zh, en.clone()));
        match error {
            RecordError::Conflict(id) => Self::new(
                Code::OrderConflict,
                Said::new(format!("订单 {id} 已用其他内容上报过"), en),
            ),
            RecordError::TooManyPromoters => field("promoters", "too_many", "至多两级推广人"),
            RecordError::SamePromoterTwice => field("promoters", "twice", "同一推广人不能出现两次"),
            RecordError::TooManyItems => field("items", "too_many", "商品过多"),
            RecordError::ItemsExceedOrder => {
                field("items", "exceed_order", "商品金额之和大于订单金额")
            }
            RecordError::Earn(error) => error.into(),
            RecordError::Db(fault) => fault.into(),
        }
    }
}

impl From<RefundError> for Problem {
    fn from(error: RefundError) -> Self {
        let en = error.to_string();
        match error {
            RefundError::NotFound => Self::not_found(),
            RefundError::Conflict(id) => Self::new(
                Code::OrderConflict,
                Said::new(format!("退款 {id} 已用其他金额上报过"), en),
            ),
            RefundError::TooMuch { left } => Self::field(
                "amount_fen",
                "too_large",
                Said::new(format!("订单只剩 {} 分可退", left.fen()), en),
            ),
            RefundError::Reverse(error) => error.into(),
            RefundError::Db(fault) => fault.into(),
        }
    }
}
