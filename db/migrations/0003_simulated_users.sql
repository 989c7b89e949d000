-- A simulated login may be repeated by its test user, who is deleted when the time is over.

ALTER TABLE simulation ADD COLUMN repeats TEXT;
ALTER TABLE simulation ADD COLUMN user_until @int@;
CREATE INDEX simulation_user_idx ON simulation (user_until) WHERE user_until IS NOT NULL;
