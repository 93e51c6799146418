-- Commissions by rule: what an order earns for those who brought it, what a refund takes back, and corrections by hand.

ALTER TABLE commissions ADD COLUMN reversed_fen BIGINT NOT NULL DEFAULT 0;

-- A rule is never changed: it ends, and another begins. The empty key is for whatever has no rule of its own.
CREATE TABLE commission_rules (
    tenant_id BYTEA NOT NULL REFERENCES tenants (id),
    id BYTEA NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    level BIGINT NOT NULL,
    basis_points BIGINT,
    fixed_fen BIGINT,
    freeze_days BIGINT NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_to BIGINT,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    ended_by TEXT,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT commission_rules_level_is_known CHECK (level IN (1, 2)),
    CONSTRAINT commission_rules_give_a_share_or_an_amount CHECK ((basis_points IS NULL) <> (fixed_fen IS NULL)),
    CONSTRAINT commission_rules_share_is_a_share CHECK (basis_points BETWEEN 1 AND 10000),
    CONSTRAINT commission_rules_amount_is_positive CHECK (fixed_fen > 0),
    CONSTRAINT commission_rules_end_after_they_begin CHECK (valid_to IS NULL OR valid_to >= valid_from)
);

CREATE INDEX commission_rules_by_key ON commission_rules (tenant_id, key, level, valid_from);

CREATE TABLE orders (
    tenant_id BYTEA NOT NULL REFERENCES tenants (id),
    id TEXT COLLATE "C" NOT NULL,
    fingerprint BYTEA NOT NULL,
    amount_fen BIGINT NOT NULL,
    buyer TEXT,
    paid_at BIGINT NOT NULL,
    commission_fen BIGINT NOT NULL,
    refunded_fen BIGINT NOT NULL,
    taken_back_fen BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT orders_amount_is_positive CHECK (amount_fen > 0),
    CONSTRAINT orders_refunds_fit CHECK (refunded_fen BETWEEN 0 AND amount_fen)
);

-- Which commission came out of which part of an order, by which rule.
CREATE TABLE order_commissions (
    tenant_id BYTEA NOT NULL,
    order_id TEXT COLLATE "C" NOT NULL,
    commission_id TEXT COLLATE "C" NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    level BIGINT NOT NULL,
    rule_id BYTEA NOT NULL,
    PRIMARY KEY (tenant_id, order_id, commission_id),
    FOREIGN KEY (tenant_id, order_id) REFERENCES orders (tenant_id, id),
    FOREIGN KEY (tenant_id, commission_id) REFERENCES commissions (tenant_id, id),
    FOREIGN KEY (tenant_id, rule_id) REFERENCES commission_rules (tenant_id, id)
);

CREATE TABLE order_refunds (
    tenant_id BYTEA NOT NULL,
    order_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    amount_fen BIGINT NOT NULL,
    reversed_fen BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, order_id, id),
    FOREIGN KEY (tenant_id, order_id) REFERENCES orders (tenant_id, id),
    CONSTRAINT order_refunds_amount_is_positive CHECK (amount_fen > 0)
);

-- A correction by hand: one member asks, another one decides.
CREATE TABLE corrections (
    tenant_id BYTEA NOT NULL,
    id BYTEA NOT NULL,
    recipient_id TEXT COLLATE "C" NOT NULL,
    amount_fen BIGINT NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    asked_by TEXT NOT NULL,
    asked_by_person BYTEA NOT NULL REFERENCES people (id),
    decided_at BIGINT,
    decided_by TEXT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, recipient_id) REFERENCES recipients (tenant_id, id),
    CONSTRAINT corrections_move_money CHECK (amount_fen <> 0),
    CONSTRAINT corrections_state_is_known CHECK (state IN ('asked', 'approved', 'rejected')),
    CONSTRAINT corrections_are_decided_by_somebody CHECK (
        (state = 'asked') = (decided_at IS NULL) AND (decided_at IS NULL) = (decided_by IS NULL)
    )
);

CREATE INDEX corrections_open ON corrections (tenant_id, id) WHERE state = 'asked';
CREATE INDEX corrections_by_recipient ON corrections (tenant_id, recipient_id, id);

CREATE INDEX recipients_by_openid ON recipients (tenant_id, openid);
