-- What people arranged. The value is the JSON that the interface says; ids stand beside it to be found by.
CREATE TABLE piece (
    kind TEXT NOT NULL,   -- 'grid', 'cell' or 'layer'
    id TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) STRICT;

-- Grids that the instrument brought and that were arranged once: one that somebody removed does not come back, and one
-- that a later release brings is new.
CREATE TABLE seeded (
    grid TEXT NOT NULL PRIMARY KEY
) STRICT;

-- Edits that carried an Idempotency-Key, so that a repeat of one changes nothing.
CREATE TABLE answered (
    key TEXT NOT NULL PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    pieces TEXT NOT NULL,  -- the ids that it concerned, as JSON
    time_ns INTEGER NOT NULL
) STRICT;
CREATE INDEX answered_by_time ON answered (time_ns);
