DROP TABLE payout_days;
