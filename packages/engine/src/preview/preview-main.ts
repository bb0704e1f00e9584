// The process that looks ahead beside the engine: `preview-main.ts ORDER`, the order as JSON, the
// checkpoint on stdin. Says over IPC what it saw, or why it could not; it ends when the engine does.
import { setPriority } from 'node:os';
import { buffer } from 'node:stream/consumers';
import { answerError } from '../errors.ts';
import { foreseen } from './foreseen.ts';
import { lookAhead } from './look-ahead.ts';
import type { PreviewOrder, PreviewSaid } from './preview.ts';

/** The live market goes first where cores are few. */
const NICE = 10;

process.on('disconnect', () => process.exit(0));
setPriority(NICE);

async function seen(): Promise<PreviewSaid> {
  try {
    const order = JSON.parse(process.argv[2] ?? '') as PreviewOrder;
    const ahead = await lookAhead(order, await buffer(process.stdin));
    return { type: 'foreseen', foreseen: foreseen(ahead) };
  } catch (thrown) {
    const { code, detail } = answerError(thrown);
    return { type: 'refused', code, detail };
  }
}

const said = await seen();
process.send?.(said, undefined, undefined, () => process.exit(0));
