DROP TABLE idempotency_keys, heartbeat, findings, decisions, rail_limits, payout_lanes, attempts, approvals, payouts, ledger_postings, ledger_balances, commissions,
    recipients, limit_usage, limit_policies, channel_versions, channel_secrets, certificates, channels,
    audit_events, sessions, members, people, data_keys, master_keys, api_keys, tenants;
DROP FUNCTION audit_events_are_final();
