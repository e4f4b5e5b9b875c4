-- Grids that people keep as templates, as the documents that grids are exported as.
CREATE TABLE template (
    id TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    document TEXT NOT NULL,
    kept_by TEXT NOT NULL,
    time_ns INTEGER NOT NULL
) STRICT;
