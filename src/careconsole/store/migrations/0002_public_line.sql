-- A private reply to a public message may have a public line: the draft of both is one, so that neither half is
-- kept without the other; in the outbox the line is a row of its own, which leaves after the row that it names.
ALTER TABLE draft ADD COLUMN public_line TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN after_id INTEGER REFERENCES outbox (id);
CREATE INDEX outbox_after ON outbox (after_id) WHERE after_id IS NOT NULL;
