DROP INDEX recipients_by_openid;
DROP TABLE corrections;
DROP TABLE order_refunds;
DROP TABLE order_commissions;
DROP TABLE orders;
DROP TABLE commission_rules;
ALTER TABLE commissions DROP COLUMN reversed_fen;
