-- Commissions by rule: what an order earns for those who brought it, what a refund takes back, and corrections by hand.

ALTER TABLE commissions ADD COLUMN reversed_fen INTEGER NOT NULL DEFAULT 0;

-- A rule is never changed: it ends, and another begins. The empty key is for whatever has no rule of its own.
CREATE TABLE commission_rules (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    id BLOB NOT NULL,
    key TEXT NOT NULL,
    level INTEGER NOT NULL,
    basis_points INTEGER,
    fixed_fen INTEGER,
    freeze_days INTEGER NOT NULL,
    valid_from INTEGER NOT NULL,
    valid_to INTEGER,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    ended_by TEXT,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT commission_rules_level_is_known CHECK (level IN (1, 2)),
    CONSTRAINT commission_rules_give_a_share_or_an_amount CHECK ((basis_points IS NULL) <> (fixed_fen IS NULL)),
    CONSTRAINT commission_rules_share_is_a_share CHECK (basis_points BETWEEN 1 AND 10000),
    CONSTRAINT commission_rules_amount_is_positive CHECK (fixed_fen > 0),
    CONSTRAINT commission_rules_end_after_they_begin CHECK (valid_to IS NULL OR valid_to >= valid_from)
) STRICT;

CREATE INDEX commission_rules_by_key ON commission_rules (tenant_id, key, level, valid_from);

CREATE TABLE orders (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    id TEXT NOT NULL,
    fingerprint BLOB NOT NULL,
    amount_fen INTEGER NOT NULL,
    buyer TEXT,
    paid_at INTEGER NOT NULL,
    commission_fen INTEGER NOT NULL,
    refunded_fen INTEGER NOT NULL,
    taken_back_fen INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT orders_amount_is_positive CHECK (amount_fen > 0),
    CONSTRAINT orders_refunds_fit CHECK (refunded_fen BETWEEN 0 AND amount_fen)
) STRICT;

-- Which commission came out of which part of an order, by which rule.
CREATE TABLE order_commissions (
    tenant_id BLOB NOT NULL,
    order_id TEXT NOT NULL,
    commission_id TEXT NOT NULL,
    key TEXT NOT NULL,
    level INTEGER NOT NULL,
    rule_id BLOB NOT NULL,
    PRIMARY KEY (tenant_id, order_id, commission_id),
    FOREIGN KEY (tenant_id, order_id) REFERENCES orders (tenant_id, id),
    FOREIGN KEY (tenant_id, commission_id) REFERENCES commissions (tenant_id, id),
    FOREIGN KEY (tenant_id, rule_id) REFERENCES commission_rules (tenant_id, id)
) STRICT;

CREATE TABLE order_refunds (
    tenant_id BLOB NOT NULL,
    order_id TEXT NOT NULL,
    id TEXT NOT NULL,
    amount_fen INTEGER NOT NULL,
    reversed_fen INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, order_id, id),
    FOREIGN KEY (tenant_id, order_id) REFERENCES orders (tenant_id, id),
    CONSTRAINT order_refunds_amount_is_positive CHECK (amount_fen > 0)
) STRICT;

-- A correction by hand: one member asks, another one decides.
CREATE TABLE corrections (
    tenant_id BLOB NOT NULL,
    id BLOB NOT NULL,
    recipient_id TEXT NOT NULL,
    amount_fen INTEGER NOT NULL,
    reason TEXT NOT NULL,
    state TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    asked_by TEXT NOT NULL,
    asked_by_person BLOB NOT NULL REFERENCES people (id),
    decided_at INTEGER,
    decided_by TEXT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, recipient_id) REFERENCES recipients (tenant_id, id),
    CONSTRAINT corrections_move_money CHECK (amount_fen <> 0),
    CONSTRAINT corrections_state_is_known CHECK (state IN ('asked', 'approved', 'rejected')),
    CONSTRAINT corrections_are_decided_by_somebody CHECK (
        (state = 'asked') = (decided_at IS NULL) AND (decided_at IS NULL) = (decided_by IS NULL)
    )
) STRICT;

CREATE INDEX corrections_open ON corrections (tenant_id, id) WHERE state = 'asked';
CREATE INDEX corrections_by_recipient ON corrections (tenant_id, recipient_id, id);

CREATE INDEX recipients_by_openid ON recipients (tenant_id, openid);
