// Computes with viem what the C# code computes by itself: node reference.mjs TOOLS_FOLDER INPUT.json
// prints {digests, settle, settleMany, transactions}.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const [tools, input] = process.argv.slice(2);
const require = createRequire(path.join(tools, 'package.json'));
const { encodeFunctionData, hashTypedData } = require('viem');
const { privateKeyToAccount } = require('viem/accounts');

const { abi, domain, batches, signature, key, transactions } = JSON.parse(fs.readFileSync(input, 'utf8'));

const types = {
  SettlementBatch: [
    { name: 'shard', type: 'uint32' },
    { name: 'sequence', type: 'uint64' },
    { name: 'firstBlock', type: 'uint64' },
    { name: 'lastBlock', type: 'uint64' },
    { name: 'time', type: 'int64' },
    { name: 'previousRoot', type: 'bytes32' },
    { name: 'stateRoot', type: 'bytes32' },
    { name: 'entitlementRoot', type: 'bytes32' },
    { name: 'logHead', type: 'bytes32' },
    { name: 'markets', type: 'MarketSettlement[]' },
  ],
  MarketSettlement: [
    { name: 'market', type: 'uint32' },
    { name: 'trades', type: 'uint32' },
    { name: 'price', type: 'int64' },
    { name: 'quantity', type: 'uint128' },
    { name: 'notional', type: 'uint128' },
  ],
};

const integers = new Set(['sequence', 'firstBlock', 'lastBlock', 'time', 'price', 'quantity', 'notional']);
const revive = (value, name) =>
  Array.isArray(value) ? value.map((item) => revive(item))
  : value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([n, v]) => [n, revive(v, n)]))
  : integers.has(name) ? BigInt(value)
  : value;

const revived = batches.map((batch) => revive(batch));
const account = privateKeyToAccount(key);
const encode = (functionName, args) => encodeFunctionData({ abi, functionName, args });
const sign = (t) =>
  account.signTransaction({
    type: t.type,
    chainId: t.chainId,
    nonce: t.nonce,
    gas: BigInt(t.gas),
    to: t.to ?? undefined,
    value: BigInt(t.value),
    data: t.data,
    ...(t.type === 'legacy'
      ? { gasPrice: BigInt(t.maxFee) }
      : { maxFeePerGas: BigInt(t.maxFee), maxPriorityFeePerGas: BigInt(t.priority) }),
  });

console.log(JSON.stringify({
  address: account.address.toLowerCase(),
  digests: revived.map((message) => hashTypedData({ domain, types, primaryType: 'SettlementBatch', message })),
  settle: revived.map((batch) => encode('settle', [batch, signature])),
  settleMany: encode('settleMany', [revived, revived.map(() => signature)]),
  transactions: await Promise.all(transactions.map(sign)),
}));
