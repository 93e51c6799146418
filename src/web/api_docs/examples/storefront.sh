#!/usr/bin/env bash
# Earns a commission, withdraws it, and waits for the outcome. ZHANFU_URL says where, ZHANFU_KEY who.
set -euo pipefail

call() { # METHOD PATH [BODY] [IDEMPOTENCY-KEY]
    local arguments=(-X "$1" -H "Authorization: Bearer $ZHANFU_KEY")
    if [ -n "${3:-}" ]; then arguments+=(-H "Content-Type: application/json" -d "$3"); fi
    if [ -n "${4:-}" ]; then arguments+=(-H "Idempotency-Key: $4"); fi
    # a lost connection, 429 and 503 are repeated with the same key: there is one payment, however often it is asked for
    curl --silent --show-error --fail-with-body --max-time 30 --retry 5 --retry-connrefused \
        "${arguments[@]}" "$ZHANFU_URL/api/v1$2"
}

text() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }

order="order-$(date +%s%N)"
call PUT "/recipients/u-1001" '{"openid": "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"}' > /dev/null
call POST "/commissions" "{\"commission_id\": \"$order\", \"recipient_id\": \"u-1001\", \"amount_fen\": 1234}" > /dev/null
payout=$(call POST "/withdrawals" "{\"recipient_id\": \"u-1001\", \"amount_fen\": 1234, \"external_id\": \"$order\"}" "$order")
id=$(text id <<< "$payout")
for _ in $(seq 100); do
    status=$(call GET "/payouts/$id" | text status)
    case $status in
    succeeded) echo "paid: $id"; exit 0 ;;
    failed | rejected | cancelled) echo "not paid: $id is $status" >&2; exit 1 ;;
    esac
    sleep "${ZHANFU_POLL_SECONDS:-2}"
done
echo "not final yet: $id is $status" >&2
exit 1
