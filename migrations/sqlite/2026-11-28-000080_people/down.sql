DROP INDEX audit_events_by_kind;
DROP TABLE invitations;
DROP TABLE sign_ins;
DROP TABLE known_browsers;
DROP TABLE sign_in_tries;
DROP TABLE recovery_codes;
DROP TABLE second_factors;
ALTER TABLE sessions DROP COLUMN factor_proved_at;
ALTER TABLE sessions DROP COLUMN password_proved_at;
CREATE TABLE data_keys_with_reference (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    version INTEGER NOT NULL,
    master_key_id BLOB NOT NULL REFERENCES master_keys (id),
    wrapped BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, version)
) STRICT;
INSERT INTO data_keys_with_reference (tenant_id, version, master_key_id, wrapped, created_at)
    SELECT tenant_id, version, master_key_id, wrapped, created_at FROM data_keys
    WHERE tenant_id IN (SELECT id FROM tenants);
DROP TABLE data_keys;
ALTER TABLE data_keys_with_reference RENAME TO data_keys;
