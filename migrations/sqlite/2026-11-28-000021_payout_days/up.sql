-- How many payouts of a tenant ended on a day (in Shanghai), and how: what the first page counts and draws, without counting payouts.
-- It is written in the transaction that ends them, last of all: a batch of the engine's ends many with one write.
CREATE TABLE payout_days (
    tenant_id BLOB NOT NULL,
    day INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    payouts INTEGER NOT NULL,
    amount_fen INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, day, outcome),
    CONSTRAINT payout_days_outcome_is_known CHECK (outcome IN ('succeeded', 'failed', 'rejected', 'cancelled'))
) STRICT;

INSERT INTO payout_days (tenant_id, day, outcome, payouts, amount_fen)
    SELECT tenant_id, CAST(strftime('%Y%m%d', finished_at / 1000 + 28800, 'unixepoch') AS INTEGER), status, COUNT(*), SUM(amount_fen)
    FROM payouts WHERE finished_at IS NOT NULL GROUP BY 1, 2, 3;
