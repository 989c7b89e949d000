-- What is kept of earlier captures, so that their recordings are recognised. Sealed with the subject's key; goes with
-- the subject, and after a month.

CREATE TABLE capture_imprint (
    tenant_id TEXT NOT NULL,
    challenge_id TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    passed @bool@ NOT NULL CHECK (passed IN (0, 1)),
    model TEXT NOT NULL,
    sealed @blob@ NOT NULL,
    created_at @int@ NOT NULL,
    PRIMARY KEY (tenant_id, challenge_id)
);
CREATE INDEX capture_imprint_subject_idx ON capture_imprint (tenant_id, subject_id, passed, created_at);
CREATE INDEX capture_imprint_created_idx ON capture_imprint (created_at);
