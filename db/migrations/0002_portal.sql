-- The portal: accounts of administrators and what they see and set.

-- == Accounts of administrators ==

-- A person who runs the installation; belongs to no tenant by itself.
CREATE TABLE administrator (
    administrator_id TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    totp_wrapped @blob@,
    totp_pending @blob@,
    totp_last_step @int@ NOT NULL,
    created_at @int@ NOT NULL,
    password_changed_at @int@ NOT NULL,
    last_sign_in_at @int@,
    CONSTRAINT administrator_email_key UNIQUE (email)
);

-- Holds one row for ever once the first owner was made: its key lets only one of two parallel set-ups win.
CREATE TABLE first_owner (
    only_row @int@ NOT NULL PRIMARY KEY CHECK (only_row = 1),
    administrator_id TEXT NOT NULL
);

CREATE TABLE membership (
    tenant_id TEXT NOT NULL,
    administrator_id TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'helpdesk', 'auditor')),
    created_at @int@ NOT NULL,
    PRIMARY KEY (tenant_id, administrator_id),
    CONSTRAINT membership_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id),
    CONSTRAINT membership_administrator_id_fkey FOREIGN KEY (administrator_id)
        REFERENCES administrator (administrator_id)
);
CREATE INDEX membership_administrator_idx ON membership (administrator_id, created_at);

CREATE TABLE recovery_code (
    administrator_id TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    PRIMARY KEY (administrator_id, code_hash),
    CONSTRAINT recovery_code_administrator_id_fkey FOREIGN KEY (administrator_id)
        REFERENCES administrator (administrator_id)
);

CREATE TABLE admin_session (
    session_id TEXT NOT NULL PRIMARY KEY,
    administrator_id TEXT NOT NULL,
    tenant_id TEXT,
    token_hash TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('password_ok', 'enrol_second_factor', 'active')),
    address TEXT NOT NULL,
    browser TEXT NOT NULL,
    created_at @int@ NOT NULL,
    last_seen_at @int@ NOT NULL,
    expires_at @int@ NOT NULL,
    authenticated_at @int@ NOT NULL,
    CONSTRAINT admin_session_token_hash_key UNIQUE (token_hash),
    CONSTRAINT admin_session_administrator_id_fkey FOREIGN KEY (administrator_id)
        REFERENCES administrator (administrator_id)
);
CREATE INDEX admin_session_administrator_idx ON admin_session (administrator_id, created_at);
CREATE INDEX admin_session_expires_idx ON admin_session (expires_at);

-- Failures per account, address and second factor; `subject` is a hash.
CREATE TABLE sign_in_throttle (
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    failures @int@ NOT NULL,
    last_at @int@ NOT NULL,
    PRIMARY KEY (kind, subject)
);
CREATE INDEX sign_in_throttle_last_idx ON sign_in_throttle (last_at);

CREATE TABLE password_reset (
    token_hash TEXT NOT NULL PRIMARY KEY,
    administrator_id TEXT NOT NULL,
    expires_at @int@ NOT NULL,
    CONSTRAINT password_reset_administrator_id_fkey FOREIGN KEY (administrator_id)
        REFERENCES administrator (administrator_id)
);
CREATE INDEX password_reset_administrator_idx ON password_reset (administrator_id);

CREATE TABLE invitation (
    tenant_id TEXT NOT NULL,
    invitation_id TEXT NOT NULL,
    email TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'helpdesk', 'auditor')),
    token_hash TEXT NOT NULL,
    invited_by TEXT NOT NULL,
    created_at @int@ NOT NULL,
    expires_at @int@ NOT NULL,
    PRIMARY KEY (tenant_id, invitation_id),
    CONSTRAINT invitation_token_hash_key UNIQUE (token_hash),
    CONSTRAINT invitation_email_key UNIQUE (tenant_id, email),
    CONSTRAINT invitation_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
);

CREATE TABLE api_key (
    tenant_id TEXT NOT NULL,
    key_id TEXT NOT NULL,
    name TEXT NOT NULL,
    hint TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    scopes TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at @int@ NOT NULL,
    expires_at @int@,
    last_used_at @int@,
    PRIMARY KEY (tenant_id, key_id),
    CONSTRAINT api_key_token_hash_key UNIQUE (token_hash),
    CONSTRAINT api_key_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
);

-- Answers to creations, so that a repeated request makes nothing twice. No status: the work is under way.
CREATE TABLE idempotent_request (
    tenant_id TEXT NOT NULL,
    actor TEXT NOT NULL,
    request_key TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    status @int@,
    body TEXT,
    created_at @int@ NOT NULL,
    PRIMARY KEY (tenant_id, actor, request_key),
    CONSTRAINT idempotent_request_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
);
CREATE INDEX idempotent_request_created_idx ON idempotent_request (created_at);

CREATE TABLE mail_server (
    tenant_id TEXT NOT NULL PRIMARY KEY,
    host TEXT NOT NULL,
    port @int@ NOT NULL,
    security TEXT NOT NULL CHECK (security IN ('tls', 'starttls', 'none')),
    username TEXT NOT NULL,
    password_sealed @blob@,
    sender TEXT NOT NULL,
    updated_at @int@ NOT NULL,
    CONSTRAINT mail_server_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
);

-- == Users, transactions, audit, figures, settings and simulations ==

ALTER TABLE integration ADD COLUMN last_used_at @int@;
-- The row stays for the transactions that name it; its secrets do not.
ALTER TABLE integration ADD COLUMN deleted_at @int@;

-- What lists show of the active credential stands on the subject itself, so that no list needs a join.
ALTER TABLE subject ADD COLUMN enrolled_at @int@;
ALTER TABLE subject ADD COLUMN samples @int@ NOT NULL DEFAULT 0;
ALTER TABLE subject ADD COLUMN integration_id TEXT;
ALTER TABLE subject ADD COLUMN notes TEXT NOT NULL DEFAULT '';
ALTER TABLE subject ADD COLUMN version @int@ NOT NULL DEFAULT 1;
CREATE INDEX subject_status_idx ON subject (tenant_id,
    (CASE WHEN state <> 'active' THEN state WHEN enrolled_at IS NULL THEN 'not_enrolled' ELSE 'enrolled' END),
    external_id);
CREATE INDEX subject_enrolled_idx ON subject (tenant_id, (COALESCE(enrolled_at, 0)), subject_id);
CREATE INDEX subject_passed_idx ON subject (tenant_id, (COALESCE(last_passed_at, 0)), subject_id);
CREATE INDEX subject_integration_idx ON subject (tenant_id, integration_id, external_id);

UPDATE subject SET
    enrolled_at = (SELECT MAX(c.activated_at) FROM credential c WHERE c.tenant_id = subject.tenant_id
        AND c.subject_id = subject.subject_id AND c.state = 'active'),
    samples = (SELECT COUNT(*) FROM credential_sample s JOIN credential c ON c.tenant_id = s.tenant_id
        AND c.credential_id = s.credential_id WHERE c.tenant_id = subject.tenant_id
        AND c.subject_id = subject.subject_id AND c.state = 'active'),
    integration_id = (SELECT MAX(v.integration_id) FROM credential c JOIN verification v
        ON v.tenant_id = c.tenant_id AND v.verification_id = c.verification_id
        WHERE c.tenant_id = subject.tenant_id AND c.subject_id = subject.subject_id AND c.state = 'active');

-- The lower-case External identifier from its start and from the start of each of its words: a search for the beginning
-- of a word is a range of this index.
CREATE TABLE subject_search (
    tenant_id TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    term TEXT NOT NULL,
    PRIMARY KEY (tenant_id, subject_id, term),
    CONSTRAINT subject_search_subject_id_fkey FOREIGN KEY (tenant_id, subject_id)
        REFERENCES subject (tenant_id, subject_id) ON DELETE CASCADE
);
CREATE INDEX subject_search_term_idx ON subject_search (tenant_id, term, subject_id);

WITH RECURSIVE tail (tenant_id, subject_id, before, term) AS (
    SELECT tenant_id, subject_id, '|', lower(external_id) FROM subject
    UNION ALL
    SELECT tenant_id, subject_id, substr(term, 1, 1), substr(term, 2) FROM tail WHERE length(term) > 1
)
INSERT INTO subject_search (tenant_id, subject_id, term)
SELECT DISTINCT tenant_id, subject_id, substr(term, 1, 64) FROM tail
WHERE before IN ('|', '.', '-', '_', ' ', '+', ':', '/');

ALTER TABLE verification ADD COLUMN cause TEXT;
ALTER TABLE verification ADD COLUMN duration_us @int@;
ALTER TABLE verification ADD COLUMN simulation_id TEXT;
DROP INDEX verification_subject_idx;
CREATE INDEX verification_subject_idx ON verification (tenant_id, subject_id, created_at, verification_id);
CREATE INDEX verification_recent_idx ON verification (tenant_id, created_at, verification_id);
CREATE INDEX verification_integration_idx ON verification (tenant_id, integration_id, created_at, verification_id);
CREATE INDEX verification_state_idx ON verification (tenant_id, state, created_at, verification_id);
CREATE INDEX verification_cause_idx ON verification (tenant_id, cause, created_at, verification_id)
    WHERE cause IS NOT NULL;
CREATE INDEX verification_external_idx ON verification (tenant_id, external_id, created_at, verification_id);

-- What happened in a transaction, step by step; goes with it.
CREATE TABLE verification_step (
    tenant_id TEXT NOT NULL,
    verification_id TEXT NOT NULL,
    position @int@ NOT NULL,
    occurred_at @int@ NOT NULL,
    kind TEXT NOT NULL,
    details TEXT NOT NULL,
    PRIMARY KEY (tenant_id, verification_id, position),
    CONSTRAINT verification_step_verification_id_fkey FOREIGN KEY (tenant_id, verification_id)
        REFERENCES verification (tenant_id, verification_id) ON DELETE CASCADE
);

-- Counts of what happened per hour and per day, without any person; stays when transactions are deleted.
CREATE TABLE activity (
    tenant_id TEXT NOT NULL,
    grain TEXT NOT NULL CHECK (grain IN ('hour', 'day')),
    starts_at @int@ NOT NULL,
    integration_id TEXT NOT NULL,
    name TEXT NOT NULL,
    total @int@ NOT NULL,
    PRIMARY KEY (tenant_id, grain, starts_at, integration_id, name),
    CONSTRAINT activity_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
);

DROP INDEX audit_event_target_idx;
CREATE INDEX audit_event_target_idx ON audit_event (tenant_id, target, sequence);
CREATE INDEX audit_event_actor_idx ON audit_event (tenant_id, actor, sequence);
CREATE INDEX audit_event_kind_idx ON audit_event (tenant_id, kind, sequence);
-- The kind up to its last dot.
CREATE INDEX audit_event_group_idx ON audit_event (tenant_id,
    (rtrim(kind, 'abcdefghijklmnopqrstuvwxyz_0123456789')), sequence);
CREATE INDEX audit_event_time_idx ON audit_event (tenant_id, occurred_at, sequence);

CREATE TABLE tenant_settings (
    tenant_id TEXT NOT NULL PRIMARY KEY,
    display_name TEXT,
    accent TEXT NOT NULL,
    logo @blob@,
    support_email TEXT,
    headline TEXT,
    max_failed_attempts @int@ NOT NULL CHECK (max_failed_attempts > 0),
    delay_after @int@ NOT NULL CHECK (delay_after > 0),
    delay_us @int@ NOT NULL CHECK (delay_us > 0),
    transaction_days @int@ NOT NULL CHECK (transaction_days > 0),
    version @int@ NOT NULL,
    updated_at @int@ NOT NULL,
    CONSTRAINT tenant_settings_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
);

CREATE TABLE consent_text (
    tenant_id TEXT NOT NULL,
    version TEXT NOT NULL,
    locale TEXT NOT NULL,
    title TEXT NOT NULL,
    paragraphs TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    published_at @int@ NOT NULL,
    PRIMARY KEY (tenant_id, version, locale),
    CONSTRAINT consent_text_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
);

-- A login of a test user with the portal in the place of the identity provider.
CREATE TABLE simulation (
    tenant_id TEXT NOT NULL,
    simulation_id TEXT NOT NULL,
    integration_id TEXT NOT NULL,
    external_id TEXT NOT NULL,
    return_domain TEXT NOT NULL,
    nonce TEXT NOT NULL,
    state_hash TEXT NOT NULL,
    verification_id TEXT,
    status TEXT NOT NULL CHECK (status IN ('running', 'passed', 'failed')),
    steps TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at @int@ NOT NULL,
    expires_at @int@ NOT NULL,
    PRIMARY KEY (tenant_id, simulation_id),
    CONSTRAINT simulation_state_hash_key UNIQUE (state_hash),
    CONSTRAINT simulation_integration_id_fkey FOREIGN KEY (tenant_id, integration_id)
        REFERENCES integration (tenant_id, integration_id)
);
CREATE INDEX simulation_integration_idx ON simulation (tenant_id, integration_id, created_at);
