// Earns a commission, withdraws it, and waits for the outcome. ZHANFU_URL says where, ZHANFU_KEY who. Node.js 18 or later.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

const { ZHANFU_URL, ZHANFU_KEY, ZHANFU_POLL_SECONDS = '2' } = process.env;

async function call(method, path, body, idempotencyKey) {
  const headers = { Authorization: `Bearer ${ZHANFU_KEY}` };
  if (body) headers['Content-Type'] = 'application/json';
  if (idempotencyKey) headers['Idempotency-Key'] = idempotencyKey;
  // Repeated with the same key: there is one payment, however often it is asked for.
  for (let attempt = 1; ; attempt += 1) {
    let answer;
    try {
      answer = await fetch(`${ZHANFU_URL}/api/v1${path}`, {
        method,
        headers,
        body: body && JSON.stringify(body),
        signal: AbortSignal.timeout(30_000),
      });
    } catch (lost) {
      if (attempt === 5) throw lost;
      await sleep(1_000 * attempt);
      continue;
    }
    const told = await answer.json();
    if (answer.ok) return told;
    const passes = [429, 503].includes(answer.status) || told.code === 'idempotency_in_progress';
    if (!passes || attempt === 5) throw new Error(`${answer.status} ${told.code}: ${told.detail} (${told.request_id})`);
    await sleep(1_000 * Number(answer.headers.get('retry-after') ?? attempt));
  }
}

const order = `order-${randomUUID()}`;
await call('PUT', '/recipients/u-1001', { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' });
await call('POST', '/commissions', { commission_id: order, recipient_id: 'u-1001', amount_fen: 1234 });
let payout = await call('POST', '/withdrawals', { recipient_id: 'u-1001', amount_fen: 1234, external_id: order }, order);
while (!['succeeded', 'failed', 'rejected', 'cancelled'].includes(payout.status)) {
  await sleep(1_000 * Number(ZHANFU_POLL_SECONDS));
  payout = await call('GET', `/payouts/${payout.id}`);
}
console.log(payout.status === 'succeeded' ? `paid: ${payout.id}` : `not paid: ${payout.id} is ${payout.status}`);
process.exitCode = payout.status === 'succeeded' ? 0 : 1;
