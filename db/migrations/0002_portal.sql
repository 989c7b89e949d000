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
