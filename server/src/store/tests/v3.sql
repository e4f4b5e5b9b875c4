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

-- Grids that people keep as templates, as the documents that grids are exported as.
CREATE TABLE template (
    id TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    document TEXT NOT NULL,
    kept_by TEXT NOT NULL,
    time_ns INTEGER NOT NULL
) STRICT;

INSERT INTO piece VALUES ('grid', '3ca17336-0540-5931-a292-701391f05e5f', '{"id":"3ca17336-0540-5931-a292-701391f05e5f","title":"Grid","nrows":24,"ncols":1,"enabled":false,"order":-2147483648}');
INSERT INTO piece VALUES ('cell', 'e50b1367-b0fb-55ad-b65b-51e39e7bc67d', '{"id":"e50b1367-b0fb-55ad-b65b-51e39e7bc67d","grid":"3ca17336-0540-5931-a292-701391f05e5f","geometry":{"row":3,"col":0,"row_span":2,"col_span":1},"title":null}');
INSERT INTO piece VALUES ('layer', '0e5335c4-4feb-56e2-897d-a4a88489e267', '{"id":"0e5335c4-4feb-56e2-897d-a4a88489e267","cell":"e50b1367-b0fb-55ad-b65b-51e39e7bc67d","order":-1,"title":"Zähler ∑ \"''; DROP TABLE piece","config":{"plotter":"lines","sources":{"primary":{"workflow":"dummy/w/1","output":"current","sources":["a","β"]}},"params":{"window":{"seconds":2.5}}}}');
INSERT INTO seeded VALUES ('3ca17336-0540-5931-a292-701391f05e5f');
INSERT INTO answered VALUES ('k', '0e45ab0e-ca1a-556b-8ca9-11c49299bb8d', '[]', 1700000000000000000);
INSERT INTO piece VALUES ('region', '379f9cb8-223d-5ead-92b5-1859ab63aaf7', '{"id":"379f9cb8-223d-5ead-92b5-1859ab63aaf7","workflow":"dummy/w/1","source":"a","name":"Peak β","colour":11,"area":{"polygon":{"vertices":[[0.1,0.2],[3.0,-4.5],[1e-7,2.0]]}},"units":["","mm"],"changed_by":"page 1a2b"}');
INSERT INTO template VALUES ('a319e558-498c-566a-b57f-73cacdc474b5', 'Template t', 'title: ''t''
', 'Zoë', 1700000000000000000);
