-- The outbox: what tenants' own servers are told. One row of webhook_deliveries is one event on its way to one endpoint; it is
-- written in the transaction of the change that it tells. It does not refer to its endpoint: every change of a payout would lock
-- the endpoint's one row.

CREATE TABLE webhook_endpoints (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    id BLOB NOT NULL,
    -- a tenant has so many places for endpoints, and each is taken by one
    place INTEGER NOT NULL,
    url TEXT NOT NULL,
    name TEXT NOT NULL,
    -- all of them, or the names that it wants with a blank before and after each
    kinds TEXT NOT NULL,
    secret_version INTEGER NOT NULL,
    sealed_secret BLOB NOT NULL,
    secret_set_at INTEGER NOT NULL,
    sealed_old_secret BLOB,
    old_secret_until INTEGER,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    failing_since INTEGER,
    disabled_at INTEGER,
    disabled_because TEXT,
    removed_at INTEGER,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT webhook_endpoints_are_ten_at_most CHECK (place BETWEEN 1 AND 10),
    CONSTRAINT webhook_endpoints_are_disabled_for_a_reason CHECK ((disabled_at IS NULL) = (disabled_because IS NULL)),
    CONSTRAINT webhook_endpoints_reason_is_known CHECK (disabled_because IN ('member', 'gone', 'failing')),
    CONSTRAINT webhook_endpoints_old_secret_ends CHECK (sealed_old_secret IS NULL OR old_secret_until IS NOT NULL)
) STRICT;

CREATE UNIQUE INDEX webhook_endpoints_places_are_taken_once ON webhook_endpoints (tenant_id, place) WHERE removed_at IS NULL;

CREATE TABLE webhook_deliveries (
    tenant_id BLOB NOT NULL,
    endpoint_id BLOB NOT NULL,
    event_id BLOB NOT NULL,
    kind TEXT NOT NULL,
    payout_id BLOB,
    sequence INTEGER,
    -- what may be told only once: a limit and its day
    told_once TEXT,
    happened_at INTEGER NOT NULL,
    facts TEXT NOT NULL,
    state TEXT NOT NULL,
    due_at INTEGER,
    claimed_at INTEGER,
    fence INTEGER NOT NULL,
    -- how far the schedule has come, and how many tries there were in all
    step INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    delivered_at INTEGER,
    PRIMARY KEY (tenant_id, endpoint_id, event_id),
    CONSTRAINT webhook_deliveries_state_is_known CHECK (state IN ('waiting', 'delivered', 'failed')),
    CONSTRAINT webhook_deliveries_waiting_ones_are_due CHECK ((due_at IS NOT NULL) = (state = 'waiting')),
    CONSTRAINT webhook_deliveries_delivered_ones_say_when CHECK ((delivered_at IS NOT NULL) = (state = 'delivered')),
    CONSTRAINT webhook_deliveries_of_payouts_are_in_sequence CHECK ((payout_id IS NULL) = (sequence IS NULL))
) STRICT;

CREATE INDEX webhook_deliveries_due ON webhook_deliveries (tenant_id, endpoint_id, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX webhook_deliveries_given_up ON webhook_deliveries (tenant_id, endpoint_id, event_id) WHERE state = 'failed';
CREATE INDEX webhook_deliveries_by_payout ON webhook_deliveries (tenant_id, payout_id) WHERE payout_id IS NOT NULL;
CREATE UNIQUE INDEX webhook_deliveries_told_once ON webhook_deliveries (tenant_id, endpoint_id, told_once)
    WHERE told_once IS NOT NULL;

CREATE TABLE webhook_tries (
    tenant_id BLOB NOT NULL,
    endpoint_id BLOB NOT NULL,
    event_id BLOB NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    took_millis INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    http_status INTEGER,
    answer TEXT,
    PRIMARY KEY (tenant_id, endpoint_id, event_id, number),
    FOREIGN KEY (tenant_id, endpoint_id, event_id)
        REFERENCES webhook_deliveries (tenant_id, endpoint_id, event_id) ON DELETE CASCADE
) STRICT;

-- How often a payout was changed: its events are told in this order.
ALTER TABLE payouts ADD COLUMN changes INTEGER NOT NULL DEFAULT 1;
