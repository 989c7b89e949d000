-- Samples that a strong match added beside the enrolled ones, where an integration allows it.

ALTER TABLE integration ADD COLUMN adapt_templates @bool@ NOT NULL DEFAULT 0 CHECK (adapt_templates IN (0, 1));

-- NULL: enrolled. Otherwise when it was added; only such a sample is ever replaced or removed by itself.
ALTER TABLE credential_sample ADD COLUMN adapted_at @int@;

-- On the credential, not read off its samples: one that was taken away again does not make room for another at once.
ALTER TABLE credential ADD COLUMN last_adapted_at @int@;
