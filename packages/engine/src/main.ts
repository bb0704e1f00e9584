// The engine process. In: command-line words. Out: where it listens, told to its parent over IPC or
// as one JSON line on stdout; logs on stderr, exit code 2 for wrong words or a storm file at fault, 3
// for a source that does not open, 4 when the native side failed. An engine that was started by a
// bridge ends with it.
import { StormFault } from '@wavetank/storms';
import { parseOptions, USAGE, UsageError } from './options.ts';
import { type RunningEngine, startEngine } from './start.ts';

const WORDS = 2;
const SOURCE = 3;
const FATAL = 4;

function fail(code: number, message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

function readOptions() {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (error) {
    if (error instanceof UsageError) return fail(WORDS, `${error.message}\n\n${USAGE}`);
    throw error;
  }
}

function describe(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return code === undefined ? String(error) : `${code}: ${message}`;
}

function closeOnSignal({ engine }: RunningEngine): void {
  engine.onFatal = (error) => fail(FATAL, describe(error));
  let closing = false;
  const close = (signal: string) => {
    if (closing) return;
    closing = true;
    engine.log.info({ signal }, 'engine stops');
    engine.close(signal === 'disconnect' ? 'bridge_death' : 'engine_stopped').then(
      () => process.exit(0),
      (error: unknown) => fail(1, describe(error)),
    );
  };
  // Ctrl-C reaches a bridge and its engine at once; the bridge ends its run first, then us.
  process.on('SIGINT', (signal) => process.send === undefined && close(signal));
  process.on('SIGTERM', close);
  process.on('disconnect', () => close('disconnect'));
}

const options = readOptions();
if (options === undefined) {
  process.stdout.write(`${USAGE}\n`);
} else {
  try {
    const running = await startEngine(options);
    closeOnSignal(running);
    const { host, port } = running;
    if (process.send !== undefined) process.send({ type: 'listening', host, port });
    else process.stdout.write(`${JSON.stringify({ type: 'listening', host, port })}\n`);
  } catch (error) {
    fail(error instanceof StormFault ? WORDS : SOURCE, describe(error));
  }
}
