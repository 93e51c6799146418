//! 开发者: keys, webhook endpoints, deliveries.

use crate::outbox::{Kind, Outcome};

/// 开发者: keys, webhook endpoints, deliveries.
pub(in crate::web) struct Developers {
    /// Title.
    pub(in crate::web) title: &'static str,
    /// The sentence below it.
    pub(in crate::web) lead: &'static str,
    /// Link to the API's documentation.
    pub(in crate::web) docs: &'static str,
    /// Heading of the keys.
    pub(in crate::web) keys: &'static str,
    /// The sentence below it.
    pub(in crate::web) keys_lead: &'static str,
    /// When there is no key.
    pub(in crate::web) no_keys: &'static str,
    /// What to do then.
    pub(in crate::web) no_keys_next: &'static str,
    /// Label: what a key is called.
    pub(in crate::web) key_name: &'static str,
    /// Help for it.
    pub(in crate::web) key_name_help: &'static str,
    /// What is wrong with it.
    pub(in crate::web) key_name_wrong: &'static str,
    /// The button that makes a key.
    pub(in crate::web) make_key: &'static str,
    /// Column: the key's last characters.
    pub(in crate::web) key: &'static str,
    /// Column and label: name.
    pub(in crate::web) name: &'static str,
    /// Column: when it was made, by whom.
    pub(in crate::web) made: &'static str,
    /// Column: state.
    pub(in crate::web) state: &'static str,
    /// State of a key that is live.
    pub(in crate::web) in_use: &'static str,
    /// State of a key that was revoked.
    pub(in crate::web) revoked: &'static str,
    /// What opens the question.
    pub(in crate::web) revoke: &'static str,
    /// The question.
    pub(in crate::web) revoke_sure: &'static str,
    /// The button below the question.
    pub(in crate::web) revoke_button: &'static str,
    /// A key was revoked.
    pub(in crate::web) key_revoked: &'static str,
    /// Title of the page that shows a key.
    pub(in crate::web) key_made: &'static str,
    /// How to use it.
    pub(in crate::web) key_use: &'static str,
    /// Title of the page that shows a signing secret.
    pub(in crate::web) secret_made: &'static str,
    /// How to use it.
    pub(in crate::web) secret_use: &'static str,
    /// After a rotation.
    pub(in crate::web) both_hold: &'static str,
    /// Beside a secret.
    pub(in crate::web) once: &'static str,
    /// What to do.
    pub(in crate::web) once_next: &'static str,
    /// The link away.
    pub(in crate::web) saved: &'static str,
    /// Heading of the endpoints.
    pub(in crate::web) hooks: &'static str,
    /// The sentence below it.
    pub(in crate::web) hooks_lead: &'static str,
    /// When there is no endpoint.
    pub(in crate::web) no_hooks: &'static str,
    /// What to do then.
    pub(in crate::web) no_hooks_next: &'static str,
    /// The button and title: add an endpoint.
    pub(in crate::web) add_hook: &'static str,
    /// The button and title: change an endpoint.
    pub(in crate::web) change_hook: &'static str,
    /// Label and column: address.
    pub(in crate::web) url: &'static str,
    /// Help for it.
    pub(in crate::web) url_help: &'static str,
    /// Help for the name.
    pub(in crate::web) hook_name_help: &'static str,
    /// What is wrong with the name.
    pub(in crate::web) hook_name_wrong: &'static str,
    /// Label and column: events.
    pub(in crate::web) events: &'static str,
    /// The choice of all.
    pub(in crate::web) all_events: &'static str,
    /// The choice of some.
    pub(in crate::web) some_events: &'static str,
    /// All, in a table.
    pub(in crate::web) all_short: &'static str,
    /// When none is ticked.
    pub(in crate::web) no_event: &'static str,
    /// The button that saves.
    pub(in crate::web) save: &'static str,
    /// The link away from a form.
    pub(in crate::web) cancel: &'static str,
    /// A form was not saved.
    pub(in crate::web) not_saved: &'static str,
    /// Behind a label.
    pub(in crate::web) optional: &'static str,
    /// Too many endpoints.
    pub(in crate::web) too_many: &'static str,
    /// The address is unreadable.
    pub(in crate::web) url_unreadable: &'static str,
    /// The address is too long.
    pub(in crate::web) url_long: &'static str,
    /// The address is not https.
    pub(in crate::web) url_https: &'static str,
    /// The address has a user name.
    pub(in crate::web) url_credentials: &'static str,
    /// The address has another port.
    pub(in crate::web) url_port: &'static str,
    /// The host is of an inner network.
    pub(in crate::web) url_inside: &'static str,
    /// The number is of an inner network.
    pub(in crate::web) url_private: &'static str,
    /// The name stands for such an address.
    pub(in crate::web) url_resolves_inside: &'static str,
    /// The name is not known.
    pub(in crate::web) url_unknown: &'static str,
    /// State of an endpoint.
    pub(in crate::web) well: &'static str,
    /// State of an endpoint.
    pub(in crate::web) fails: &'static str,
    /// State of an endpoint.
    pub(in crate::web) disabled: &'static str,
    /// Column: how many wait.
    pub(in crate::web) waiting_count: &'static str,
    /// Column: how many have failed.
    pub(in crate::web) failed_count: &'static str,
    /// Link to an endpoint.
    pub(in crate::web) open_hook: &'static str,
    /// An endpoint was saved.
    pub(in crate::web) saved_hook: &'static str,
    /// An endpoint was removed.
    pub(in crate::web) removed_hook: &'static str,
    /// An endpoint was enabled.
    pub(in crate::web) enabled_hook: &'static str,
    /// An endpoint was disabled.
    pub(in crate::web) disabled_hook: &'static str,
    /// A test was sent.
    pub(in crate::web) tested: &'static str,
    /// One was sent again.
    pub(in crate::web) resent: &'static str,
    /// Notice: the endpoint is gone.
    pub(in crate::web) gone_title: &'static str,
    /// What to do then.
    pub(in crate::web) gone_next: &'static str,
    /// Notice: the endpoint was disabled for failing.
    pub(in crate::web) failing_title: &'static str,
    /// What to do then.
    pub(in crate::web) failing_next: &'static str,
    /// Notice: a member has disabled it.
    pub(in crate::web) member_title: &'static str,
    /// What follows.
    pub(in crate::web) member_next: &'static str,
    /// Notice: it has been failing.
    pub(in crate::web) trouble_title: &'static str,
    /// What to do then.
    pub(in crate::web) trouble_next: &'static str,
    /// Notice: two secrets hold.
    pub(in crate::web) old_secret: &'static str,
    /// Fact: when the secret was made.
    pub(in crate::web) secret_since: &'static str,
    /// Fact: when.
    pub(in crate::web) made_at: &'static str,
    /// The button that sends a test.
    pub(in crate::web) test: &'static str,
    /// What opens the question of a new secret.
    pub(in crate::web) rotate: &'static str,
    /// The question.
    pub(in crate::web) rotate_sure: &'static str,
    /// The button.
    pub(in crate::web) rotate_button: &'static str,
    /// The button that disables.
    pub(in crate::web) disable: &'static str,
    /// The button that enables.
    pub(in crate::web) enable: &'static str,
    /// What opens the question of removal.
    pub(in crate::web) remove: &'static str,
    /// The question.
    pub(in crate::web) remove_sure: &'static str,
    /// The button.
    pub(in crate::web) remove_button: &'static str,
    /// Heading of the deliveries.
    pub(in crate::web) deliveries: &'static str,
    /// The sentence below it.
    pub(in crate::web) deliveries_lead: &'static str,
    /// When there is none.
    pub(in crate::web) no_deliveries: &'static str,
    /// What to do then.
    pub(in crate::web) no_deliveries_next: &'static str,
    /// When the filter finds none.
    pub(in crate::web) none_found: &'static str,
    /// What to do then.
    pub(in crate::web) none_found_next: &'static str,
    /// Column: time.
    pub(in crate::web) at: &'static str,
    /// Column: event.
    pub(in crate::web) event: &'static str,
    /// Column: payout.
    pub(in crate::web) payout: &'static str,
    /// Column: number of tries.
    pub(in crate::web) tries: &'static str,
    /// Column: when it is tried next.
    pub(in crate::web) next_try: &'static str,
    /// Link to a delivery.
    pub(in crate::web) details: &'static str,
    /// State of a delivery.
    pub(in crate::web) waiting: &'static str,
    /// State of a delivery.
    pub(in crate::web) retrying: &'static str,
    /// State of a delivery.
    pub(in crate::web) delivered: &'static str,
    /// State of a delivery.
    pub(in crate::web) failed: &'static str,
    /// Preset: all.
    pub(in crate::web) all_states: &'static str,
    /// Label: kind of event.
    pub(in crate::web) kind: &'static str,
    /// The choice of every kind.
    pub(in crate::web) every_kind: &'static str,
    /// Label: from.
    pub(in crate::web) from: &'static str,
    /// Label: to.
    pub(in crate::web) to: &'static str,
    /// The button of the filter.
    pub(in crate::web) filter: &'static str,
    /// Link to the next page.
    pub(in crate::web) next_page: &'static str,
    /// Link to the first page.
    pub(in crate::web) first_page: &'static str,
    /// Heading and button: replay of a time.
    pub(in crate::web) replay: &'static str,
    /// The sentence below it.
    pub(in crate::web) replay_lead: &'static str,
    /// Label: which.
    pub(in crate::web) replay_which: &'static str,
    /// The choice of failed ones.
    pub(in crate::web) replay_failed: &'static str,
    /// The choice of all.
    pub(in crate::web) replay_all: &'static str,
    /// The button.
    pub(in crate::web) replay_button: &'static str,
    /// The time is wrong.
    pub(in crate::web) replay_wrong: &'static str,
    /// Title of a delivery.
    pub(in crate::web) delivery: &'static str,
    /// Fact.
    pub(in crate::web) webhook_id: &'static str,
    /// Fact: when it happened.
    pub(in crate::web) happened: &'static str,
    /// Fact: the sequence.
    pub(in crate::web) sequence: &'static str,
    /// Fact: when it is tried next.
    pub(in crate::web) due: &'static str,
    /// Fact: when it was delivered.
    pub(in crate::web) delivered_at: &'static str,
    /// The button that sends one again.
    pub(in crate::web) resend: &'static str,
    /// Heading of the tries.
    pub(in crate::web) tried: &'static str,
    /// When there is none.
    pub(in crate::web) no_tries: &'static str,
    /// What follows.
    pub(in crate::web) no_tries_next: &'static str,
    /// Column: outcome.
    pub(in crate::web) outcome: &'static str,
    /// Column: status.
    pub(in crate::web) status: &'static str,
    /// Column: duration.
    pub(in crate::web) took: &'static str,
    /// Column: answer.
    pub(in crate::web) answer: &'static str,
    /// Heading of the body.
    pub(in crate::web) payload: &'static str,
    /// The sentence below it.
    pub(in crate::web) payload_lead: &'static str,
    /// Heading of the help.
    pub(in crate::web) how_verify: &'static str,
    /// The sentence below it.
    pub(in crate::web) how_verify_lead: &'static str,
    /// The paragraph about order.
    pub(in crate::web) how_order: &'static str,
    /// For those who may not change.
    pub(in crate::web) look_only: &'static str,
    /// So many were sent again.
    pub(in crate::web) replayed: fn(usize) -> String,
    /// What has happened.
    pub(in crate::web) kinds: fn(Kind) -> &'static str,
    /// How a try ended.
    pub(in crate::web) outcomes: fn(Outcome) -> &'static str,
}

impl Developers {
    pub(super) const CHINESE: Self = Self {
        title: "开发者",
        lead: "商城系统用密钥调用接口;付款单有变化时,我们推送到您的服务器。",
        docs: "接口文档",
        keys: "接口密钥",
        keys_lead: "密钥代表整个站点,只在创建时显示一次。怀疑泄露时,请先新建、更换,再吊销旧的。",
        no_keys: "还没有密钥",
        no_keys_next: "新建一个密钥,填到商城系统的服务端配置里。",
        key_name: "密钥名称",
        key_name_help: "写明用在哪里,例如:商城生产环境。1–80 个字符。",
        key_name_wrong: "请填写 1–80 个字符的名称",
        make_key: "新建密钥",
        key: "密钥",
        name: "名称",
        made: "创建",
        state: "状态",
        in_use: "使用中",
        revoked: "已吊销",
        revoke: "吊销",
        revoke_sure: "吊销后,使用此密钥的系统立即无法调用接口,且不能恢复。",
        revoke_button: "确认吊销",
        key_revoked: "密钥已吊销",
        key_made: "密钥已创建",
        key_use: "调用接口时放在请求头里:",
        secret_made: "签名密钥",
        secret_use: "用它验证收到的推送确实来自我们、且没有被改动:",
        both_hold: "旧的签名密钥在 24 小时内仍然有效:这段时间每次推送同时带新旧两个签名。",
        once: "只显示这一次",
        once_next: "请现在复制并妥善保存。离开本页后,任何人都无法再次查看。",
        saved: "我已保存,返回",
        hooks: "Webhook 接收地址",
        hooks_lead: "付款单状态、限额、证书等事件以 HTTPS POST 推送,按 Standard Webhooks 规范签名,未成功会在三天内重试 10 次。",
        no_hooks: "还没有接收地址",
        no_hooks_next: "添加一个公网 HTTPS 地址,就不必反复查询付款结果。",
        add_hook: "添加接收地址",
        change_hook: "修改接收地址",
        url: "接收地址",
        url_help: "以 https:// 开头的公网地址,端口 443 或 8443,例如 https://shop.example.com/webhooks/zhanfu。收到后请在 15 秒内返回 2xx。",
        hook_name_help: "可不填,方便自己辨认,最多 80 个字符。",
        hook_name_wrong: "名称最多 80 个字符,不能有控制字符",
        events: "事件",
        all_events: "全部事件(包括以后新增的)",
        some_events: "只要勾选的事件",
        all_short: "全部",
        no_event: "请至少勾选一个事件,或选择全部事件",
        save: "保存",
        cancel: "取消",
        not_saved: "没有保存",
        optional: "选填",
        too_many: "一个站点最多 10 个接收地址,请先删除不用的",
        url_unreadable: "这不是一个网址",
        url_long: "地址不能超过 2048 个字节",
        url_https: "地址必须以 https:// 开头",
        url_credentials: "地址里不能带用户名和密码;推送有签名,不需要它们",
        url_port: "端口必须是 443 或 8443",
        url_inside: "必须是公网域名;localhost、内网名称和不带点的名称不能使用",
        url_private: "这是内网、保留或云主机元数据地址,不能使用",
        url_resolves_inside: "这个域名解析到内网、保留地址或本机,不能使用。请检查域名解析",
        url_unknown: "找不到这个域名。请检查拼写,或等解析生效后再保存",
        well: "正常",
        fails: "投递失败,重试中",
        disabled: "已停用",
        waiting_count: "待投递",
        failed_count: "失败",
        open_hook: "查看投递",
        saved_hook: "接收地址已保存",
        removed_hook: "接收地址已删除",
        enabled_hook: "已启用,停用期间的事件将陆续投递",
        disabled_hook: "已停用,新事件会保留,启用后再投递",
        tested: "测试事件已加入队列,几秒后刷新本页查看结果",
        resent: "已重新投递,几秒后刷新本页查看结果",
        gone_title: "已自动停用:您的服务器返回了 410",
        gone_next: "410 表示此地址永久失效。请修改地址或修复服务后点「启用」,停用期间的事件会补发。",
        failing_title: "已自动停用:连续 5 天投递失败",
        failing_next: "请检查服务器是否可从公网访问、证书是否有效,修复后点「启用」,停用期间的事件会补发。",
        member_title: "已由成员停用",
        member_next: "事件会为它保留 90 天,启用后投递。",
        trouble_title: "投递持续失败",
        trouble_next: "请打开一条失败的投递查看原因。连续失败 5 天会自动停用。",
        old_secret: "旧签名密钥有效至",
        secret_since: "签名密钥生成于",
        made_at: "添加时间",
        test: "发送测试事件",
        rotate: "更换签名密钥",
        rotate_sure: "会生成新的签名密钥。旧的在 24 小时内仍然有效,请在这段时间内更新您的服务器。",
        rotate_button: "确认更换",
        disable: "停用",
        enable: "启用",
        remove: "删除",
        remove_sure: "删除后不再推送,未投递的事件和投递记录一并清除,不能恢复。",
        remove_button: "确认删除",
        deliveries: "投递记录",
        deliveries_lead: "保留 30 天,时间为北京时间。",
        no_deliveries: "还没有投递记录",
        no_deliveries_next: "发送一个测试事件,看看您的服务器能否收到。",
        none_found: "没有符合条件的记录",
        none_found_next: "请放宽时间或状态条件。",
        at: "时间",
        event: "事件",
        payout: "付款单",
        tries: "尝试",
        next_try: "下次尝试",
        details: "详情",
        waiting: "待投递",
        retrying: "重试中",
        delivered: "已送达",
        failed: "失败",
        all_states: "全部",
        kind: "事件类型",
        every_kind: "全部类型",
        from: "从",
        to: "到",
        filter: "筛选",
        next_page: "下一页",
        first_page: "回到第一页",
        replay: "补发一段时间的事件",
        replay_lead: "一次最多 10,000 条,从最早的开始。同一事件的 webhook-id 不变,您的服务器应按它去重。",
        replay_which: "补发哪些",
        replay_failed: "只补发失败的",
        replay_all: "全部(包括已送达的)",
        replay_button: "补发",
        replay_wrong: "请填写开始和结束时间,且结束晚于开始",
        delivery: "投递详情",
        webhook_id: "webhook-id",
        happened: "发生时间",
        sequence: "该付款单的序号",
        due: "下次尝试",
        delivered_at: "送达时间",
        resend: "重新投递",
        tried: "每次尝试",
        no_tries: "还没有尝试",
        no_tries_next: "几秒内会投递;接收地址停用时,启用后才投递。",
        outcome: "结果",
        status: "状态码",
        took: "用时",
        answer: "您的服务器返回(前 200 字)",
        payload: "推送内容",
        payload_lead: "实际发送的是一行 JSON,签名针对原始字节;这里为便于阅读做了换行。",
        how_verify: "教程:验证签名",
        how_verify_lead: "任何 Standard Webhooks 库都可以使用。务必用收到的原始字节验证,不要先解析再序列化;拒绝 webhook-timestamp 超过 5 分钟的请求,并按 webhook-id 去重。",
        how_order: "到达顺序不保证:同一付款单的事件带递增的 sequence,旧的可忽略;拿不准时以 GET /payouts/{id} 为准。",
        look_only: "您的角色只能查看。新建、修改和补发请联系所有者或财务。",
        replayed: |count| format!("已将 {count} 条事件重新加入投递队列"),
        kinds: chinese_kind,
        outcomes: chinese_outcome,
    };
    pub(super) const ENGLISH: Self = Self {
        title: "Developers",
        lead: "Your shop calls the API with a key; when something becomes of a payout, we tell your server.",
        docs: "API documentation",
        keys: "API keys",
        keys_lead: "A key speaks for the whole site and is shown once, when it is made. If one may have leaked, make a new one, use it, then revoke the old one.",
        no_keys: "There is no key yet",
        no_keys_next: "Make one and put it into your shop's server settings.",
        key_name: "Name of the key",
        key_name_help: "Say where it is used, like: shop, production. 1 to 80 characters.",
        key_name_wrong: "Give a name of 1 to 80 characters",
        make_key: "Make a key",
        key: "Key",
        name: "Name",
        made: "Made",
        state: "State",
        in_use: "Live",
        revoked: "Revoked",
        revoke: "Revoke",
        revoke_sure: "Whatever uses this key can call no longer, at once and for ever.",
        revoke_button: "Revoke it",
        key_revoked: "The key was revoked",
        key_made: "The key was made",
        key_use: "Put it into the header of each request:",
        secret_made: "Signing secret",
        secret_use: "With it you verify that what arrives comes from us and was not changed:",
        both_hold: "The old secret holds for 24 hours: until then everything is signed with both.",
        once: "It is shown this once",
        once_next: "Copy it now and keep it safe. Nobody can see it again after this page.",
        saved: "I have saved it, go back",
        hooks: "Webhook endpoints",
        hooks_lead: "Events of payouts, limits and certificates are sent by HTTPS POST, signed by the Standard Webhooks scheme, and tried ten times within three days.",
        no_hooks: "There is no endpoint yet",
        no_hooks_next: "Add a public HTTPS address, and you need not ask for results again and again.",
        add_hook: "Add an endpoint",
        change_hook: "Change the endpoint",
        url: "Address",
        url_help: "A public address that begins with https://, port 443 or 8443, like https://shop.example.com/webhooks/zhanfu. Answer with 2xx within 15 seconds.",
        hook_name_help: "May be left empty; at most 80 characters, for yourself.",
        hook_name_wrong: "A name has at most 80 characters and no control characters",
        events: "Events",
        all_events: "All events, also those that will be added",
        some_events: "Only those that are ticked",
        all_short: "All",
        no_event: "Tick at least one event, or choose all",
        save: "Save",
        cancel: "Cancel",
        not_saved: "It was not saved",
        optional: "optional",
        too_many: "A site has ten endpoints at the most; remove one that is no longer needed",
        url_unreadable: "It is no address",
        url_long: "An address has at most 2,048 bytes",
        url_https: "An address has to begin with https://",
        url_credentials: "An address must not carry a user name or password; webhooks are signed instead",
        url_port: "The port has to be 443 or 8443",
        url_inside: "It has to be a public name; localhost, inner names and names without a dot cannot be used",
        url_private: "This is an address of a private or reserved network or of a cloud's metadata",
        url_resolves_inside: "This name stands for a private or reserved address or for this machine. Check its DNS records",
        url_unknown: "This name was not found. Check the spelling, or wait until DNS knows it",
        well: "Well",
        fails: "Failing, tried again",
        disabled: "Disabled",
        waiting_count: "Waiting",
        failed_count: "Failed",
        open_hook: "Deliveries",
        saved_hook: "The endpoint was saved",
        removed_hook: "The endpoint was removed",
        enabled_hook: "It is enabled; what happened meanwhile is sent now",
        disabled_hook: "It is disabled; events are kept and sent when it is enabled",
        tested: "A test is on its way; reload this page in a few seconds",
        resent: "It is sent again; reload this page in a few seconds",
        gone_title: "Disabled: your server answered 410",
        gone_next: "410 says that the address is gone for good. Change the address or mend the server, then enable it: what happened meanwhile is sent.",
        failing_title: "Disabled: for five days nothing but failures",
        failing_next: "Check that your server can be reached and its certificate is valid, then enable it: what happened meanwhile is sent.",
        member_title: "Disabled by a member",
        member_next: "Events are kept for 90 days and sent when it is enabled.",
        trouble_title: "It keeps failing",
        trouble_next: "Open a failed delivery to see why. After five days of nothing but failures it is disabled.",
        old_secret: "The old secret holds until",
        secret_since: "Secret made",
        made_at: "Added",
        test: "Send a test",
        rotate: "New secret",
        rotate_sure: "A new secret is made. The old one holds for 24 hours; change your server in between.",
        rotate_button: "Make a new secret",
        disable: "Disable",
        enable: "Enable",
        remove: "Remove",
        remove_sure: "Nothing is sent any more; what waits and the record of deliveries go with it, for ever.",
        remove_button: "Remove it",
        deliveries: "Deliveries",
        deliveries_lead: "Kept for 30 days. Times are of Shanghai.",
        no_deliveries: "There is no delivery yet",
        no_deliveries_next: "Send a test and see whether your server gets it.",
        none_found: "Nothing fits",
        none_found_next: "Widen the time or the state.",
        at: "Time",
        event: "Event",
        payout: "Payout",
        tries: "Tries",
        next_try: "Next try",
        details: "Details",
        waiting: "Waiting",
        retrying: "Tried again",
        delivered: "Delivered",
        failed: "Failed",
        all_states: "All",
        kind: "Kind",
        every_kind: "Every kind",
        from: "From",
        to: "To",
        filter: "Filter",
        next_page: "Next page",
        first_page: "First page",
        replay: "Send the events of a time again",
        replay_lead: "At most 10,000 at once, the oldest first. Each keeps its webhook-id, by which your server knows it.",
        replay_which: "Which",
        replay_failed: "Those that have failed",
        replay_all: "All, also those that were delivered",
        replay_button: "Send again",
        replay_wrong: "Give a beginning and an end after it",
        delivery: "A delivery",
        webhook_id: "webhook-id",
        happened: "Happened",
        sequence: "Sequence of the payout",
        due: "Next try",
        delivered_at: "Delivered",
        resend: "Send again",
        tried: "Tries",
        no_tries: "Not tried yet",
        no_tries_next: "It is sent within seconds; to a disabled endpoint once it is enabled.",
        outcome: "Outcome",
        status: "Status",
        took: "Took",
        answer: "Your server's answer (200 characters)",
        payload: "Body",
        payload_lead: "One line of JSON is sent, and the signature is over its very bytes; here it is broken for reading.",
        how_verify: "How to verify the signature",
        how_verify_lead: "Every library of Standard Webhooks will do. Verify the bytes as they came, before parsing them; refuse a webhook-timestamp older than five minutes, and know repeated ones by their webhook-id.",
        how_order: "The order of arrival is not promised: events of a payout carry a growing sequence, older ones can be ignored; when in doubt, GET /payouts/{id} says how it is.",
        look_only: "Your role may look. Ask the owner or somebody of finance to change something.",
        replayed: |count| format!("{count} events are sent again"),
        kinds: english_kind,
        outcomes: english_outcome,
    };
}

const fn chinese_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::PayoutCreated => "付款单已受理",
        Kind::PayoutQueued => "付款单排队等待付款",
        Kind::PayoutProcessing => "付款单转账中",
        Kind::PayoutInDoubt => "付款结果确认中(请勿重复打款)",
        Kind::PayoutSucceeded => "付款成功",
        Kind::PayoutFailed => "付款失败",
        Kind::PayoutRejected => "付款单被驳回",
        Kind::PayoutCancelled => "付款单已取消",
        Kind::RecipientChanged => "收款人更换了 openid",
        Kind::CertificateExpiring => "商户API证书即将到期",
        Kind::LimitReached => "达到限额",
        Kind::TenantPaused => "付款已暂停",
        Kind::Test => "测试事件",
    }
}

const fn chinese_outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Delivered => "已送达",
        Outcome::Refused => "返回的状态码不是 2xx",
        Outcome::Redirected => "返回了跳转,不会跟随。请填写最终地址",
        Outcome::Gone => "返回 410,接收地址已停用",
        Outcome::Blocked => "域名解析到内网或保留地址,没有连接",
        Outcome::NameNotFound => "找不到域名",
        Outcome::NotConnected => "无法连接",
        Outcome::NotTrusted => "TLS 证书无效或不受信任",
        Outcome::TimedOut => "15 秒内没有返回",
        Outcome::ConnectionLost => "连接中断",
        Outcome::Unsigned => "签名密钥无法解开,请更换签名密钥",
        Outcome::Interrupted => "投递途中我方重启,结果未知,已重新投递",
    }
}

const fn english_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::PayoutCreated => "Payout accepted",
        Kind::PayoutQueued => "Payout waits to be sent",
        Kind::PayoutProcessing => "Payout on its way",
        Kind::PayoutInDoubt => "Payout's outcome not known yet",
        Kind::PayoutSucceeded => "Payout paid",
        Kind::PayoutFailed => "Payout failed",
        Kind::PayoutRejected => "Payout rejected",
        Kind::PayoutCancelled => "Payout cancelled",
        Kind::RecipientChanged => "Recipient's openid changed",
        Kind::CertificateExpiring => "Certificate ends soon",
        Kind::LimitReached => "Limit reached",
        Kind::TenantPaused => "Payouts paused",
        Kind::Test => "Test",
    }
}

const fn english_outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Delivered => "Delivered",
        Outcome::Refused => "Answered with another status than 2xx",
        Outcome::Redirected => {
            "Answered with a redirect, which is not followed. Give the final address"
        }
        Outcome::Gone => "Answered 410; the endpoint was disabled",
        Outcome::Blocked => {
            "The name stands for a private or reserved address; nothing was connected to"
        }
        Outcome::NameNotFound => "The name was not found",
        Outcome::NotConnected => "No connection",
        Outcome::NotTrusted => "The TLS certificate is not valid or not trusted",
        Outcome::TimedOut => "No answer within 15 seconds",
        Outcome::ConnectionLost => "The connection ended without an answer",
        Outcome::Unsigned => "The secret does not open; make a new one",
        Outcome::Interrupted => "We were interrupted and do not know; it was sent again",
    }
}
