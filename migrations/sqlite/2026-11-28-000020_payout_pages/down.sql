DROP TABLE recipient_openids;
DROP INDEX payouts_undecided;
DROP INDEX payouts_by_payment_no;
DROP INDEX payouts_by_kind_and_status;
