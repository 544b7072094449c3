-- The record of one desk. Times are microseconds since 1970 (UTC); leases are counted on the host's monotonic clock.

CREATE TABLE counter (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    revision INTEGER NOT NULL
);
INSERT INTO counter (id, revision) VALUES (1, 1);

-- What this desk knows of itself: whether it is a sample, which rules are in force.
CREATE TABLE fact (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE account (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    network TEXT NOT NULL,
    url TEXT,
    token_file TEXT,
    handle TEXT NOT NULL DEFAULT '',
    limits TEXT NOT NULL DEFAULT '{}',
    keeps_keys INTEGER NOT NULL DEFAULT 0,
    added_us INTEGER NOT NULL,
    poll_every_s REAL NOT NULL DEFAULT 15,
    last_good_us INTEGER,
    failures INTEGER NOT NULL DEFAULT 0,
    last_error TEXT NOT NULL DEFAULT ''
);

-- Where the next poll of an account goes on; written with the messages it brought.
CREATE TABLE cursor (
    account_id INTEGER PRIMARY KEY REFERENCES account (id),
    state TEXT NOT NULL
);

CREATE TABLE customer (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    is_vip INTEGER,
    vip_note TEXT NOT NULL DEFAULT '',
    person INTEGER,
    birthday TEXT NOT NULL DEFAULT '',
    orders TEXT NOT NULL DEFAULT '',
    about TEXT NOT NULL DEFAULT ''
);
CREATE INDEX customer_person ON customer (person) WHERE person IS NOT NULL;

-- An agent's word that two customers are one person; 'person' above is the smallest id of all who are.
CREATE TABLE identity_link (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
    other_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
    agent TEXT NOT NULL,
    linked_us INTEGER NOT NULL
);

CREATE TABLE identity (
    id INTEGER PRIMARY KEY,
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    scope TEXT NOT NULL,
    handle_key TEXT NOT NULL,
    handle TEXT NOT NULL,
    full_handle TEXT NOT NULL DEFAULT '',
    name TEXT NOT NULL DEFAULT '',
    reach INTEGER NOT NULL DEFAULT 0,
    UNIQUE (scope, handle_key)
);
CREATE INDEX identity_customer ON identity (customer_id);

CREATE TABLE conversation (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id),
    customer_id INTEGER NOT NULL REFERENCES customer (id),
    state TEXT NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'open', 'pending', 'resolved')),
    cycle INTEGER NOT NULL DEFAULT 1,
    owner TEXT,
    claimed_by TEXT,
    claim_session TEXT,
    claimed_us INTEGER,
    fence INTEGER NOT NULL DEFAULT 0,
    lease_boot TEXT,
    lease_until_ns INTEGER,
    presence TEXT,
    tier INTEGER NOT NULL DEFAULT 1,
    tier_by TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL DEFAULT 'question',
    in_queue INTEGER NOT NULL DEFAULT 0,
    waiting_since_us INTEGER NOT NULL,
    due_us INTEGER NOT NULL,
    effective_due_us INTEGER NOT NULL,
    unanswered INTEGER NOT NULL DEFAULT 0,
    messages INTEGER NOT NULL DEFAULT 0,
    handle TEXT NOT NULL,
    preview TEXT NOT NULL DEFAULT '',
    newest_in_id INTEGER,
    newest_in_us INTEGER NOT NULL DEFAULT 0,
    visibility TEXT NOT NULL DEFAULT 'public',
    lang TEXT NOT NULL DEFAULT '',
    is_vip INTEGER NOT NULL DEFAULT 0,
    outbox_mark TEXT,
    revision INTEGER NOT NULL
);
-- What stands behind the order in both is what filters ask, so that they need not look at the rows.
CREATE INDEX queue_order ON conversation (
    tier, effective_due_us, waiting_since_us, id,
    due_us, state, kind, lang, account_id, is_vip, owner, claimed_by, lease_boot, lease_until_ns
) WHERE in_queue = 1;
CREATE INDEX conversation_newest ON conversation (
    newest_in_us, id,
    due_us, state, kind, lang, account_id, is_vip, owner, claimed_by, lease_boot, lease_until_ns, tier
) WHERE in_queue = 0;
CREATE INDEX conversation_customer ON conversation (customer_id, account_id, state);
CREATE INDEX conversation_revision ON conversation (revision);
CREATE INDEX conversation_claim ON conversation (claimed_by) WHERE claimed_by IS NOT NULL;
CREATE INDEX conversation_account ON conversation (account_id) WHERE in_queue = 1;

-- One round from the first open customer message to its resolution.
CREATE TABLE cycle (
    conversation_id INTEGER NOT NULL REFERENCES conversation (id),
    number INTEGER NOT NULL,
    opened_us INTEGER NOT NULL,
    resolved_us INTEGER,
    disposition TEXT,
    resolved_by TEXT,
    PRIMARY KEY (conversation_id, number)
) WITHOUT ROWID;

CREATE TABLE message (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id),
    external_id TEXT NOT NULL,
    conversation_id INTEGER NOT NULL REFERENCES conversation (id),
    cycle INTEGER NOT NULL,
    direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
    handle TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    reach INTEGER NOT NULL DEFAULT 0,
    text TEXT NOT NULL,
    version INTEGER NOT NULL DEFAULT 1,
    at_us INTEGER NOT NULL,
    recorded_us INTEGER NOT NULL,
    edited_us INTEGER,
    deleted_us INTEGER,
    visibility TEXT NOT NULL,
    reply_to TEXT,
    parent TEXT,
    is_paid INTEGER NOT NULL DEFAULT 0,
    kind TEXT NOT NULL DEFAULT 'question',
    kind_by TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT '',
    mood REAL NOT NULL DEFAULT 0,
    urgency REAL NOT NULL DEFAULT 0,
    emergency_word TEXT NOT NULL DEFAULT '',
    waits INTEGER NOT NULL DEFAULT 0,
    answer_outbox_id INTEGER,
    closed_by_event INTEGER,
    outbox_id INTEGER,
    agent TEXT,
    elsewhere INTEGER NOT NULL DEFAULT 0,
    attachments TEXT NOT NULL DEFAULT '',
    UNIQUE (account_id, external_id)
);
CREATE INDEX message_thread ON message (conversation_id, at_us, id);
CREATE INDEX message_own_reply ON message (account_id, reply_to) WHERE direction = 'out';
CREATE INDEX message_waits ON message (conversation_id) WHERE waits = 1;
CREATE INDEX message_answer ON message (answer_outbox_id) WHERE answer_outbox_id IS NOT NULL;

-- The words by which messages are found. A row's number has the conversation's id in its upper half and the
-- message's in its lower one. It keeps no text: who takes a row out must name the words that it was given.
CREATE VIRTUAL TABLE message_words USING fts5(words, content = '', columnsize = 0, tokenize = 'ascii');

-- What a message said before the customer edited it.
CREATE TABLE message_version (
    message_id INTEGER NOT NULL REFERENCES message (id),
    version INTEGER NOT NULL,
    text TEXT NOT NULL,
    until_us INTEGER NOT NULL,
    attachments TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (message_id, version)
) WITHOUT ROWID;

CREATE TABLE note (
    id INTEGER PRIMARY KEY,
    conversation_id INTEGER NOT NULL REFERENCES conversation (id),
    agent TEXT NOT NULL,
    text TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    mark TEXT NOT NULL DEFAULT '' CHECK (mark IN ('', 'decision', 'promise')),
    due_us INTEGER,
    kept_us INTEGER
);
CREATE INDEX note_thread ON note (conversation_id, at_us);

-- What comes back by itself: asleep until `due_us`, or woken and not answered since.
CREATE TABLE boomerang (
    conversation_id INTEGER PRIMARY KEY REFERENCES conversation (id),
    cycle INTEGER NOT NULL,
    agent TEXT NOT NULL,
    mode TEXT NOT NULL CHECK (mode IN ('wake', 'wake_if_silent')),
    sleeps INTEGER NOT NULL,
    due_us INTEGER,
    woken_us INTEGER,
    woken_by TEXT NOT NULL DEFAULT '',
    after_outbox_id INTEGER NOT NULL DEFAULT 0,
    note_id INTEGER REFERENCES note (id),
    event INTEGER NOT NULL
);
CREATE INDEX boomerang_due ON boomerang (due_us) WHERE due_us IS NOT NULL;
CREATE INDEX boomerang_agent ON boomerang (agent);

CREATE TABLE draft (
    agent TEXT NOT NULL,
    conversation_id INTEGER NOT NULL REFERENCES conversation (id),
    mode TEXT NOT NULL CHECK (mode IN ('public', 'private', 'note')),
    text TEXT NOT NULL,
    cursor INTEGER NOT NULL,
    saved_us INTEGER NOT NULL,
    reply_to_id INTEGER,
    seen_seq INTEGER NOT NULL DEFAULT 0,
    not_sent TEXT NOT NULL DEFAULT '',
    reply_to_version INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (agent, conversation_id, mode)
) WITHOUT ROWID;
CREATE INDEX draft_conversation ON draft (conversation_id);

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    conversation_id INTEGER NOT NULL REFERENCES conversation (id),
    account_id INTEGER NOT NULL REFERENCES account (id),
    cycle INTEGER NOT NULL,
    agent TEXT NOT NULL,
    session TEXT NOT NULL,
    fence INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (
        state IN ('held', 'queued', 'sending', 'sent', 'waiting', 'unknown', 'failed', 'cancelled')
    ),
    text TEXT NOT NULL,
    visibility TEXT NOT NULL,
    handle TEXT NOT NULL,
    reply_to_id INTEGER NOT NULL REFERENCES message (id),
    reply_to_version INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    idempotency_key TEXT NOT NULL UNIQUE,
    seen_id INTEGER NOT NULL,
    seen_seq INTEGER,
    created_us INTEGER NOT NULL,
    held_until_us INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    first_boot TEXT,
    first_ns INTEGER,
    due_boot TEXT,
    due_ns INTEGER,
    sender TEXT,
    sender_boot TEXT,
    sender_until_ns INTEGER,
    remote_id TEXT,
    reason TEXT NOT NULL DEFAULT '',
    changed_us INTEGER NOT NULL
);
CREATE UNIQUE INDEX outbox_once ON outbox (conversation_id, reply_to_id, purpose)
    WHERE state NOT IN ('failed', 'cancelled');
CREATE INDEX outbox_open ON outbox (account_id, state) WHERE state IN ('held', 'queued', 'sending', 'waiting', 'unknown');
CREATE INDEX outbox_conversation ON outbox (conversation_id);

-- Customers' words that a snippet answered, without what names anybody; they go with the customer.
CREATE TABLE learnt_trigger (
    id INTEGER PRIMARY KEY,
    snippet_id TEXT NOT NULL,
    text TEXT NOT NULL,
    customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
    agent TEXT NOT NULL,
    learnt_us INTEGER NOT NULL,
    UNIQUE (snippet_id, text, customer_id)
);
CREATE INDEX learnt_trigger_customer ON learnt_trigger (customer_id);

-- How often a snippet was put into a reply.
CREATE TABLE snippet_use (
    snippet_id TEXT PRIMARY KEY,
    uses INTEGER NOT NULL,
    last_us INTEGER NOT NULL
) WITHOUT ROWID;

-- Who may poll or send for an account right now.
CREATE TABLE lease (
    name TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    fence INTEGER NOT NULL,
    boot TEXT NOT NULL,
    until_ns INTEGER NOT NULL
) WITHOUT ROWID;

-- Consoles that are open: a held reply belongs to one of them.
CREATE TABLE session (
    id TEXT PRIMARY KEY,
    agent TEXT NOT NULL,
    boot TEXT NOT NULL,
    pid INTEGER NOT NULL,
    process_mark TEXT NOT NULL,
    signed_on_us INTEGER NOT NULL
) WITHOUT ROWID;

-- Items that could not be read, kept as they came.
CREATE TABLE set_aside (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES account (id),
    raw TEXT NOT NULL,
    reason TEXT NOT NULL,
    recorded_us INTEGER NOT NULL
);

CREATE TABLE event (
    seq INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    at_us INTEGER NOT NULL,
    recorded_us INTEGER NOT NULL,
    agent TEXT,
    account_id INTEGER,
    customer_id INTEGER,
    conversation_id INTEGER,
    cycle INTEGER,
    message_id INTEGER,
    outbox_id INTEGER,
    details TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE INDEX event_conversation ON event (conversation_id, seq, kind, message_id);
CREATE INDEX event_agent ON event (agent, seq) WHERE agent IS NOT NULL;

CREATE TRIGGER event_stays BEFORE UPDATE ON event
BEGIN
    SELECT RAISE(ABORT, 'events are never changed');
END;
CREATE TRIGGER event_remains BEFORE DELETE ON event
BEGIN
    SELECT RAISE(ABORT, 'events are never deleted');
END;
