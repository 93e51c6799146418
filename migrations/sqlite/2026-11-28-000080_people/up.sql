-- People who sign in: what they have proved, second factors, tries, known browsers, invitations.

-- When a session has proved its person: the password, and a code of the second factor.
ALTER TABLE sessions ADD COLUMN password_proved_at INTEGER;
ALTER TABLE sessions ADD COLUMN factor_proved_at INTEGER;

-- One second factor for each person. It counts once a code has confirmed it. The last step that was used is kept: a code
-- is good once.
CREATE TABLE second_factors (
    person_id BLOB NOT NULL PRIMARY KEY REFERENCES people (id),
    version INTEGER NOT NULL,
    sealed_seed BLOB NOT NULL,
    begun_at INTEGER NOT NULL,
    confirmed_at INTEGER,
    last_step INTEGER NOT NULL
) STRICT;

-- What opens the door when the second factor is lost, each code once. Of each its hash is kept: a code has 120 random bits.
CREATE TABLE recovery_codes (
    person_id BLOB NOT NULL REFERENCES people (id),
    code_hash BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (person_id, code_hash)
) STRICT;

-- Tries that failed, counted together by what a key stands for: an address, a known browser of a person, a second factor.
CREATE TABLE sign_in_tries (
    key BLOB NOT NULL PRIMARY KEY,
    failures INTEGER NOT NULL,
    last_at INTEGER NOT NULL
) STRICT;

CREATE INDEX sign_in_tries_by_age ON sign_in_tries (last_at);

-- Browsers in which a person has signed in: their tries are counted apart from a stranger's.
CREATE TABLE known_browsers (
    token_hash BLOB NOT NULL PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES people (id),
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL
) STRICT;

CREATE INDEX known_browsers_by_person ON known_browsers (person_id, seen_at);

-- The latest sign-ins of a person, good and bad, for the person to look at.
CREATE TABLE sign_ins (
    person_id BLOB NOT NULL REFERENCES people (id),
    id BLOB NOT NULL,
    at INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    address TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    PRIMARY KEY (person_id, id),
    CONSTRAINT sign_ins_outcome_is_known CHECK (outcome IN ('signed_in', 'wrong_password', 'wrong_code'))
) STRICT;

-- A link that makes somebody a member, once. Of its token the hash is kept.
CREATE TABLE invitations (
    tenant_id BLOB NOT NULL REFERENCES tenants (id),
    id BLOB NOT NULL,
    token_hash BLOB NOT NULL,
    email TEXT NOT NULL,
    role TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    accepted_at INTEGER,
    withdrawn_at INTEGER,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT invitations_token_is_unique UNIQUE (token_hash),
    CONSTRAINT invitations_role_is_known CHECK (role IN ('owner', 'finance', 'staff', 'viewer')),
    CONSTRAINT invitations_end_one_way CHECK (accepted_at IS NULL OR withdrawn_at IS NULL)
) STRICT;

CREATE INDEX invitations_open ON invitations (tenant_id, id) WHERE accepted_at IS NULL AND withdrawn_at IS NULL;

-- The log by kind and by who did it, newest first.
CREATE INDEX audit_events_by_kind ON audit_events (tenant_id, kind, actor_kind, id);

-- A person is no tenant's: what is sealed for people is sealed under the platform's key, whose tenant is sixteen zero bytes.
-- SQLite drops a reference only with its table.
CREATE TABLE data_keys_without_reference (
    tenant_id BLOB NOT NULL,
    version INTEGER NOT NULL,
    master_key_id BLOB NOT NULL REFERENCES master_keys (id),
    wrapped BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, version)
) STRICT;
INSERT INTO data_keys_without_reference (tenant_id, version, master_key_id, wrapped, created_at)
    SELECT tenant_id, version, master_key_id, wrapped, created_at FROM data_keys;
DROP TABLE data_keys;
ALTER TABLE data_keys_without_reference RENAME TO data_keys;
