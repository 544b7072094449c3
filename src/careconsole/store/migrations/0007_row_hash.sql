-- A short hash beside every text that people read, so that what the disk has changed is never shown for what was
-- said. NULL is a hash that is not known yet: older rows get theirs bit by bit, and then the fact says 'all'.
ALTER TABLE message ADD COLUMN row_hash INTEGER;
ALTER TABLE message_version ADD COLUMN row_hash INTEGER;
ALTER TABLE note ADD COLUMN row_hash INTEGER;
ALTER TABLE draft ADD COLUMN row_hash INTEGER;
ALTER TABLE outbox ADD COLUMN row_hash INTEGER;
ALTER TABLE approval ADD COLUMN row_hash INTEGER;
-- Of the preview.
ALTER TABLE conversation ADD COLUMN row_hash INTEGER;

-- When a conversation was erased; its words and names are gone.
ALTER TABLE conversation ADD COLUMN erased_us INTEGER;

INSERT INTO fact SELECT 'row_hashes', CASE WHEN EXISTS (SELECT 1 FROM conversation) THEN '' ELSE 'all' END;
