-- Which face models an organisation's active credentials are of, and who has which: the filter of the list of users.

CREATE INDEX credential_model_idx ON credential (tenant_id, state, model, subject_id);
