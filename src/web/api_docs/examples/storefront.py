"""Earns a commission, withdraws it, and waits for the outcome. ZHANFU_URL says where, ZHANFU_KEY who. Python 3.8 or later."""
import json
import os
import sys
import time
import urllib.error
import urllib.request
import uuid

URL, KEY = os.environ["ZHANFU_URL"], os.environ["ZHANFU_KEY"]
POLL_SECONDS = float(os.environ.get("ZHANFU_POLL_SECONDS", "2"))


def call(method, path, body=None, idempotency_key=None):
    headers = {"Authorization": "Bearer " + KEY}
    data = None
    if body is not None:
        headers["Content-Type"] = "application/json"
        data = json.dumps(body).encode()
    if idempotency_key:
        headers["Idempotency-Key"] = idempotency_key
    # repeated with the same key: there is one payment, however often it is asked for
    for attempt in range(1, 6):
        request = urllib.request.Request(URL + "/api/v1" + path, method=method, headers=headers, data=data)
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refused:
            problem = json.load(refused)
            passes = refused.code in (429, 503) or problem["code"] == "idempotency_in_progress"
            if not passes or attempt == 5:
                sys.exit("{status} {code}: {detail} ({request_id})".format(**problem))
            time.sleep(float(refused.headers.get("Retry-After", attempt)))
        except OSError:
            if attempt == 5:
                raise
            time.sleep(attempt)


order = "order-" + str(uuid.uuid4())
call("PUT", "/recipients/u-1001", {"openid": "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"})
call("POST", "/commissions", {"commission_id": order, "recipient_id": "u-1001", "amount_fen": 1234})
payout = call("POST", "/withdrawals", {"recipient_id": "u-1001", "amount_fen": 1234, "external_id": order}, order)
while payout["status"] not in ("succeeded", "failed", "rejected", "cancelled"):
    time.sleep(POLL_SECONDS)
    payout = call("GET", "/payouts/" + payout["id"])
if payout["status"] != "succeeded":
    sys.exit("not paid: {id} is {status}".format(**payout))
print("paid: " + payout["id"])
