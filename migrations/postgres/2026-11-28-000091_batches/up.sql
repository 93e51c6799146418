-- Many payouts out of one file (批量付款). A batch keeps every row of its file, with what is wrong with it or which payout it became.

CREATE TABLE batches (
    tenant_id BYTEA NOT NULL REFERENCES tenants (id),
    id BYTEA NOT NULL,
    file_name TEXT NOT NULL,
    file_sha256 BYTEA NOT NULL,
    state TEXT NOT NULL,
    lines BIGINT NOT NULL,
    good_lines BIGINT NOT NULL,
    good_fen BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    created_by_person BYTEA NOT NULL REFERENCES people (id),
    approved_at BIGINT,
    approved_by TEXT,
    approved_by_person BYTEA REFERENCES people (id),
    approved_by_member BYTEA,
    started_at BIGINT,
    finished_at BIGINT,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT batches_state_is_known CHECK (state IN ('checked', 'running', 'paused', 'done', 'discarded')),
    CONSTRAINT batches_run_with_approval CHECK (
        state IN ('checked', 'discarded') OR (approved_at IS NOT NULL AND approved_by IS NOT NULL
        AND approved_by_person IS NOT NULL AND approved_by_member IS NOT NULL)
    )
);

-- the same file again is the same batch, until it is discarded
CREATE UNIQUE INDEX batches_file_is_unique ON batches (tenant_id, file_sha256) WHERE state <> 'discarded';
CREATE INDEX batches_running ON batches (tenant_id, id) WHERE state = 'running';

CREATE TABLE batch_lines (
    tenant_id BYTEA NOT NULL,
    batch_id BYTEA NOT NULL,
    line BIGINT NOT NULL,
    recipient_id TEXT COLLATE "C" NOT NULL,
    amount_fen BIGINT NOT NULL,
    description TEXT NOT NULL,
    external_id TEXT,
    state TEXT NOT NULL,
    fault TEXT,
    payout_id BYTEA,
    PRIMARY KEY (tenant_id, batch_id, line),
    FOREIGN KEY (tenant_id, batch_id) REFERENCES batches (tenant_id, id),
    CONSTRAINT batch_lines_state_is_known CHECK (state IN ('wrong', 'waiting', 'made', 'refused')),
    CONSTRAINT batch_lines_that_are_made_have_a_payout CHECK ((state = 'made') = (payout_id IS NOT NULL)),
    CONSTRAINT batch_lines_that_are_not_made_say_why CHECK ((state IN ('wrong', 'refused')) = (fault IS NOT NULL))
);

CREATE INDEX batch_lines_waiting ON batch_lines (tenant_id, batch_id, line) WHERE state = 'waiting';
