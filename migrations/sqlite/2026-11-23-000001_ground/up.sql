-- The ground. Every key of a tenant's table begins with the tenant, so that a row of another tenant cannot
-- even be referred to. Ids are UUIDv7 in 16 bytes, instants are milliseconds since 1970 in UTC, days are the
-- number yyyymmdd in Shanghai, money is fen. Constraints are sentences: a fault that names one explains itself.
-- Tables that grow with every payout do not refer to tenants themselves: every payment of a busy shop would lock
-- the shop's one row. They refer to their recipient or payout, which does.

-- tenants -------------------------------------------------------------------------------------------

CREATE TABLE tenants (
    id BLOB NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    suspended_reason TEXT,
    created_at INTEGER NOT NULL,
    CONSTRAINT tenants_slug_is_unique UNIQUE (slug),
    CONSTRAINT tenants_state_is_known CHECK (state IN ('active', 'suspended'))
) STRICT;

CREATE TABLE api_keys (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    key_hash BLOB NOT NULL,
    tail TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    revoked_at INTEGER,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT api_keys_hash_is_unique UNIQUE (key_hash)
) STRICT;

-- vault ---------------------------------------------------------------------------------------------

CREATE TABLE master_keys (
    id BLOB NOT NULL PRIMARY KEY,
    proof BLOB NOT NULL,
    first_used_at INTEGER NOT NULL
) STRICT;

CREATE TABLE data_keys (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    version INTEGER NOT NULL,
    master_key_id BLOB NOT NULL REFERENCES master_keys (id),
    wrapped BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, version)
) STRICT;

-- people --------------------------------------------------------------------------------------------

CREATE TABLE people (
    id BLOB NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    disabled_at INTEGER,
    CONSTRAINT people_email_is_unique UNIQUE (email)
) STRICT;

CREATE TABLE members (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES people (id),
    role TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    disabled_at INTEGER,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT members_person_is_unique UNIQUE (tenant_id, person_id),
    CONSTRAINT members_role_is_known CHECK (role IN ('owner', 'finance', 'staff', 'viewer'))
) STRICT;

CREATE INDEX members_by_person ON members (person_id);

CREATE TABLE sessions (
    token_hash BLOB NOT NULL PRIMARY KEY,
    id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES people (id),
    tenant_id BLOB REFERENCES tenants (id),
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    ended_at INTEGER,
    address TEXT NOT NULL,
    user_agent TEXT NOT NULL
) STRICT;

CREATE INDEX sessions_by_person ON sessions (person_id, created_at);

-- audit ---------------------------------------------------------------------------------------------

CREATE TABLE audit_events (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    at INTEGER NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    object_kind TEXT NOT NULL,
    object_id TEXT NOT NULL,
    request_id TEXT,
    details TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id)
) STRICT;

CREATE INDEX audit_events_by_object ON audit_events (tenant_id, object_id, id);

CREATE TRIGGER audit_events_are_never_updated BEFORE UPDATE ON audit_events
BEGIN
    SELECT RAISE(ABORT, 'audit events are never changed or deleted');
END;

CREATE TRIGGER audit_events_are_never_deleted BEFORE DELETE ON audit_events
BEGIN
    SELECT RAISE(ABORT, 'audit events are never changed or deleted');
END;

-- channels ------------------------------------------------------------------------------------------

CREATE TABLE channels (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    id BLOB NOT NULL,
    rail TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT channels_rail_is_unique UNIQUE (tenant_id, rail),
    CONSTRAINT channels_rail_is_known CHECK (rail IN ('wechat_v2'))
) STRICT;

CREATE TABLE certificates (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    id BLOB NOT NULL,
    channel_id BLOB NOT NULL,
    merchant_number TEXT NOT NULL,
    serial TEXT NOT NULL,
    subject TEXT NOT NULL,
    organization TEXT NOT NULL,
    organizational_unit TEXT NOT NULL,
    issuer TEXT NOT NULL,
    not_before INTEGER NOT NULL,
    not_after INTEGER NOT NULL,
    fingerprint_sha256 TEXT NOT NULL,
    key_bits INTEGER NOT NULL,
    chain BLOB NOT NULL,
    sealed_key BLOB NOT NULL,
    uploaded_at INTEGER NOT NULL,
    uploaded_by TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, channel_id) REFERENCES channels (tenant_id, id)
) STRICT;

CREATE TABLE channel_secrets (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    channel_id BLOB NOT NULL,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    sealed BLOB NOT NULL,
    set_at INTEGER NOT NULL,
    set_by TEXT NOT NULL,
    PRIMARY KEY (tenant_id, channel_id, name, version),
    FOREIGN KEY (tenant_id, channel_id) REFERENCES channels (tenant_id, id),
    CONSTRAINT channel_secrets_name_is_known CHECK (name IN ('app_secret', 'api_key', 'api_v3_key'))
) STRICT;

CREATE TABLE channel_versions (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    channel_id BLOB NOT NULL,
    version INTEGER NOT NULL,
    app_id TEXT,
    merchant_number TEXT,
    app_secret_version INTEGER,
    api_key_version INTEGER,
    api_v3_key_version INTEGER,
    certificate_id BLOB,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    PRIMARY KEY (tenant_id, channel_id, version),
    FOREIGN KEY (tenant_id, channel_id) REFERENCES channels (tenant_id, id),
    FOREIGN KEY (tenant_id, certificate_id) REFERENCES certificates (tenant_id, id)
) STRICT;

-- limits --------------------------------------------------------------------------------------------

CREATE TABLE limit_policies (
    tenant_id BLOB NOT NULL PRIMARY KEY REFERENCES tenants (id),
    transfer_min INTEGER,
    transfer_max INTEGER,
    recipient_day_amount INTEGER,
    recipient_day_count INTEGER,
    tenant_day_amount INTEGER,
    tenant_day_count INTEGER,
    review_above INTEGER,
    second_review_above INTEGER,
    cap_transfer_min INTEGER,
    cap_transfer_max INTEGER,
    cap_recipient_day_amount INTEGER,
    cap_recipient_day_count INTEGER,
    cap_tenant_day_amount INTEGER,
    cap_tenant_day_count INTEGER,
    cap_review_above INTEGER,
    cap_second_review_above INTEGER,
    when_day_is_full TEXT NOT NULL,
    version INTEGER NOT NULL,
    CONSTRAINT limit_policies_when_day_is_full_is_known CHECK (when_day_is_full IN ('refuse', 'queue'))
) STRICT;

CREATE TABLE limit_usage (
    tenant_id BLOB NOT NULL,
    day INTEGER NOT NULL,
    scope TEXT NOT NULL,
    amount_fen INTEGER NOT NULL,
    payouts INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, day, scope),
    CONSTRAINT limit_usage_is_not_negative CHECK (amount_fen >= 0 AND payouts >= 0)
) STRICT;

-- recipients and commissions --------------------------------------------------------------------------

CREATE TABLE recipients (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    id TEXT NOT NULL,
    openid TEXT NOT NULL,
    sealed_name BLOB,
    version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id)
) STRICT;

CREATE TABLE commissions (
    tenant_id BLOB NOT NULL,
    id TEXT NOT NULL,
    recipient_id TEXT NOT NULL,
    amount_fen INTEGER NOT NULL,
    order_no TEXT,
    description TEXT,
    given_available_at INTEGER,
    available_at INTEGER NOT NULL,
    state TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    reversed_at INTEGER,
    reverse_reason TEXT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, recipient_id) REFERENCES recipients (tenant_id, id),
    CONSTRAINT commissions_amount_is_positive CHECK (amount_fen > 0),
    CONSTRAINT commissions_state_is_known CHECK (state IN ('pending', 'available', 'reversed'))
) STRICT;

CREATE INDEX commissions_by_recipient ON commissions (tenant_id, recipient_id, created_at);
CREATE INDEX commissions_to_mature ON commissions (tenant_id, recipient_id, available_at)
    WHERE state = 'pending';
CREATE INDEX commissions_due_to_mature ON commissions (available_at) WHERE state = 'pending';

-- ledger --------------------------------------------------------------------------------------------

-- One row for each recipient, with all of the recipient's accounts. What commissions have cost the shop is
-- always what the shop still owes plus what it has paid: the database itself refuses a change that breaks it.
CREATE TABLE ledger_balances (
    tenant_id BLOB NOT NULL,
    recipient_id TEXT NOT NULL,
    commission_cost_fen INTEGER NOT NULL,
    pending_fen INTEGER NOT NULL,
    available_fen INTEGER NOT NULL,
    held_fen INTEGER NOT NULL,
    paid_fen INTEGER NOT NULL,
    direct_cost_fen INTEGER NOT NULL,
    direct_held_fen INTEGER NOT NULL,
    direct_paid_fen INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, recipient_id),
    CONSTRAINT ledger_balances_balance CHECK (
        commission_cost_fen = pending_fen + available_fen + held_fen + paid_fen
        AND direct_cost_fen = direct_held_fen + direct_paid_fen
    ),
    CONSTRAINT ledger_balances_are_not_negative CHECK (
        pending_fen >= 0 AND held_fen >= 0 AND paid_fen >= 0
        AND direct_held_fen >= 0 AND direct_paid_fen >= 0
    )
) STRICT;

CREATE TABLE ledger_postings (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    recipient_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    debit_account TEXT NOT NULL,
    credit_account TEXT NOT NULL,
    amount_fen INTEGER NOT NULL,
    available_after_fen INTEGER NOT NULL,
    source TEXT NOT NULL,
    posted_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT ledger_postings_happen_once UNIQUE (tenant_id, source, kind),
    CONSTRAINT ledger_postings_amount_is_positive CHECK (amount_fen > 0),
    CONSTRAINT ledger_postings_move_money CHECK (debit_account <> credit_account)
) STRICT;

CREATE INDEX ledger_postings_by_recipient ON ledger_postings (tenant_id, recipient_id, id);

-- payouts -------------------------------------------------------------------------------------------

CREATE TABLE payouts (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    kind TEXT NOT NULL,
    recipient_id TEXT NOT NULL,
    external_id TEXT,
    openid TEXT NOT NULL,
    checks_name INTEGER NOT NULL,
    amount_fen INTEGER NOT NULL,
    description TEXT NOT NULL,
    status TEXT NOT NULL,
    reason_code TEXT,
    not_before INTEGER,
    planned_on INTEGER NOT NULL,
    approvals_needed INTEGER NOT NULL,
    rail TEXT NOT NULL,
    channel_id BLOB,
    channel_version INTEGER,
    app_id TEXT,
    merchant_number TEXT,
    payment_no TEXT,
    created_at INTEGER NOT NULL,
    submitted_at INTEGER,
    finished_at INTEGER,
    -- the engine's part
    step TEXT,
    due_at INTEGER,
    fence INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    last_sent_at INTEGER,
    may_have_been_sent INTEGER NOT NULL,
    request_attempt INTEGER,
    suspected_code TEXT,
    not_found_times INTEGER NOT NULL,
    not_found_at INTEGER,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, recipient_id) REFERENCES recipients (tenant_id, id),
    CONSTRAINT payouts_amount_is_positive CHECK (amount_fen > 0),
    CONSTRAINT payouts_kind_is_known CHECK (kind IN ('withdrawal', 'direct')),
    CONSTRAINT payouts_rail_is_known CHECK (rail IN ('wechat_v2')),
    CONSTRAINT payouts_status_is_known CHECK (status IN (
        'in_review', 'queued', 'processing', 'awaiting_recipient', 'succeeded', 'failed', 'rejected', 'cancelled'
    )),
    CONSTRAINT payouts_step_is_known CHECK (step IN ('submit', 'inquire', 'recheck')),
    CONSTRAINT payouts_with_a_step_are_due CHECK ((step IS NULL) = (due_at IS NULL)),
    CONSTRAINT payouts_final_ones_are_finished CHECK (
        (finished_at IS NOT NULL) = (status IN ('succeeded', 'failed', 'rejected', 'cancelled'))
        AND (finished_at IS NULL OR step IS NULL OR step = 'recheck')
    ),
    CONSTRAINT payouts_queued_ones_are_due CHECK (
        status NOT IN ('queued', 'processing', 'awaiting_recipient') OR step IS NOT NULL
    )
) STRICT;

CREATE INDEX payouts_due ON payouts (tenant_id, step, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX payouts_by_recipient ON payouts (tenant_id, recipient_id, id);
CREATE INDEX payouts_in_review ON payouts (tenant_id, id) WHERE status = 'in_review';
CREATE UNIQUE INDEX payouts_external_id_is_unique ON payouts (tenant_id, external_id)
    WHERE external_id IS NOT NULL;

CREATE TABLE approvals (
    tenant_id BLOB NOT NULL,
    payout_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES people (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, payout_id, person_id),
    FOREIGN KEY (tenant_id, payout_id) REFERENCES payouts (tenant_id, id)
) STRICT;

CREATE TABLE attempts (
    tenant_id BLOB NOT NULL,
    payout_id BLOB NOT NULL,
    number INTEGER NOT NULL,
    kind TEXT NOT NULL,
    fence INTEGER NOT NULL,
    channel_version INTEGER NOT NULL,
    sealed_request BLOB,
    request_sha256 BLOB,
    prepared_at INTEGER NOT NULL,
    finished_at INTEGER,
    outcome TEXT,
    http_status INTEGER,
    code TEXT,
    answer TEXT,
    PRIMARY KEY (tenant_id, payout_id, number),
    FOREIGN KEY (tenant_id, payout_id) REFERENCES payouts (tenant_id, id),
    CONSTRAINT attempts_kind_is_known CHECK (kind IN ('submission', 'inquiry')),
    CONSTRAINT attempts_submissions_keep_their_bytes CHECK (kind = 'inquiry' OR request_sha256 IS NOT NULL)
) STRICT;

-- Whether a tenant's payouts may be sent. No row: they may. The tenant of sixteen zero bytes is the platform: its row stops all.
CREATE TABLE payout_lanes (
    tenant_id BLOB NOT NULL PRIMARY KEY,
    state TEXT NOT NULL,
    code TEXT NOT NULL,
    since INTEGER NOT NULL,
    probe_at INTEGER,
    probes INTEGER NOT NULL,
    CONSTRAINT payout_lanes_state_is_known CHECK (state IN ('settings', 'balance', 'stopped', 'frozen', 'restored')),
    CONSTRAINT payout_lanes_are_probed_or_opened_by_people CHECK ((probe_at IS NOT NULL) = (state IN ('settings', 'balance')))
) STRICT;

-- What the rail itself has said of a limit: shown to people, decides nothing.
CREATE TABLE rail_limits (
    tenant_id BLOB NOT NULL,
    day INTEGER NOT NULL,
    scope TEXT NOT NULL,
    code TEXT NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, day, scope, code)
) STRICT;

-- Two people's word on a payout about which the rail no longer answers.
CREATE TABLE decisions (
    tenant_id BLOB NOT NULL,
    payout_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES people (id),
    verdict TEXT NOT NULL,
    payment_no TEXT,
    evidence TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, payout_id, person_id),
    FOREIGN KEY (tenant_id, payout_id) REFERENCES payouts (tenant_id, id),
    CONSTRAINT decisions_verdict_is_known CHECK (verdict IN ('paid', 'not_paid')),
    CONSTRAINT decisions_of_paid_ones_name_the_payment CHECK ((verdict = 'paid') = (payment_no IS NOT NULL))
) STRICT;

-- findings ------------------------------------------------------------------------------------------

-- What does not fit together: found by reconciling, resolved by people.
CREATE TABLE findings (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    payout_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    details TEXT NOT NULL,
    found_at INTEGER NOT NULL,
    resolved_at INTEGER,
    resolved_by TEXT,
    resolution TEXT,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT findings_are_reported_once UNIQUE (tenant_id, payout_id, kind),
    CONSTRAINT findings_are_resolved_by_somebody CHECK (
        (resolved_at IS NULL) = (resolved_by IS NULL) AND (resolved_at IS NULL) = (resolution IS NULL)
    )
) STRICT;

CREATE INDEX findings_open ON findings (tenant_id, id) WHERE resolved_at IS NULL;

-- One row: how often engines have beaten. A copy of it outside of the database shows when an older database was put back.
CREATE TABLE heartbeat (
    id BLOB NOT NULL PRIMARY KEY,
    beat INTEGER NOT NULL,
    at INTEGER NOT NULL
) STRICT;

-- idempotency ---------------------------------------------------------------------------------------

CREATE TABLE idempotency_keys (
    tenant_id BLOB NOT NULL,
    route TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, route, key)
) STRICT;

CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
