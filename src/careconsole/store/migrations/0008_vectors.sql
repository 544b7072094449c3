-- What texts mean, as numbers. It can be made anew at any time; it goes with what it was made of.
-- Of a message: NULL where the text has changed since, empty where it says nothing that could be compared.
CREATE TABLE IF NOT EXISTS message_vector (
    message_id INTEGER PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
    model TEXT NOT NULL,
    vector BLOB
);
CREATE INDEX IF NOT EXISTS message_vector_stale ON message_vector (message_id) WHERE vector IS NULL;
CREATE TRIGGER IF NOT EXISTS message_vector_edited AFTER UPDATE OF text ON message WHEN NEW.text <> OLD.text
BEGIN
    UPDATE message_vector SET vector = NULL WHERE message_id = NEW.id;
END;
CREATE TRIGGER IF NOT EXISTS message_vector_gone AFTER UPDATE OF deleted_us ON message WHEN NEW.deleted_us IS NOT NULL
BEGIN
    DELETE FROM message_vector WHERE message_id = NEW.id;
END;

-- Of the texts of prepared answers, by the SHA-256 of model and text: their files know no numbers.
CREATE TABLE IF NOT EXISTS snippet_vector (
    mark BLOB PRIMARY KEY,
    vector BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS trigger_vector (
    trigger_id INTEGER PRIMARY KEY REFERENCES learnt_trigger (id) ON DELETE CASCADE,
    model TEXT NOT NULL,
    vector BLOB NOT NULL
);

-- Which messages were answered, the newest last: what was answered before is looked for among them.
CREATE INDEX IF NOT EXISTS message_answered ON message (account_id, id) WHERE answer_outbox_id IS NOT NULL;
