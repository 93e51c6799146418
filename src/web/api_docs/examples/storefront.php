<?php
// Earns a commission, withdraws it, and waits for the outcome. ZHANFU_URL says where, ZHANFU_KEY who. PHP 7.4 or later with curl.
declare(strict_types=1);

function call(string $method, string $path, ?array $body = null, ?string $idempotencyKey = null): array
{
    $headers = ['Authorization: Bearer ' . getenv('ZHANFU_KEY')];
    if ($body !== null) {
        $headers[] = 'Content-Type: application/json';
    }
    if ($idempotencyKey !== null) {
        $headers[] = 'Idempotency-Key: ' . $idempotencyKey;
    }
    // repeated with the same key: there is one payment, however often it is asked for
    for ($attempt = 1; ; $attempt++) {
        $call = curl_init(getenv('ZHANFU_URL') . '/api/v1' . $path);
        curl_setopt_array($call, [
            CURLOPT_CUSTOMREQUEST => $method,
            CURLOPT_HTTPHEADER => $headers,
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_TIMEOUT => 30,
        ]);
        if ($body !== null) {
            curl_setopt($call, CURLOPT_POSTFIELDS, json_encode($body, JSON_THROW_ON_ERROR));
        }
        $text = curl_exec($call);
        $status = curl_getinfo($call, CURLINFO_RESPONSE_CODE);
        $told = $text === false ? ['code' => 'lost', 'detail' => curl_error($call)] : json_decode($text, true);
        curl_close($call);
        if ($status >= 200 && $status < 300) {
            return $told;
        }
        $passes = $text === false || in_array($status, [429, 503], true) || $told['code'] === 'idempotency_in_progress';
        if (!$passes || $attempt === 5) {
            throw new RuntimeException("$status {$told['code']}: {$told['detail']}");
        }
        sleep($attempt);
    }
}

$order = 'order-' . bin2hex(random_bytes(8));
call('PUT', '/recipients/u-1001', ['openid' => 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o']);
call('POST', '/commissions', ['commission_id' => $order, 'recipient_id' => 'u-1001', 'amount_fen' => 1234]);
$payout = call('POST', '/withdrawals', ['recipient_id' => 'u-1001', 'amount_fen' => 1234, 'external_id' => $order], $order);
while (!in_array($payout['status'], ['succeeded', 'failed', 'rejected', 'cancelled'], true)) {
    sleep((int) (getenv('ZHANFU_POLL_SECONDS') ?: 2));
    $payout = call('GET', '/payouts/' . $payout['id']);
}
echo $payout['status'] === 'succeeded' ? "paid: {$payout['id']}" : "not paid: {$payout['id']} is {$payout['status']}", PHP_EOL;
exit($payout['status'] === 'succeeded' ? 0 : 1);
