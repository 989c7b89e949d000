-- The first schema: tenants, integrations, subjects, credentials, verifications, consents, audit.
--
-- Times are microseconds since 1970 UTC from the application's clock. Keys of tenant-owned rows start with tenant_id.
-- Sealed and wrapped columns open only with keys that are not in this database and only in their own row.

CREATE TABLE tenant (
    tenant_id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    wrapped_key @blob@ NOT NULL,
    created_at @int@ NOT NULL,
    CONSTRAINT tenant_name_key UNIQUE (name)
);

CREATE TABLE integration (
    tenant_id TEXT NOT NULL,
    integration_id TEXT NOT NULL,
    name TEXT,
    enabled @bool@ NOT NULL CHECK (enabled IN (0, 1)),
    allow_self_enrolment @bool@ NOT NULL CHECK (allow_self_enrolment IN (0, 1)),
    enrolment_flow TEXT NOT NULL,
    verification_flow TEXT NOT NULL,
    request_mode_hint TEXT NOT NULL,
    claim_namespace TEXT,
    liveness_policy TEXT NOT NULL,
    target_fmr_ppb @int@ NOT NULL CHECK (target_fmr_ppb > 0),
    max_attempts @int@ NOT NULL CHECK (max_attempts > 0),
    session_lifetime_us @int@ NOT NULL CHECK (session_lifetime_us > 0),
    allow_insecure_loopback @bool@ NOT NULL CHECK (allow_insecure_loopback IN (0, 1)),
    created_at @int@ NOT NULL,
    updated_at @int@ NOT NULL,
    version @int@ NOT NULL,
    PRIMARY KEY (tenant_id, integration_id),
    CONSTRAINT integration_integration_id_key UNIQUE (integration_id),
    CONSTRAINT integration_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
);

CREATE TABLE integration_domain (
    tenant_id TEXT NOT NULL,
    integration_id TEXT NOT NULL,
    position @int@ NOT NULL,
    domain TEXT NOT NULL,
    PRIMARY KEY (tenant_id, integration_id, domain),
    CONSTRAINT integration_domain_integration_id_fkey FOREIGN KEY (tenant_id, integration_id)
        REFERENCES integration (tenant_id, integration_id)
);

CREATE TABLE integration_secret (
    tenant_id TEXT NOT NULL,
    secret_id TEXT NOT NULL,
    integration_id TEXT NOT NULL,
    sealed @blob@ NOT NULL,
    created_at @int@ NOT NULL,
    not_after @int@,
    PRIMARY KEY (tenant_id, secret_id),
    CONSTRAINT integration_secret_integration_id_fkey FOREIGN KEY (tenant_id, integration_id)
        REFERENCES integration (tenant_id, integration_id)
);
CREATE INDEX integration_secret_integration_idx ON integration_secret (tenant_id, integration_id);

CREATE TABLE subject (
    tenant_id TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    external_id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('active', 'suspended', 'locked')),
    wrapped_key @blob@ NOT NULL,
    failed_attempts @int@ NOT NULL CHECK (failed_attempts >= 0),
    last_attempt_at @int@,
    last_passed_at @int@,
    created_at @int@ NOT NULL,
    PRIMARY KEY (tenant_id, subject_id),
    CONSTRAINT subject_external_id_key UNIQUE (tenant_id, external_id),
    CONSTRAINT subject_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
);

CREATE TABLE credential (
    tenant_id TEXT NOT NULL,
    credential_id TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    verification_id TEXT NOT NULL,
    model TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('pending', 'active', 'revoked')),
    created_at @int@ NOT NULL,
    activated_at @int@,
    PRIMARY KEY (tenant_id, credential_id),
    CONSTRAINT credential_subject_id_fkey FOREIGN KEY (tenant_id, subject_id)
        REFERENCES subject (tenant_id, subject_id)
);
CREATE INDEX credential_subject_idx ON credential (tenant_id, subject_id);
CREATE INDEX credential_pending_idx ON credential (created_at) WHERE state = 'pending';

CREATE TABLE credential_sample (
    tenant_id TEXT NOT NULL,
    sample_id TEXT NOT NULL,
    credential_id TEXT NOT NULL,
    position @int@ NOT NULL,
    sealed @blob@ NOT NULL,
    PRIMARY KEY (tenant_id, sample_id),
    CONSTRAINT credential_sample_position_key UNIQUE (tenant_id, credential_id, position),
    CONSTRAINT credential_sample_credential_id_fkey FOREIGN KEY (tenant_id, credential_id)
        REFERENCES credential (tenant_id, credential_id)
);

-- subject_id has no foreign key: an ended verification may outlive a deleted subject until its login has ended too.
CREATE TABLE verification (
    tenant_id TEXT NOT NULL,
    verification_id TEXT NOT NULL,
    integration_id TEXT NOT NULL,
    subject_id TEXT,
    purpose TEXT NOT NULL CHECK (purpose IN ('enrolment', 'verification')),
    state TEXT NOT NULL CHECK (state IN ('opened', 'consented', 'capturing', 'passed', 'failed', 'cancelled',
                                         'expired', 'refused')),
    external_id TEXT NOT NULL,
    issuer TEXT NOT NULL,
    return_domain TEXT NOT NULL,
    return_state @blob@ NOT NULL,
    nonce TEXT NOT NULL,
    transaction_id TEXT NOT NULL,
    client_id TEXT NOT NULL,
    client_name TEXT NOT NULL,
    locale TEXT NOT NULL,
    secret_id TEXT NOT NULL,
    cookie_hash TEXT NOT NULL,
    attempts_used @int@ NOT NULL CHECK (attempts_used >= 0 AND attempts_used <= attempts_max),
    attempts_max @int@ NOT NULL,
    consent_id TEXT,
    challenge_id TEXT,
    code TEXT,
    credential_id TEXT,
    created_at @int@ NOT NULL,
    expires_at @int@ NOT NULL,
    decided_at @int@,
    consumed_at @int@,
    confirmed_at @int@,
    PRIMARY KEY (tenant_id, verification_id),
    CONSTRAINT verification_verification_id_key UNIQUE (verification_id),
    CONSTRAINT verification_integration_id_fkey FOREIGN KEY (tenant_id, integration_id)
        REFERENCES integration (tenant_id, integration_id)
);
CREATE INDEX verification_subject_idx ON verification (tenant_id, subject_id);
CREATE INDEX verification_open_idx ON verification (expires_at) WHERE state IN ('opened', 'consented', 'capturing');
CREATE INDEX verification_created_idx ON verification (created_at);

CREATE TABLE start_token (
    tenant_id TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    keep_until @int@ NOT NULL,
    PRIMARY KEY (tenant_id, token_hash),
    CONSTRAINT start_token_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
);
CREATE INDEX start_token_keep_until_idx ON start_token (keep_until);

CREATE TABLE capture_ticket (
    tenant_id TEXT NOT NULL,
    challenge_id TEXT NOT NULL,
    verification_id TEXT NOT NULL,
    ticket_hash TEXT NOT NULL,
    created_at @int@ NOT NULL,
    expires_at @int@ NOT NULL,
    opened_at @int@,
    PRIMARY KEY (tenant_id, challenge_id),
    CONSTRAINT capture_ticket_ticket_hash_key UNIQUE (ticket_hash),
    CONSTRAINT capture_ticket_verification_id_fkey FOREIGN KEY (tenant_id, verification_id)
        REFERENCES verification (tenant_id, verification_id) ON DELETE CASCADE
);
CREATE INDEX capture_ticket_verification_idx ON capture_ticket (tenant_id, verification_id);
CREATE INDEX capture_ticket_created_idx ON capture_ticket (created_at);

-- Proof of what was agreed to; outlives the subject under its internal id.
CREATE TABLE consent (
    tenant_id TEXT NOT NULL,
    consent_id TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    verification_id TEXT NOT NULL,
    version TEXT NOT NULL,
    locale TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    given_at @int@ NOT NULL,
    withdrawn_at @int@,
    PRIMARY KEY (tenant_id, consent_id),
    CONSTRAINT consent_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
);
CREATE INDEX consent_subject_idx ON consent (tenant_id, subject_id);

CREATE TABLE audit_head (
    tenant_id TEXT NOT NULL PRIMARY KEY,
    sequence @int@ NOT NULL,
    hash TEXT NOT NULL,
    CONSTRAINT audit_head_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
);

CREATE TABLE audit_event (
    tenant_id TEXT NOT NULL,
    sequence @int@ NOT NULL,
    audit_id TEXT NOT NULL,
    occurred_at @int@ NOT NULL,
    actor TEXT NOT NULL,
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    details TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (tenant_id, sequence),
    CONSTRAINT audit_event_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenant (tenant_id)
);
CREATE INDEX audit_event_target_idx ON audit_event (tenant_id, target);
