-- The ground. Every key of a tenant's table begins with the tenant, so that a row of another tenant cannot
-- even be referred to. Ids are UUIDv7 in 16 bytes, instants are milliseconds since 1970 in UTC, days are the
-- number yyyymmdd in Shanghai, money is fen. Constraints are sentences: a fault that names one explains itself.
-- Tables that grow with every payout do not refer to tenants themselves: every payment of a busy shop would lock
-- the shop's one row. They refer to their recipient or payout, which does.

-- tenants -------------------------------------------------------------------------------------------

CREATE TABLE tenants (
    id BYTEA NOT NULL PRIMARY KEY,
    slug TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    suspended_reason TEXT,
    created_at BIGINT NOT NULL,
    CONSTRAINT tenants_slug_is_unique UNIQUE (slug),
    CONSTRAINT tenants_state_is_known CHECK (state IN ('active', 'suspended'))
);

CREATE TABLE api_keys (
    tenant_id BYTEA NOT NULL REFERENCES tenants (id),
    id BYTEA NOT NULL,
    name TEXT NOT NULL,
    key_hash BYTEA NOT NULL,
    tail TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    revoked_at BIGINT,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT api_keys_hash_is_unique UNIQUE (key_hash)
);

-- vault ---------------------------------------------------------------------------------------------

CREATE TABLE master_keys (
    id BYTEA NOT NULL PRIMARY KEY,
    proof BYTEA NOT NULL,
    first_used_at BIGINT NOT NULL
);

CREATE TABLE data_keys (
    tenant_id BYTEA NOT NULL REFERENCES tenants (id),
    version BIGINT NOT NULL,
    master_key_id BYTEA NOT NULL REFERENCES master_keys (id),
    wrapped BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, version)
);

-- people --------------------------------------------------------------------------------------------

CREATE TABLE people (
    id BYTEA NOT NULL PRIMARY KEY,
    email TEXT COLLATE "C" NOT NULL,
    password_hash TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    disabled_at BIGINT,
    CONSTRAINT people_email_is_unique UNIQUE (email)
);

CREATE TABLE members (
    tenant_id BYTEA NOT NULL REFERENCES tenants (id),
    id BYTEA NOT NULL,
    person_id BYTEA NOT NULL REFERENCES people (id),
    role TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    disabled_at BIGINT,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT members_person_is_unique UNIQUE (tenant_id, person_id),
    CONSTRAINT members_role_is_known CHECK (role IN ('owner', 'finance', 'staff', 'viewer'))
);

CREATE INDEX members_by_person ON members (person_id);

CREATE TABLE sessions (
    token_hash BYTEA NOT NULL PRIMARY KEY,
    id BYTEA NOT NULL,
    person_id BYTEA NOT NULL REFERENCES people (id),
    tenant_id BYTEA REFERENCES tenants (id),
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    ended_at BIGINT,
    address TEXT NOT NULL,
    user_agent TEXT NOT NULL
);

CREATE INDEX sessions_by_person ON sessions (person_id, created_at);

-- audit ---------------------------------------------------------------------------------------------

CREATE TABLE audit_events (
    tenant_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    at BIGINT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    object_kind TEXT NOT NULL,
    object_id TEXT COLLATE "C" NOT NULL,
    request_id TEXT,
    details TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

CREATE INDEX audit_events_by_object ON audit_events (tenant_id, object_id, id);

CREATE FUNCTION audit_events_are_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit events are never changed or deleted';
END
$$;

CREATE TRIGGER audit_events_are_never_updated BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
    FOR EACH STATEMENT EXECUTE FUNCTION audit_events_are_final();

-- channels ------------------------------------------------------------------------------------------

CREATE TABLE channels (
    tenant_id BYTEA NOT NULL REFERENCES tenants (id),
    id BYTEA NOT NULL,
    rail TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT channels_rail_is_unique UNIQUE (tenant_id, rail),
    CONSTRAINT channels_rail_is_known CHECK (rail IN ('wechat_v2'))
);

CREATE TABLE certificates (
    tenant_id BYTEA NOT NULL REFERENCES tenants (id),
    id BYTEA NOT NULL,
    channel_id BYTEA NOT NULL,
    merchant_number TEXT NOT NULL,
    serial TEXT NOT NULL,
    subject TEXT NOT NULL,
    organization TEXT NOT NULL,
    organizational_unit TEXT NOT NULL,
    issuer TEXT NOT NULL,
    not_before BIGINT NOT NULL,
    not_after BIGINT NOT NULL,
    fingerprint_sha256 TEXT NOT NULL,
    key_bits BIGINT NOT NULL,
    chain BYTEA NOT NULL,
    sealed_key BYTEA NOT NULL,
    uploaded_at BIGINT NOT NULL,
    uploaded_by TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, channel_id) REFERENCES channels (tenant_id, id)
);

CREATE TABLE channel_secrets (
    tenant_id BYTEA NOT NULL REFERENCES tenants (id),
    channel_id BYTEA NOT NULL,
    name TEXT NOT NULL,
    version BIGINT NOT NULL,
    sealed BYTEA NOT NULL,
    set_at BIGINT NOT NULL,
    set_by TEXT NOT NULL,
    PRIMARY KEY (tenant_id, channel_id, name, version),
    FOREIGN KEY (tenant_id, channel_id) REFERENCES channels (tenant_id, id),
    CONSTRAINT channel_secrets_name_is_known CHECK (name IN ('app_secret', 'api_key', 'api_v3_key'))
);

CREATE TABLE channel_versions (
    tenant_id BYTEA NOT NULL REFERENCES tenants (id),
    channel_id BYTEA NOT NULL,
    version BIGINT NOT NULL,
    app_id TEXT,
    merchant_number TEXT,
    app_secret_version BIGINT,
    api_key_version BIGINT,
    api_v3_key_version BIGINT,
    certificate_id BYTEA,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    PRIMARY KEY (tenant_id, channel_id, version),
    FOREIGN KEY (tenant_id, channel_id) REFERENCES channels (tenant_id, id),
    FOREIGN KEY (tenant_id, certificate_id) REFERENCES certificates (tenant_id, id)
);

-- limits --------------------------------------------------------------------------------------------

CREATE TABLE limit_policies (
    tenant_id BYTEA NOT NULL PRIMARY KEY REFERENCES tenants (id),
    transfer_min BIGINT,
    transfer_max BIGINT,
    recipient_day_amount BIGINT,
    recipient_day_count BIGINT,
    tenant_day_amount BIGINT,
    tenant_day_count BIGINT,
    review_above BIGINT,
    second_review_above BIGINT,
    cap_transfer_min BIGINT,
    cap_transfer_max BIGINT,
    cap_recipient_day_amount BIGINT,
    cap_recipient_day_count BIGINT,
    cap_tenant_day_amount BIGINT,
    cap_tenant_day_count BIGINT,
    cap_review_above BIGINT,
    cap_second_review_above BIGINT,
    when_day_is_full TEXT NOT NULL,
    version BIGINT NOT NULL,
    CONSTRAINT limit_policies_when_day_is_full_is_known CHECK (when_day_is_full IN ('refuse', 'queue'))
);

CREATE TABLE limit_usage (
    tenant_id BYTEA NOT NULL,
    day BIGINT NOT NULL,
    scope TEXT COLLATE "C" NOT NULL,
    amount_fen BIGINT NOT NULL,
    payouts BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, day, scope),
    CONSTRAINT limit_usage_is_not_negative CHECK (amount_fen >= 0 AND payouts >= 0)
);

-- recipients and commissions --------------------------------------------------------------------------

CREATE TABLE recipients (
    tenant_id BYTEA NOT NULL REFERENCES tenants (id),
    id TEXT COLLATE "C" NOT NULL,
    openid TEXT COLLATE "C" NOT NULL,
    sealed_name BYTEA,
    version BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);

CREATE TABLE commissions (
    tenant_id BYTEA NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    recipient_id TEXT COLLATE "C" NOT NULL,
    amount_fen BIGINT NOT NULL,
    order_no TEXT,
    description TEXT,
    given_available_at BIGINT,
    available_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    reversed_at BIGINT,
    reverse_reason TEXT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, recipient_id) REFERENCES recipients (tenant_id, id),
    CONSTRAINT commissions_amount_is_positive CHECK (amount_fen > 0),
    CONSTRAINT commissions_state_is_known CHECK (state IN ('pending', 'available', 'reversed'))
);

CREATE INDEX commissions_by_recipient ON commissions (tenant_id, recipient_id, created_at);
CREATE INDEX commissions_to_mature ON commissions (tenant_id, recipient_id, available_at)
    WHERE state = 'pending';
CREATE INDEX commissions_due_to_mature ON commissions (available_at) WHERE state = 'pending';

-- ledger --------------------------------------------------------------------------------------------

-- One row for each recipient, with all of the recipient's accounts. What commissions have cost the shop is
-- always what the shop still owes plus what it has paid: the database itself refuses a change that breaks it.
CREATE TABLE ledger_balances (
    tenant_id BYTEA NOT NULL,
    recipient_id TEXT COLLATE "C" NOT NULL,
    commission_cost_fen BIGINT NOT NULL,
    pending_fen BIGINT NOT NULL,
    available_fen BIGINT NOT NULL,
    held_fen BIGINT NOT NULL,
    paid_fen BIGINT NOT NULL,
    direct_cost_fen BIGINT NOT NULL,
    direct_held_fen BIGINT NOT NULL,
    direct_paid_fen BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, recipient_id),
    CONSTRAINT ledger_balances_balance CHECK (
        commission_cost_fen = pending_fen + available_fen + held_fen + paid_fen
        AND direct_cost_fen = direct_held_fen + direct_paid_fen
    ),
    CONSTRAINT ledger_balances_are_not_negative CHECK (
        pending_fen >= 0 AND held_fen >= 0 AND paid_fen >= 0
        AND direct_held_fen >= 0 AND direct_paid_fen >= 0
    )
);

CREATE TABLE ledger_postings (
    tenant_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    recipient_id TEXT COLLATE "C" NOT NULL,
    kind TEXT NOT NULL,
    debit_account TEXT NOT NULL,
    credit_account TEXT NOT NULL,
    amount_fen BIGINT NOT NULL,
    available_after_fen BIGINT NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    posted_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT ledger_postings_happen_once UNIQUE (tenant_id, source, kind),
    CONSTRAINT ledger_postings_amount_is_positive CHECK (amount_fen > 0),
    CONSTRAINT ledger_postings_move_money CHECK (debit_account <> credit_account)
);

CREATE INDEX ledger_postings_by_recipient ON ledger_postings (tenant_id, recipient_id, id);

-- payouts -------------------------------------------------------------------------------------------

CREATE TABLE payouts (
    tenant_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    kind TEXT NOT NULL,
    recipient_id TEXT COLLATE "C" NOT NULL,
    external_id TEXT COLLATE "C",
    openid TEXT COLLATE "C" NOT NULL,
    checks_name BOOLEAN NOT NULL,
    amount_fen BIGINT NOT NULL,
    description TEXT NOT NULL,
    status TEXT NOT NULL,
    reason_code TEXT,
    not_before BIGINT,
    planned_on BIGINT NOT NULL,
    approvals_needed BIGINT NOT NULL,
    rail TEXT NOT NULL,
    channel_id BYTEA,
    channel_version BIGINT,
    app_id TEXT,
    merchant_number TEXT,
    payment_no TEXT,
    created_at BIGINT NOT NULL,
    submitted_at BIGINT,
    finished_at BIGINT,
    -- the engine's part
    step TEXT,
    due_at BIGINT,
    fence BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    last_sent_at BIGINT,
    may_have_been_sent BOOLEAN NOT NULL,
    request_attempt BIGINT,
    suspected_code TEXT,
    not_found_times BIGINT NOT NULL,
    not_found_at BIGINT,
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
);

CREATE INDEX payouts_due ON payouts (tenant_id, step, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX payouts_by_recipient ON payouts (tenant_id, recipient_id, id);
CREATE INDEX payouts_in_review ON payouts (tenant_id, id) WHERE status = 'in_review';
CREATE UNIQUE INDEX payouts_external_id_is_unique ON payouts (tenant_id, external_id)
    WHERE external_id IS NOT NULL;

CREATE TABLE approvals (
    tenant_id BYTEA NOT NULL,
    payout_id BYTEA NOT NULL,
    person_id BYTEA NOT NULL REFERENCES people (id),
    at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, payout_id, person_id),
    FOREIGN KEY (tenant_id, payout_id) REFERENCES payouts (tenant_id, id)
);

CREATE TABLE attempts (
    tenant_id BYTEA NOT NULL,
    payout_id BYTEA NOT NULL,
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    fence BIGINT NOT NULL,
    channel_version BIGINT NOT NULL,
    sealed_request BYTEA,
    request_sha256 BYTEA,
    prepared_at BIGINT NOT NULL,
    finished_at BIGINT,
    outcome TEXT,
    http_status BIGINT,
    code TEXT,
    answer TEXT,
    PRIMARY KEY (tenant_id, payout_id, number),
    FOREIGN KEY (tenant_id, payout_id) REFERENCES payouts (tenant_id, id),
    CONSTRAINT attempts_kind_is_known CHECK (kind IN ('submission', 'inquiry')),
    CONSTRAINT attempts_submissions_keep_their_bytes CHECK (kind = 'inquiry' OR request_sha256 IS NOT NULL)
);

-- Whether a tenant's payouts may be sent. No row: they may. The tenant of sixteen zero bytes is the platform: its row stops all.
CREATE TABLE payout_lanes (
    tenant_id BYTEA NOT NULL PRIMARY KEY,
    state TEXT NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    since BIGINT NOT NULL,
    probe_at BIGINT,
    probes BIGINT NOT NULL,
    CONSTRAINT payout_lanes_state_is_known CHECK (state IN ('settings', 'balance', 'stopped', 'frozen', 'restored')),
    CONSTRAINT payout_lanes_are_probed_or_opened_by_people CHECK ((probe_at IS NOT NULL) = (state IN ('settings', 'balance')))
);

-- What the rail itself has said of a limit: shown to people, decides nothing.
CREATE TABLE rail_limits (
    tenant_id BYTEA NOT NULL,
    day BIGINT NOT NULL,
    scope TEXT COLLATE "C" NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    times BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, day, scope, code)
);

-- Two people's word on a payout about which the rail no longer answers.
CREATE TABLE decisions (
    tenant_id BYTEA NOT NULL,
    payout_id BYTEA NOT NULL,
    person_id BYTEA NOT NULL REFERENCES people (id),
    verdict TEXT NOT NULL,
    payment_no TEXT,
    evidence TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, payout_id, person_id),
    FOREIGN KEY (tenant_id, payout_id) REFERENCES payouts (tenant_id, id),
    CONSTRAINT decisions_verdict_is_known CHECK (verdict IN ('paid', 'not_paid')),
    CONSTRAINT decisions_of_paid_ones_name_the_payment CHECK ((verdict = 'paid') = (payment_no IS NOT NULL))
);

-- findings ------------------------------------------------------------------------------------------

-- What does not fit together: found by reconciling, resolved by people.
CREATE TABLE findings (
    tenant_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    payout_id BYTEA NOT NULL,
    kind TEXT NOT NULL,
    details TEXT NOT NULL,
    found_at BIGINT NOT NULL,
    resolved_at BIGINT,
    resolved_by TEXT,
    resolution TEXT,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT findings_are_reported_once UNIQUE (tenant_id, payout_id, kind),
    CONSTRAINT findings_are_resolved_by_somebody CHECK (
        (resolved_at IS NULL) = (resolved_by IS NULL) AND (resolved_at IS NULL) = (resolution IS NULL)
    )
);

CREATE INDEX findings_open ON findings (tenant_id, id) WHERE resolved_at IS NULL;

-- One row: how often engines have beaten. A copy of it outside of the database shows when an older database was put back.
CREATE TABLE heartbeat (
    id BYTEA NOT NULL PRIMARY KEY,
    beat BIGINT NOT NULL,
    at BIGINT NOT NULL
);

-- idempotency ---------------------------------------------------------------------------------------

CREATE TABLE idempotency_keys (
    tenant_id BYTEA NOT NULL,
    route TEXT COLLATE "C" NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    fingerprint BYTEA NOT NULL,
    status BIGINT NOT NULL,
    body TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, route, key)
);

CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);
