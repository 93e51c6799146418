DROP INDEX payouts_due_first;
