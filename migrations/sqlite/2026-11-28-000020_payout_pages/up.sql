-- What the page of payouts looks for, each by an index that ends with the id, so that a page of the list costs the same in any
-- shop and at any depth. An openid is looked up by the recipients who ever had it: an index of payouts by openid would be one more
-- to write at every step of every payout.

CREATE INDEX payouts_by_kind_and_status ON payouts (tenant_id, kind, status, id);
CREATE INDEX payouts_by_payment_no ON payouts (tenant_id, payment_no) WHERE payment_no IS NOT NULL;
CREATE INDEX payouts_undecided ON payouts (tenant_id, id) WHERE reason_code = 'needs_decision';

CREATE TABLE recipient_openids (
    tenant_id BLOB NOT NULL,
    openid TEXT NOT NULL,
    recipient_id TEXT NOT NULL,
    PRIMARY KEY (tenant_id, openid, recipient_id),
    FOREIGN KEY (tenant_id, recipient_id) REFERENCES recipients (tenant_id, id)
) STRICT;

INSERT INTO recipient_openids (tenant_id, openid, recipient_id)
    SELECT tenant_id, openid, id FROM recipients
    UNION SELECT tenant_id, openid, recipient_id FROM payouts;
