-- The life of a certificate: stored beside the one in use, proved by a check, taken into use, taken out of it and kept for a while.
-- Which one is in use is said by the channel's version in force alone.

ALTER TABLE certificates ADD COLUMN proved_at BIGINT;
ALTER TABLE certificates ADD COLUMN retired_at BIGINT;
ALTER TABLE certificates ADD COLUMN discarded_at BIGINT;
-- the furthest notice of its end that was given: 0 none, 1 within 90 days, 2 within 30, 3 within 7, 4 within 1, 5 expired
ALTER TABLE certificates ADD COLUMN noticed BIGINT NOT NULL DEFAULT 0;

CREATE INDEX certificates_by_end ON certificates (not_after);

-- What the last check of a certificate found; sixteen zero bytes stand for "there was none".
CREATE TABLE channel_checks (
    tenant_id BYTEA NOT NULL REFERENCES tenants (id),
    channel_id BYTEA NOT NULL,
    certificate_id BYTEA NOT NULL,
    version BIGINT NOT NULL,
    results TEXT NOT NULL,
    checked_at BIGINT NOT NULL,
    checked_by TEXT NOT NULL,
    PRIMARY KEY (tenant_id, channel_id, certificate_id),
    FOREIGN KEY (tenant_id, channel_id) REFERENCES channels (tenant_id, id)
);
