//! The codes of the contract, each with its status, its title and what a developer does about it.

use actix_web::http::StatusCode;

macro_rules! codes {
    ($($(#[$doc:meta])+ $name:ident = $text:literal $status:ident {
        $title_zh:literal, $title_en:literal; $next_zh:literal, $next_en:literal
    })+) => {
        /// A code of the contract. Each has its status and its title.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code {
            $($(#[$doc])+ $name),+
        }

        impl Code {
            /// All of them.
            pub const ALL: &[Code] = &[$(Code::$name),+];

            /// Its name in answers.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Code::$name => $text),+
                }
            }

            /// Its HTTP status.
            pub const fn status(self) -> StatusCode {
                match self {
                    $(Code::$name => StatusCode::$status),+
                }
            }

            /// What it says in general: in Chinese, in English.
            pub(in crate::web) const fn title(self) -> (&'static str, &'static str) {
                match self {
                    $(Code::$name => ($title_zh, $title_en)),+
                }
            }

            /// What a developer does about it: in Chinese, in English.
            pub(in crate::web) const fn next(self) -> (&'static str, &'static str) {
                match self {
                    $(Code::$name => ($next_zh, $next_en)),+
                }
            }
        }
    };
}

codes! {
    /// No key, or none that lives.
    Unauthenticated = "unauthenticated" UNAUTHORIZED {
        "需要有效的站点密钥", "A valid storefront key is needed";
        "检查 Authorization: Bearer 后的密钥是否完整、未过期、未吊销;启用签名时检查签名与时间",
        "Check that the key after Authorization: Bearer is whole, not expired and not revoked; when requests are signed, check signature and time"
    }
    /// A key or a member that may not do this.
    Forbidden = "forbidden" FORBIDDEN {
        "不允许此操作", "This is not allowed";
        "密钥没有所需的权限范围,或请求来自允许列表之外的地址",
        "The key lacks the scope, or the call comes from an address that its list does not allow"
    }
    /// Not there, or another tenant's.
    NotFound = "not_found" NOT_FOUND {
        "没有此对象", "There is no such thing";
        "检查编号;收款人须先用 PUT /recipients/{recipient_id} 登记",
        "Check the id; a recipient is made known with PUT /recipients/{recipient_id} first"
    }
    /// Another method than the path has.
    MethodNotAllowed = "method_not_allowed" METHOD_NOT_ALLOWED {
        "此路径没有这个方法", "The path has no such method";
        "响应头 Allow 列出可用的方法", "The header Allow lists the methods that it has"
    }
    /// Not JSON, a wrong type, an unknown field.
    InvalidRequest = "invalid_request" BAD_REQUEST {
        "请求无法读取", "The request cannot be read";
        "请求体须为一个 JSON 对象,字段名与类型须与文档一致", "Send one JSON object with the documented fields and types"
    }
    /// A field's contents.
    ValidationFailed = "validation_failed" UNPROCESSABLE_ENTITY {
        "字段内容无效", "A field is not valid";
        "errors 列出每个字段与原因;改正后可用同一个 Idempotency-Key 重试",
        "errors names each field and why; a corrected call may use the same Idempotency-Key"
    }
    /// The balance does not suffice.
    InsufficientBalance = "insufficient_balance" UNPROCESSABLE_ENTITY {
        "余额不足", "The balance does not suffice";
        "先查 GET /recipients/{recipient_id} 的 available_fen", "Look at available_fen of GET /recipients/{recipient_id} first"
    }
    /// A limit does not let it through.
    LimitExceeded = "limit_exceeded" UNPROCESSABLE_ENTITY {
        "超出限额", "A limit is exceeded";
        "limit 说明是哪一项、已用多少、剩余多少、何时重置", "limit says which one, what is used, what is left and when it resets"
    }
    /// The header is missing or malformed.
    IdempotencyKeyRequired = "idempotency_key_required" BAD_REQUEST {
        "需要请求头 Idempotency-Key", "The header Idempotency-Key is needed";
        "为每笔付款生成一个新的键(1–255 个可见 ASCII 字符),重试时使用同一个",
        "Make a new key for each payment (1 to 255 visible ASCII characters) and use the same one for each retry"
    }
    /// The key was used with another body.
    IdempotencyKeyReused = "idempotency_key_reused" UNPROCESSABLE_ENTITY {
        "Idempotency-Key 已用于另一请求", "The Idempotency-Key was used with another body";
        "新的付款用新的键;同一笔付款的重试须发送同样的内容", "Use a new key for a new payment; a retry sends the same body"
    }
    /// An equal call is at work at this moment.
    IdempotencyInProgress = "idempotency_in_progress" CONFLICT {
        "同键的请求正在处理", "A call with this Idempotency-Key is at work";
        "等 Retry-After 秒后用同一个键重试,会得到第一次的结果", "Repeat with the same key after Retry-After seconds: the answer is the first one's"
    }
    /// The id was used for another commission.
    CommissionConflict = "commission_conflict" CONFLICT {
        "commission_id 已用于另一笔提成", "Another commission has this commission_id";
        "同一 commission_id 的内容不能改变;更正请先撤回再用新编号", "What a commission_id stands for never changes; to correct it, reverse it and use a new id"
    }
    /// The id was used for another order or refund.
    OrderConflict = "order_conflict" CONFLICT {
        "order_id 或 refund_id 已用于其他内容", "Another order or refund has this id";
        "同一编号的内容不能改变;请核对金额与推广人,或使用新编号", "What an id stands for never changes; compare amount and promoters, or use a new id"
    }
    /// The number was used for another payout.
    ExternalIdConflict = "external_id_conflict" CONFLICT {
        "external_id 已用于另一付款单", "Another payout has this external_id";
        "payout_id 是已有的付款单;重试请用原来的 Idempotency-Key", "payout_id is the payout that has it; a retry uses the first Idempotency-Key"
    }
    /// It may have been sent.
    NotCancellable = "not_cancellable" CONFLICT {
        "付款单已不能取消", "The payout can no longer be cancelled";
        "请求可能已到达微信支付;以 GET /payouts/{id} 的最终状态为准", "The request may have reached WeChat Pay; the final status of GET /payouts/{id} decides"
    }
    /// The settings are incomplete.
    TenantNotReady = "tenant_not_ready" CONFLICT {
        "支付设置未完成", "The settings are incomplete";
        "请商家在「微信支付配置」补全 detail 列出的各项", "The shop completes what detail lists on the page 微信支付配置"
    }
    /// An operator stopped the tenant.
    TenantSuspended = "tenant_suspended" FORBIDDEN {
        "站点已被暂停", "The tenant is suspended";
        "请联系平台运营", "Ask the platform"
    }
    /// The body is too large.
    PayloadTooLarge = "payload_too_large" PAYLOAD_TOO_LARGE {
        "请求体过大", "The body is too large";
        "请求体最多 65536 字节", "A body has at most 65,536 bytes"
    }
    /// The body is not JSON by its type, or is compressed.
    UnsupportedMediaType = "unsupported_media_type" UNSUPPORTED_MEDIA_TYPE {
        "不支持的内容类型", "The body has an unsupported type";
        "发送 Content-Type: application/json,UTF-8 编码,不要压缩", "Send Content-Type: application/json in UTF-8, uncompressed"
    }
    /// Too many calls.
    RateLimited = "rate_limited" TOO_MANY_REQUESTS {
        "请求过于频繁", "Too many calls";
        "等 Retry-After 秒后重试,并按响应头 RateLimit 控制速度", "Repeat after Retry-After seconds, and keep to the header RateLimit"
    }
    /// The database or WeChat is out of reach.
    Unavailable = "unavailable" SERVICE_UNAVAILABLE {
        "暂时无法处理", "Try again in a moment";
        "等 Retry-After 秒后用同一个 Idempotency-Key 重试", "Repeat after Retry-After seconds with the same Idempotency-Key"
    }
    /// A fault of ours.
    Internal = "internal" INTERNAL_SERVER_ERROR {
        "系统内部错误", "Something went wrong here";
        "请把 request_id 告诉平台;付款类请求可用同一个 Idempotency-Key 重试", "Tell the platform the request_id; a payment may be repeated with the same Idempotency-Key"
    }
}
