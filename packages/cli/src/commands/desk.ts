// `wavetank desk`: bridge and engine started together, ready before the URL is printed; both stopped
// cleanly by Ctrl-C. With --dev the page comes from Vite and reloads as its sources change.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ListenError, OptionError, type RunningBridge, startBridge } from '@wavetank/bridge';
import { type Command, Option } from 'commander';
import { CliError, EXIT } from '../exit.ts';
import { address, instruments, place, port, seed, several, speed } from '../options.ts';
import { DESK_DIST, DESK_SOURCE, ENGINE_ENTRY, JUDGE_ENTRY, RUNS_DIR } from '../paths.ts';
import { requireFile } from '../source.ts';
import { libraryOf } from './storm/kinds.ts';
import { runFolder } from './verify.ts';

interface DeskOptions {
  itch?: string;
  run?: string;
  from?: string;
  until?: string;
  symbol: string[];
  storm: string[];
  speed: number | 'max';
  seed: string;
  instruments: number;
  host: string;
  port: number;
  wirePort: number;
  engine?: { host: string; port: number };
  target: string[];
  token?: string;
  runs: string;
  dev?: boolean;
  logLevel: string;
}

const READY_WITHIN_MS = 60_000;
const POLL_MS = 20;

function engineArgs(options: DeskOptions): string[] {
  const args = ['--wire-port', String(options.wirePort), '--speed', String(options.speed)];
  args.push('--seed', options.seed, '--log-level', options.logLevel);
  for (const symbol of options.symbol) args.push('--symbol', symbol);
  for (const file of options.storm) args.push('--storm', resolve(file));
  if (options.run !== undefined) args.push('--run', resolve(runFolder(options.run, options.runs)));
  if (options.itch === undefined) args.push('--instruments', String(options.instruments));
  else args.push('--itch', resolve(options.itch));
  if (options.from !== undefined) args.push('--from', options.from);
  if (options.until !== undefined) args.push('--until', options.until);
  return args;
}

function engineOf(options: DeskOptions): Parameters<typeof startBridge>[0]['engine'] {
  if (options.engine === undefined) {
    return { entry: ENGINE_ENTRY, args: engineArgs(options), port: options.wirePort };
  }
  const { host, port: joined } = options.engine;
  console.error(`joining the engine at ${host}:${joined}`);
  return { join: options.engine };
}

/** Files by whole paths: they are read again when they change. */
function targetWord(word: string): string {
  if (/^[a-z]+:\/\//i.test(word)) return word;
  requireFile(word);
  return resolve(word);
}

/** What cannot be meant is refused before anything starts. */
function judgeWords({ itch, run, runs }: DeskOptions): void {
  if (run !== undefined && itch !== undefined) throw new CliError('give one of --itch and --run');
  if (itch !== undefined) requireFile(itch);
  if (existsSync(runs) && !statSync(runs).isDirectory()) {
    throw new CliError(`--runs ${runs}: not a folder`);
  }
}

async function open(options: DeskOptions): Promise<RunningBridge> {
  const folder = options.itch === undefined ? [] : [dirname(resolve(options.itch))];
  try {
    return await startBridge({
      engine: engineOf(options),
      runsDir: resolve(options.runs),
      sourceRoots: [...folder, join(RUNS_DIR, '../samples'), process.cwd()],
      judge: JUDGE_ENTRY,
      deskDir: DESK_DIST,
      host: options.host,
      port: options.port,
      log_level: options.logLevel,
      ...(options.token === undefined ? {} : { token: options.token }),
      ...(options.target.length === 0 ? {} : { target: options.target.map(targetWord) }),
    });
  } catch (error) {
    if (error instanceof ListenError && error.code === 'PORT_IN_USE') {
      throw new CliError(`${error.message} (--port N)`);
    }
    if (error instanceof ListenError || error instanceof OptionError) {
      throw new CliError(error.message);
    }
    throw error;
  }
}

/** Waits for /ready; an engine that will not start is told with its own words, printed above. */
async function untilReady(bridge: RunningBridge): Promise<void> {
  const before = Date.now();
  while (!bridge.parts.engine.ready) {
    const { state, restarts, reason } = bridge.parts.engine.status;
    if (state === 'down' && restarts > 0) {
      // With 2 and 3 it refused its words or its source.
      const refused = /exit code [23]$/.test(reason ?? '');
      throw new CliError(
        refused ? 'the engine did not start' : (reason ?? 'the engine stopped'),
        refused ? EXIT.invalid : EXIT.aborted,
      );
    }
    if (Date.now() - before > READY_WITHIN_MS) {
      throw new CliError(
        `no engine after ${READY_WITHIN_MS / 1000} s: ${reason ?? state}`,
        EXIT.aborted,
      );
    }
    await new Promise((resume) => setTimeout(resume, POLL_MS));
  }
}

function startVite(bridgeUrl: string): ChildProcess {
  const vite = join(DESK_SOURCE, 'node_modules/vite/bin/vite.js');
  return spawn(process.execPath, [vite], {
    cwd: DESK_SOURCE,
    env: { ...process.env, WAVETANK_BRIDGE: bridgeUrl },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  await gone;
}

function untilSignal(): Promise<void> {
  return new Promise((stop) => {
    process.once('SIGINT', () => stop());
    process.once('SIGTERM', () => stop());
  });
}

async function desk(options: DeskOptions): Promise<void> {
  judgeWords(options);
  libraryOf(options.storm);
  if (!existsSync(DESK_DIST) && !options.dev) {
    throw new CliError('the desk is not built; run ./run-desk.sh --setup');
  }
  const stopped = untilSignal();
  const bridge = await open(options);
  let vite: ChildProcess | undefined;
  try {
    await Promise.race([untilReady(bridge), stopped]);
    if (bridge.parts.engine.ready) console.log(`chaos desk: ${bridge.url}`);
    if (options.dev) vite = startVite(bridge.url);
    await stopped;
  } finally {
    // The page's server goes first: it would report the loss of a bridge it proxies to.
    if (vite !== undefined) await ended(vite);
    await bridge.close();
  }
}

export function deskCommand(program: Command): void {
  program
    .command('desk')
    .description('start bridge and engine and serve the chaos desk')
    .option('--itch <file>', 'ITCH 5.0 file, plain or .gz (default: the synthetic market)')
    .option('--run <id or folder>', 'a recorded run, to be played')
    .addOption(several('--symbol <symbol...>', 'symbols analysed from the start'))
    .addOption(several('--storm <file...>', 'files of own storms'))
    .option('--from <place>', 'enter at a venue time HH:MM:SS[.f] or a sequence', place)
    .option('--until <place>', 'play to there, and stand', place)
    .option('--speed <x>', '0.1 to 1000, or max', speed, 1)
    .option('--seed <n>', 'run seed, and seed of the synthetic market', seed, '1')
    .option('--instruments <n>', 'instruments of the synthetic market', instruments, 1)
    .option('--port <n>', 'HTTP port, 0 = a free one', port, 8080)
    .option('--wire-port <n>', 'engine port; a free one when taken', port, 9090)
    .option('--engine <host:port>', 'join an engine started elsewhere', address)
    .addOption(
      several('--target <url or file...>', 'the bot under test: its base URL, or a target.yaml'),
    )
    .option('--host <address>', 'address to bind', '127.0.0.1')
    .option('--token <secret>', 'required when bound beyond this machine')
    .option('--runs <folder>', 'where runs are kept', RUNS_DIR)
    .option('--dev', 'serve the page by Vite, with hot reload')
    .addOption(
      new Option('--log-level <level>', 'what is logged on stderr')
        .choices(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
        .default('warn'),
    )
    .action(desk);
}
