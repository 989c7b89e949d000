-- Passkeys of administrators: public keys only, nothing here opens a door.

CREATE TABLE passkey (
    passkey_id TEXT NOT NULL PRIMARY KEY,
    administrator_id TEXT NOT NULL,
    name TEXT NOT NULL,
    credential_id @blob@ NOT NULL,
    algorithm @int@ NOT NULL CHECK (algorithm IN (-7, -8, -257)),
    public_key @blob@ NOT NULL,
    sign_count @int@ NOT NULL,
    created_at @int@ NOT NULL,
    last_used_at @int@,
    CONSTRAINT passkey_credential_id_key UNIQUE (credential_id),
    CONSTRAINT passkey_administrator_id_fkey FOREIGN KEY (administrator_id)
        REFERENCES administrator (administrator_id)
);
CREATE INDEX passkey_administrator_idx ON passkey (administrator_id, created_at);

-- What a browser was asked to sign: one per session, gone with the first answer or with the session.
CREATE TABLE passkey_challenge (
    session_id TEXT NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL CHECK (purpose IN ('registration', 'proof')),
    challenge @blob@ NOT NULL,
    expires_at @int@ NOT NULL,
    CONSTRAINT passkey_challenge_session_id_fkey FOREIGN KEY (session_id)
        REFERENCES admin_session (session_id) ON DELETE CASCADE
);
