-- The history of the inbox, newest first, however many findings are still open.
CREATE INDEX findings_resolved ON findings (tenant_id, id) WHERE resolved_at IS NOT NULL;
