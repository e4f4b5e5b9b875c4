-- Regions of interest are pieces of the kind 'region'. The table holds them as it is; the number tells an older server that
-- it would not understand them.
SELECT 1;
