-- People who sign in: what they have proved, second factors, tries, known browsers, invitations.

-- When a session has proved its person: the password, and a code of the second factor.
ALTER TABLE sessions ADD COLUMN password_proved_at BIGINT;
ALTER TABLE sessions ADD COLUMN factor_proved_at BIGINT;

-- One second factor for each person. It counts once a code has confirmed it. The last step that was used is kept: a code
-- is good once.
CREATE TABLE second_factors (
    person_id BYTEA NOT NULL PRIMARY KEY REFERENCES people (id),
    version BIGINT NOT NULL,
    sealed_seed BYTEA NOT NULL,
    begun_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    last_step BIGINT NOT NULL
);

-- What opens the door when the second factor is lost, each code once. Of each its hash is kept: a code has 120 random bits.
CREATE TABLE recovery_codes (
    person_id BYTEA NOT NULL REFERENCES people (id),
    code_hash BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (person_id, code_hash)
);

-- Tries that failed, counted together by what a key stands for: an address, a known browser of a person, a second factor.
CREATE TABLE sign_in_tries (
    key BYTEA NOT NULL PRIMARY KEY,
    failures BIGINT NOT NULL,
    last_at BIGINT NOT NULL
);

CREATE INDEX sign_in_tries_by_age ON sign_in_tries (last_at);

-- Browsers in which a person has signed in: their tries are counted apart from a stranger's.
CREATE TABLE known_browsers (
    token_hash BYTEA NOT NULL PRIMARY KEY,
    person_id BYTEA NOT NULL REFERENCES people (id),
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);

CREATE INDEX known_browsers_by_person ON known_browsers (person_id, seen_at);

-- The latest sign-ins of a person, good and bad, for the person to look at.
CREATE TABLE sign_ins (
    person_id BYTEA NOT NULL REFERENCES people (id),
    id BYTEA NOT NULL,
    at BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    address TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    PRIMARY KEY (person_id, id),
    CONSTRAINT sign_ins_outcome_is_known CHECK (outcome IN ('signed_in', 'wrong_password', 'wrong_code'))
);

-- A link that makes somebody a member, once. Of its token the hash is kept.
CREATE TABLE invitations (
    tenant_id BYTEA NOT NULL REFERENCES tenants (id),
    id BYTEA NOT NULL,
    token_hash BYTEA NOT NULL,
    email TEXT COLLATE "C" NOT NULL,
    role TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    accepted_at BIGINT,
    withdrawn_at BIGINT,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT invitations_token_is_unique UNIQUE (token_hash),
    CONSTRAINT invitations_role_is_known CHECK (role IN ('owner', 'finance', 'staff', 'viewer')),
    CONSTRAINT invitations_end_one_way CHECK (accepted_at IS NULL OR withdrawn_at IS NULL)
);

CREATE INDEX invitations_open ON invitations (tenant_id, id) WHERE accepted_at IS NULL AND withdrawn_at IS NULL;

-- The log by kind and by who did it, newest first.
CREATE INDEX audit_events_by_kind ON audit_events (tenant_id, kind, actor_kind, id);

-- A person is no tenant's: what is sealed for people is sealed under the platform's key, whose tenant is sixteen zero bytes.
ALTER TABLE data_keys DROP CONSTRAINT data_keys_tenant_id_fkey;
