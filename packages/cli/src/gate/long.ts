// `gate/long.ts [seed] [messages]`, part of `pnpm test:long`: the books on at least 20 million random
// messages; each stream's seed is printed, and the first disagreement with its message and levels.
// Status 1 when there is one.
import { natural } from '../options.ts';
import { randomStreams } from './random.ts';

const [seed = Math.floor(Date.now() / 1000) % 1_000_000, messages = 20_000_000] = process.argv
  .slice(2)
  .map(natural);
const again = `node packages/cli/src/gate/long.ts ${seed}`;
console.log(`from seed ${seed}: ${messages} messages; repeat with: ${again}`);
let judged = 0;
for await (const { stream, verdict, messages: done } of randomStreams(seed, messages)) {
  if ('divergence' in verdict) {
    const { message, left, right, lines } = verdict.divergence;
    console.log(`FAIL ${stream.name}: first difference after message ${message}`);
    for (const line of [left, right, ...lines.slice(0, 40)]) console.log(`     ${line}`);
    process.exitCode = 1;
    break;
  }
  judged = done;
  console.log(`ok   ${stream.name}: ${verdict.agreement.marketDigest}, ${done} messages so far`);
}
console.log(`${judged} random messages, ${process.exitCode ? 'a disagreement' : 'all agree'}`);
