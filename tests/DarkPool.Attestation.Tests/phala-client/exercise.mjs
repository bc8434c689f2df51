// Speaks to a guest agent with Phala's own client and prints what it understood.
import { DstackClient } from '@phala/dstack-sdk';

const hex = (bytes) => Buffer.from(bytes).toString('hex');
const client = new DstackClient(process.argv[2]);

// The client allows half a second for this one call, which a busy machine's first answer may need alone.
let reachable = false;
for (let attempt = 0; attempt < 20 && !reachable; attempt++) reachable = await client.isReachable();
if (!reachable) throw new Error('the agent is not reachable');

const key = await client.getKey('my/key/path', 'purpose');
const ed25519 = await client.getKey('my/key/path', 'purpose', 'ed25519');
const quote = await client.getQuote(Buffer.from('1234', 'hex'));
const info = await client.info();
if (quote.replayRtmrs().length !== 4) throw new Error('no replay');

console.log(JSON.stringify({
  key: hex(key.key),
  signatures: key.signature_chain.length,
  ed25519Key: hex(ed25519.key),
  quote: quote.quote,
  appId: info.app_id,
}));
