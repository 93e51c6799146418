//! The chapters of the documentation, and the words around the calls.

use super::webhooks::WEBHOOKS;
use super::{Block, Both, Chapter, both};

/// The words around the calls.
pub(in crate::web) struct Frame {
    pub(in crate::web) title: Both,
    pub(in crate::web) lead: Both,
    pub(in crate::web) contents: Both,
    pub(in crate::web) document: Both,
    pub(in crate::web) calls: Both,
    pub(in crate::web) parameters: Both,
    pub(in crate::web) body: Both,
    pub(in crate::web) answer: Both,
    pub(in crate::web) example: Both,
    pub(in crate::web) problems: Both,
    pub(in crate::web) field: Both,
    pub(in crate::web) form: Both,
    pub(in crate::web) meaning: Both,
    pub(in crate::web) required: Both,
    pub(in crate::web) or_null: Both,
    pub(in crate::web) one_of: Both,
    pub(in crate::web) list_of: Both,
    pub(in crate::web) whole_number: Both,
    pub(in crate::web) characters: Both,
    pub(in crate::web) in_path: Both,
    pub(in crate::web) in_query: Both,
    pub(in crate::web) in_header: Both,
    pub(in crate::web) key_needed: Both,
    pub(in crate::web) code: Both,
    pub(in crate::web) status: Both,
    pub(in crate::web) what_to_do: Both,
    pub(in crate::web) program: Both,
    pub(in crate::web) error_table: Both,
}

/// The words around the calls.
pub(in crate::web) const FRAME: Frame = Frame {
    title: both("站点接口文档", "Storefront API"),
    lead: both(
        "给站点(手机店)开发者:登记收款人、记提成、提现,查询结果。全部是 HTTPS + JSON,无需 SDK。",
        "For a storefront's developers: make recipients known, earn commissions, withdraw, and see what became of it. HTTPS and JSON, no SDK needed.",
    ),
    contents: both("目录", "Contents"),
    document: both("OpenAPI 3.1 文档", "OpenAPI 3.1 document"),
    calls: both("接口", "Calls"),
    parameters: both("参数", "Parameters"),
    body: both("请求体", "Body"),
    answer: both("响应", "Answer"),
    example: both("示例", "Example"),
    problems: both("可能的错误", "Problems"),
    field: both("字段", "Field"),
    form: both("形式", "Form"),
    meaning: both("含义", "Meaning"),
    required: both("必填", "required"),
    or_null: both("或 null", "or null"),
    one_of: both("之一", "one of"),
    list_of: both("数组", "list of"),
    whole_number: both("整数", "whole number"),
    characters: both("字符", "characters"),
    in_path: both("路径", "path"),
    in_query: both("查询", "query"),
    in_header: both("请求头", "header"),
    key_needed: both(
        "必须带请求头 Idempotency-Key",
        "needs the header Idempotency-Key",
    ),
    code: both("代码", "Code"),
    status: both("状态码", "Status"),
    what_to_do: both("怎么办", "What to do"),
    program: both("完整程序", "A whole program"),
    error_table: both("全部错误代码", "All codes"),
};

/// The chapters before the calls.
pub(in crate::web) fn chapters() -> [&'static Chapter; 7] {
    [
        &START,
        &KEYS,
        &IDEMPOTENCY,
        &STATUSES,
        &LISTS,
        &WEBHOOKS,
        &ERRORS,
    ]
}

const START: Chapter = Chapter {
    id: "start",
    title: both("快速开始", "Start"),
    blocks: &[
        Block::Text(both(
            "基础地址是本站点地址加 `/api/v1`。金额一律是整数分(`amount_fen`),时间是带时区的 RFC 3339,返回的时间是 UTC。编号(`recipient_id`、`commission_id`、`external_id`)由站点自己决定:1–64 位 `A-Za-z0-9_.:-`。",
            "The base address is this host followed by `/api/v1`. Money is a whole number of fen (`amount_fen`), instants are RFC 3339 with an offset and come back in UTC. Ids of the storefront (`recipient_id`, `commission_id`, `external_id`) are 1 to 64 of `A-Za-z0-9_.:-`.",
        )),
        Block::Points(&[
            both(
                "向商家或平台要一个站点密钥(`zfk_…`),放在服务器端,不要放进小程序或网页。",
                "Get a storefront key (`zfk_…`) from the shop or the platform. It belongs on your server, never into an app or a page.",
            ),
            both(
                "用 `PUT /recipients/{recipient_id}` 登记用户的 openid。",
                "Make a user's openid known with `PUT /recipients/{recipient_id}`.",
            ),
            both(
                "用 `POST /commissions` 记提成,用 `POST /withdrawals` 提现。",
                "Earn with `POST /commissions`, pay out with `POST /withdrawals`.",
            ),
            both(
                "用 `GET /payouts/{id}` 或回调通知得知结果;`succeeded` 才是到账。",
                "`GET /payouts/{id}` or a webhook tells the outcome; only `succeeded` means paid.",
            ),
        ]),
    ],
};

const KEYS: Chapter = Chapter {
    id: "keys",
    title: both("密钥与认证", "Keys"),
    blocks: &[
        Block::Text(both(
            "每个请求带 `Authorization: Bearer zfk_…`。密钥决定站点,路径与内容中都没有站点参数;别的站点的对象一律是 404。密钥只在创建时显示一次,我们只保存其哈希。",
            "Every call carries `Authorization: Bearer zfk_…`. The key names the tenant; nothing in a path or body does, and another tenant's things are a 404. A key is shown once, when it is made; we keep its hash only.",
        )),
        Block::Sample("Authorization: Bearer zfk_…"),
    ],
};

const IDEMPOTENCY: Chapter = Chapter {
    id: "idempotency",
    title: both("重试与幂等", "Repeating safely"),
    blocks: &[
        Block::Text(both(
            "`POST /withdrawals` 与 `POST /payouts` 必须带请求头 `Idempotency-Key`(1–255 个可见 ASCII 字符)。为每笔付款生成一个键,存下来,超时、断线、503 时用同一个键与同样的内容重试:只会有一笔付款,得到的总是第一次的结果。",
            "`POST /withdrawals` and `POST /payouts` need the header `Idempotency-Key` (1 to 255 visible ASCII characters). Make one for each payment, keep it, and after a timeout, a broken connection or a 503 repeat the same body with the same key: there will be one payment, and the answer is always the first one.",
        )),
        Block::Rows(&[
            (
                "201 + Idempotent-Replayed: true",
                both(
                    "重复请求,与第一次的响应逐字节相同",
                    "A repetition; byte for byte the first answer",
                ),
            ),
            (
                "409 idempotency_in_progress",
                both(
                    "第一次还在处理,稍后用同一个键重试",
                    "The first call is still at work; repeat it in a moment",
                ),
            ),
            (
                "422 idempotency_key_reused",
                both(
                    "同一个键,内容不同;新的付款用新的键",
                    "The key came with another body; a new payment takes a new key",
                ),
            ),
        ]),
        Block::Text(both(
            "键至少保留 30 天,属于站点与接口。JSON 的字段顺序与空白不计。被拒绝的请求不占用键,改正后可再用。`external_id` 是另一道保险:永久唯一,重复时返回 409 与已有付款单的编号。",
            "A key is kept for at least 30 days and belongs to the tenant and the call. Order and blanks of the JSON do not count. A refused call does not use its key up. `external_id` is a second safety: unique for ever, and a repetition gets a 409 with the id of the payout that has it.",
        )),
    ],
};

const STATUSES: Chapter = Chapter {
    id: "statuses",
    title: both("付款单状态", "Statuses of a payout"),
    blocks: &[
        Block::Rows(&[
            (
                "in_review",
                both(
                    "等待成员审核 → queued、rejected、cancelled",
                    "Waits for a member's approval → queued, rejected, cancelled",
                ),
            ),
            (
                "queued",
                both(
                    "等待发送;`not_before` 与 `reason` 说明等什么 → processing、cancelled、failed",
                    "Waits to be sent; `not_before` and `reason` say for what → processing, cancelled, failed",
                ),
            ),
            (
                "processing",
                both(
                    "已发送或可能已发送,结果未知。请勿另行付款 → succeeded、failed、queued、awaiting_recipient",
                    "Sent, or perhaps sent: the outcome is not known yet. Do not pay again → succeeded, failed, queued, awaiting_recipient",
                ),
            ),
            (
                "awaiting_recipient",
                both(
                    "等待收款人确认 → succeeded、failed、cancelled",
                    "The recipient has to confirm → succeeded, failed, cancelled",
                ),
            ),
            ("succeeded", both("已到账。最终状态", "Paid. Final")),
            (
                "failed",
                both(
                    "已确认失败,金额已退回。最终状态",
                    "Refused for good; the money is back. Final",
                ),
            ),
            (
                "rejected",
                both(
                    "审核未通过,金额已退回。最终状态",
                    "A member rejected it; the money is back. Final",
                ),
            ),
            (
                "cancelled",
                both(
                    "发送前已取消,金额已退回。最终状态",
                    "Cancelled before it was sent; the money is back. Final",
                ),
            ),
        ]),
        Block::Text(both(
            "可能出现新的 `reason.code`;程序请以 `status` 判断。",
            "New values of `reason.code` may appear; let your program decide by `status`.",
        )),
    ],
};

const LISTS: Chapter = Chapter {
    id: "lists",
    title: both("列表与翻页", "Lists"),
    blocks: &[Block::Text(both(
        "列表最新的在前,`limit` 为 1–100(默认 20)。`next_cursor` 不为 null 时,原样作为 `cursor` 传回取下一页,筛选条件保持不变。游标带有签名,改动、换站点或换条件都是 400。",
        "Lists are newest first, with a `limit` of 1 to 100 (20 when left out). While `next_cursor` is not null, send it back as `cursor` with the same filters for the next page. Cursors are authenticated: an edited one, another tenant's or one of other filters is a 400.",
    ))],
};

const ERRORS: Chapter = Chapter {
    id: "errors",
    title: both("错误", "Problems"),
    blocks: &[
        Block::Text(both(
            "错误的内容类型是 `application/problem+json`(RFC 9457)。程序以 `code` 判断;`errors` 指出字段;`request_id` 同时在响应头 `X-Request-Id` 中。说明的语言按 `Accept-Language`(`zh` 或 `en`)。",
            "An error is `application/problem+json` (RFC 9457). Decide by `code`; `errors` points at fields; `request_id` is also in the header `X-Request-Id`. `Accept-Language` (`zh` or `en`) chooses the language of the sentences.",
        )),
        Block::Sample(
            "HTTP/1.1 422 Unprocessable Entity\nContent-Type: application/problem+json\nX-Request-Id: 019ab2c0-7a00-7aec-87ca-73e208b21384\n\n{\n  \"type\": \"https://pay.example.com/api/docs#validation_failed\",\n  \"title\": \"A field is not valid\",\n  \"status\": 422,\n  \"detail\": \"not valid: amount_fen\",\n  \"code\": \"validation_failed\",\n  \"errors\": [{\n    \"field\": \"amount_fen\",\n    \"code\": \"amount\",\n    \"message\": \"an amount is a whole number of fen from 1 to 9223372036854775807\"\n  }],\n  \"request_id\": \"019ab2c0-7a00-7aec-87ca-73e208b21384\"\n}",
        ),
    ],
};
