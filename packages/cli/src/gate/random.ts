// In: how many messages, from which seed. Out: every profile's seeded streams through the six native
// witnesses, and a share of each through all eight; the first disagreement ends it.
import { gateProfiles } from '@wavetank/native';
import { compare, type Verdict } from './compare.ts';
import { type GateStream, seededStreams } from './streams.ts';
import { WITNESSES } from './witnesses.ts';

const STREAM_MESSAGES = 250_000;
/** Messages of each seed that the TypeScript book takes too. */
const SHARE_MESSAGES = 10_000;
const NATIVE = WITNESSES.filter((witness) => !witness.name.startsWith('ts '));

export interface Judged {
  stream: GateStream;
  verdict: Verdict;
  /** Messages judged so far, over all streams. */
  messages: number;
}

/** Goes on until at least `messages` are judged; the caller stops where it likes. */
export async function* randomStreams(firstSeed: number, messages: number): AsyncGenerator<Judged> {
  let done = 0;
  const each = Math.min(STREAM_MESSAGES, Math.ceil(messages / gateProfiles().length));
  for (let seed = firstSeed; done < messages; seed++) {
    for (const stream of seededStreams(seed, 1, each)) {
      const verdict = await compare(stream, NATIVE, 25_000);
      done += each;
      yield { stream, verdict, messages: done };
    }
    for (const stream of seededStreams(seed, 1, Math.min(SHARE_MESSAGES, each))) {
      yield { stream, verdict: await compare(stream, WITNESSES), messages: done };
    }
  }
}
