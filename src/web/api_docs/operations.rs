//! What the handlers' types do not say of a call: which problems it answers, and an example of it.

use crate::web::problem::Code;

/// A value of an example.
#[derive(Clone, Copy, Debug)]
pub(super) enum Value {
    /// A text.
    Text(&'static str),
    /// A whole number.
    Number(i64),
    /// Several texts.
    Texts(&'static [&'static str]),
}

/// What is to be said of one call.
pub(super) struct Operation {
    /// Its id in the document.
    pub(super) id: &'static str,
    /// The problems that are its own; those of [`EVERYWHERE`] come to them.
    pub(super) problems: &'static [Code],
    /// The path of its example, behind `/api/v1`.
    pub(super) path: &'static str,
    /// The body of its example.
    pub(super) body: Option<&'static [(&'static str, Value)]>,
    /// It moves money, so it needs a key by which it can be repeated.
    pub(super) is_keyed: bool,
}

/// What every call can answer.
pub(super) const EVERYWHERE: &[Code] = &[
    Code::Unauthenticated,
    Code::Forbidden,
    Code::UnsupportedMediaType,
    Code::RateLimited,
    Code::Unavailable,
    Code::Internal,
];

use Code::{
    CommissionConflict, ExternalIdConflict, IdempotencyInProgress, IdempotencyKeyRequired,
    IdempotencyKeyReused, InsufficientBalance, InvalidRequest, LimitExceeded, NotCancellable,
    NotFound, OrderConflict, PayloadTooLarge, TenantNotReady, TenantSuspended, ValidationFailed,
};
use Value::{Number, Text, Texts};

/// A call that only reads.
const fn read(id: &'static str, problems: &'static [Code], path: &'static str) -> Operation {
    Operation {
        id,
        problems,
        path,
        body: None,
        is_keyed: false,
    }
}

/// All calls.
pub(super) const OPERATIONS: &[Operation] = &[
    Operation {
        id: "put_recipient",
        problems: &[InvalidRequest, ValidationFailed, PayloadTooLarge],
        path: "/recipients/u-1001",
        body: Some(&[
            ("openid", Text("oUpF8uMuAJO_M2pxb1Q9zNjWeS6o")),
            ("real_name", Text("张三")),
        ]),
        is_keyed: false,
    },
    read("get_recipient", &[NotFound], "/recipients/u-1001"),
    read(
        "list_entries",
        &[NotFound, InvalidRequest, ValidationFailed],
        "/recipients/u-1001/entries?limit=50",
    ),
    Operation {
        id: "earn_commission",
        problems: &[
            InvalidRequest,
            ValidationFailed,
            NotFound,
            CommissionConflict,
            PayloadTooLarge,
        ],
        path: "/commissions",
        body: Some(&[
            ("commission_id", Text("c-20261123-1")),
            ("recipient_id", Text("u-1001")),
            ("amount_fen", Number(8_880)),
            ("order_no", Text("A-20261123-7")),
        ]),
        is_keyed: false,
    },
    Operation {
        id: "reverse_commission",
        problems: &[InvalidRequest, ValidationFailed, NotFound, PayloadTooLarge],
        path: "/commissions/c-20261123-1/reverse",
        body: Some(&[("reason", Text("顾客退货"))]),
        is_keyed: false,
    },
    Operation {
        id: "record_order",
        problems: &[
            InvalidRequest,
            ValidationFailed,
            NotFound,
            OrderConflict,
            PayloadTooLarge,
        ],
        path: "/orders",
        body: Some(&[
            ("order_id", Text("A-20261123-7")),
            ("amount_fen", Number(9_900)),
            ("promoters", Texts(&["u-1001"])),
        ]),
        is_keyed: false,
    },
    read("get_order", &[NotFound], "/orders/A-20261123-7"),
    Operation {
        id: "refund_order",
        problems: &[
            InvalidRequest,
            ValidationFailed,
            NotFound,
            OrderConflict,
            PayloadTooLarge,
        ],
        path: "/orders/A-20261123-7/refunds",
        body: Some(&[
            ("refund_id", Text("R-20261124-1")),
            ("amount_fen", Number(3_300)),
        ]),
        is_keyed: false,
    },
    Operation {
        id: "withdraw",
        problems: &[
            InvalidRequest,
            IdempotencyKeyRequired,
            TenantSuspended,
            NotFound,
            TenantNotReady,
            IdempotencyInProgress,
            ExternalIdConflict,
            PayloadTooLarge,
            ValidationFailed,
            InsufficientBalance,
            LimitExceeded,
            IdempotencyKeyReused,
        ],
        path: "/withdrawals",
        body: Some(&[
            ("recipient_id", Text("u-1001")),
            ("amount_fen", Number(1_234)),
            ("description", Text("十一月提成")),
            ("external_id", Text("W-20261123-1")),
        ]),
        is_keyed: true,
    },
    Operation {
        id: "pay_directly",
        problems: &[
            InvalidRequest,
            IdempotencyKeyRequired,
            TenantSuspended,
            NotFound,
            TenantNotReady,
            IdempotencyInProgress,
            ExternalIdConflict,
            PayloadTooLarge,
            ValidationFailed,
            LimitExceeded,
            IdempotencyKeyReused,
        ],
        path: "/payouts",
        body: Some(&[
            ("recipient_id", Text("u-1001")),
            ("amount_fen", Number(5_000)),
            ("external_id", Text("P-20261123-1")),
        ]),
        is_keyed: true,
    },
    read(
        "list_payouts",
        &[InvalidRequest, ValidationFailed],
        "/payouts?recipient_id=u-1001&status=succeeded&limit=50",
    ),
    read(
        "get_payout",
        &[NotFound],
        "/payouts/019ab2c0-7a00-7c2e-aed9-5ae59bf41f7f",
    ),
    Operation {
        id: "cancel_payout",
        problems: &[NotFound, InvalidRequest, NotCancellable, PayloadTooLarge],
        path: "/payouts/019ab2c0-7a00-7c2e-aed9-5ae59bf41f7f/cancel",
        body: None,
        is_keyed: false,
    },
    read(
        "list_limits",
        &[InvalidRequest, ValidationFailed],
        "/limits?recipient_id=u-1001",
    ),
];

impl Operation {
    /// All problems that it answers, by status.
    pub(super) fn all_problems(&self) -> Vec<Code> {
        let mut all: Vec<Code> = self.problems.iter().chain(EVERYWHERE).copied().collect();
        all.sort_unstable_by_key(|code| (code.status().as_u16(), *code));
        all.dedup();
        all
    }
}
