DROP INDEX findings_resolved;
