-- Whether a reply may leave an account now: one row for all processes. Times are counted on the host's monotonic
-- clock and end with the boot.
CREATE TABLE send_gate (
    account_id INTEGER PRIMARY KEY REFERENCES account (id),
    boot TEXT NOT NULL,
    recent TEXT NOT NULL,
    pause_s REAL NOT NULL,
    open_until_ns INTEGER NOT NULL,
    probe INTEGER,
    reason TEXT NOT NULL,
    full_at_ns INTEGER NOT NULL,
    took_retry INTEGER NOT NULL
);

-- How often a process ended while it sent or looked up this reply; parked ones are looked up only at a person's word.
ALTER TABLE outbox ADD COLUMN crashes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN parked INTEGER NOT NULL DEFAULT 0;
