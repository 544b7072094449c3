-- A reply that waits for a second person's word: as it was written, whom it answers, and what became of it. Where it
-- was approved it stands in the outbox too, with who let it go.
CREATE TABLE approval (
    id INTEGER PRIMARY KEY,
    conversation_id INTEGER NOT NULL REFERENCES conversation (id),
    cycle INTEGER NOT NULL,
    agent TEXT NOT NULL,
    text TEXT NOT NULL,
    public_line TEXT NOT NULL,
    visibility TEXT NOT NULL,
    wider INTEGER NOT NULL,
    reply_to_id INTEGER NOT NULL REFERENCES message (id),
    reply_to_version INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    seen_seq INTEGER NOT NULL,
    after_outbox_id INTEGER NOT NULL,
    after_message_id INTEGER NOT NULL,
    asked_us INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'approved', 'returned', 'withdrawn', 'stale')),
    decided_by TEXT,
    decided_us INTEGER,
    reason TEXT NOT NULL DEFAULT '',
    edited_text TEXT,
    outbox_id INTEGER REFERENCES outbox (id)
);
CREATE UNIQUE INDEX approval_waiting ON approval (conversation_id, agent) WHERE state = 'waiting';
CREATE INDEX approval_agent ON approval (agent);
CREATE INDEX approval_outbox ON approval (outbox_id) WHERE outbox_id IS NOT NULL;

ALTER TABLE outbox ADD COLUMN approved_by TEXT;
