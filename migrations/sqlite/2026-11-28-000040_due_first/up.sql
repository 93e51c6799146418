-- The engine looks first at what has been due longest, whoever's it is. When that is all there is, it need not walk over the tenants.
CREATE INDEX payouts_due_first ON payouts (due_at) WHERE due_at IS NOT NULL;
