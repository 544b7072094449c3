-- For which team (or 'senior') a conversation is meant, whoever of it holds it; and how often it was moved in its cycle.
ALTER TABLE conversation ADD COLUMN team TEXT NOT NULL DEFAULT '';
ALTER TABLE conversation ADD COLUMN moves INTEGER NOT NULL DEFAULT 0;
CREATE INDEX conversation_moved ON conversation (moves) WHERE moves >= 3;

-- Who pulls the next one passes over what is first for others, and a filter names teams: without looking at the rows.
DROP INDEX queue_order;
CREATE INDEX queue_order ON conversation (
    tier, effective_due_us, waiting_since_us, id,
    due_us, state, kind, lang, account_id, is_vip, owner, claimed_by, lease_boot, lease_until_ns, team
) WHERE in_queue = 1;
DROP INDEX conversation_newest;
CREATE INDEX conversation_newest ON conversation (
    newest_in_us, id,
    due_us, state, kind, lang, account_id, is_vip, owner, claimed_by, lease_boot, lease_until_ns, tier, team
) WHERE in_queue = 0;

-- Of a console: whether nobody is at its keys.
ALTER TABLE session ADD COLUMN is_away INTEGER NOT NULL DEFAULT 0;

-- Who is called in a note, each by themselves, and whether they have looked since.
CREATE TABLE note_mention (
    agent TEXT NOT NULL,
    note_id INTEGER NOT NULL REFERENCES note (id) ON DELETE CASCADE,
    conversation_id INTEGER NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
    seen_us INTEGER,
    PRIMARY KEY (agent, note_id)
) WITHOUT ROWID;
CREATE INDEX note_mention_unseen ON note_mention (agent, note_id) WHERE seen_us IS NULL;
CREATE INDEX note_mention_note ON note_mention (note_id);

-- Who gave a conversation back by hand before this was not asked whether it stays theirs: it does not.
UPDATE conversation SET owner = NULL WHERE owner IS NOT NULL AND claimed_by IS NULL AND (
    SELECT kind = 'skipped' OR (kind = 'released' AND json_extract(details, '$.reason') IS NULL) FROM event
    WHERE conversation_id = conversation.id
    AND kind IN ('claimed', 'released', 'skipped', 'lost', 'resolved', 'snoozed') ORDER BY seq DESC LIMIT 1
);
