-- The outbox: what tenants' own servers are told. One row of webhook_deliveries is one event on its way to one endpoint; it is
-- written in the transaction of the change that it tells. It does not refer to its endpoint: every change of a payout would lock
-- the endpoint's one row.

CREATE TABLE webhook_endpoints (
    tenant_id BYTEA NOT NULL REFERENCES tenants (id),
    id BYTEA NOT NULL,
    -- a tenant has so many places for endpoints, and each is taken by one
    place BIGINT NOT NULL,
    url TEXT COLLATE "C" NOT NULL,
    name TEXT NOT NULL,
    -- all of them, or the names that it wants with a blank before and after each
    kinds TEXT COLLATE "C" NOT NULL,
    secret_version BIGINT NOT NULL,
    sealed_secret BYTEA NOT NULL,
    secret_set_at BIGINT NOT NULL,
    sealed_old_secret BYTEA,
    old_secret_until BIGINT,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    failing_since BIGINT,
    disabled_at BIGINT,
    disabled_because TEXT,
    removed_at BIGINT,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT webhook_endpoints_are_ten_at_most CHECK (place BETWEEN 1 AND 10),
    CONSTRAINT webhook_endpoints_are_disabled_for_a_reason CHECK ((disabled_at IS NULL) = (disabled_because IS NULL)),
    CONSTRAINT webhook_endpoints_reason_is_known CHECK (disabled_because IN ('member', 'gone', 'failing')),
    CONSTRAINT webhook_endpoints_old_secret_ends CHECK (sealed_old_secret IS NULL OR old_secret_until IS NOT NULL)
);

CREATE UNIQUE INDEX webhook_endpoints_places_are_taken_once ON webhook_endpoints (tenant_id, place) WHERE removed_at IS NULL;

CREATE TABLE webhook_deliveries (
    tenant_id BYTEA NOT NULL,
    endpoint_id BYTEA NOT NULL,
    event_id BYTEA NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    payout_id BYTEA,
    sequence BIGINT,
    -- what may be told only once: a limit and its day
    told_once TEXT COLLATE "C",
    happened_at BIGINT NOT NULL,
    facts TEXT NOT NULL,
    state TEXT NOT NULL,
    due_at BIGINT,
    claimed_at BIGINT,
    fence BIGINT NOT NULL,
    -- how far the schedule has come, and how many tries there were in all
    step BIGINT NOT NULL,
    tries BIGINT NOT NULL,
    delivered_at BIGINT,
    PRIMARY KEY (tenant_id, endpoint_id, event_id),
    CONSTRAINT webhook_deliveries_state_is_known CHECK (state IN ('waiting', 'delivered', 'failed')),
    CONSTRAINT webhook_deliveries_waiting_ones_are_due CHECK ((due_at IS NOT NULL) = (state = 'waiting')),
    CONSTRAINT webhook_deliveries_delivered_ones_say_when CHECK ((delivered_at IS NOT NULL) = (state = 'delivered')),
    CONSTRAINT webhook_deliveries_of_payouts_are_in_sequence CHECK ((payout_id IS NULL) = (sequence IS NULL))
);

CREATE INDEX webhook_deliveries_due ON webhook_deliveries (tenant_id, endpoint_id, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX webhook_deliveries_given_up ON webhook_deliveries (tenant_id, endpoint_id, event_id) WHERE state = 'failed';
CREATE INDEX webhook_deliveries_by_payout ON webhook_deliveries (tenant_id, payout_id) WHERE payout_id IS NOT NULL;
CREATE UNIQUE INDEX webhook_deliveries_told_once ON webhook_deliveries (tenant_id, endpoint_id, told_once)
    WHERE told_once IS NOT NULL;

CREATE TABLE webhook_tries (
    tenant_id BYTEA NOT NULL,
    endpoint_id BYTEA NOT NULL,
    event_id BYTEA NOT NULL,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    took_millis BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    http_status BIGINT,
    answer TEXT,
    PRIMARY KEY (tenant_id, endpoint_id, event_id, number),
    FOREIGN KEY (tenant_id, endpoint_id, event_id)
        REFERENCES webhook_deliveries (tenant_id, endpoint_id, event_id) ON DELETE CASCADE
);

-- How often a payout was changed: its events are told in this order.
ALTER TABLE payouts ADD COLUMN changes BIGINT NOT NULL DEFAULT 1;
