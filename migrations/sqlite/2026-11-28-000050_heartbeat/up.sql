-- The one row of the heartbeat, under a name of this database's own: another database with fewer beats is another one, not an older one.
INSERT INTO heartbeat (id, beat, at) SELECT randomblob(16), 0, 0 WHERE NOT EXISTS (SELECT 1 FROM heartbeat);
