ALTER TABLE payouts DROP COLUMN changes;
DROP TABLE webhook_tries;
DROP TABLE webhook_deliveries;
DROP TABLE webhook_endpoints;
