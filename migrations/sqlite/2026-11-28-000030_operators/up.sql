-- Operators: persons of the platform. A person may be an operator and a member of tenants as well; what may be done as which is
-- the doors' matter.
CREATE TABLE operators (
    person_id BLOB NOT NULL PRIMARY KEY REFERENCES people (id),
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    disabled_at INTEGER
) STRICT;
