DROP TABLE channel_checks;
DROP INDEX certificates_by_end;
ALTER TABLE certificates DROP COLUMN noticed;
ALTER TABLE certificates DROP COLUMN discarded_at;
ALTER TABLE certificates DROP COLUMN retired_at;
ALTER TABLE certificates DROP COLUMN proved_at;
