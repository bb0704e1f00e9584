// In: a file or standard input. Out: its trading status at the end as JSON or as a table: one line for each thing said
// of the market, one line for each symbol. Knows the words of ITCH for people, and no book.
import { openStatusWalk, type StatusState, type TradingStatus } from '@wavetank/native';
import { CliError } from './exit.ts';
import { nameOf, type SourceOptions, sourceOf } from './source.ts';
import { formatVenueTime } from './venue-time.ts';

const CHUNK_MESSAGES = 262_144;

/** Meanings of state letters, by type and field (NASDAQ TotalView-ITCH 5.0). */
const MEANINGS: Record<string, Record<string, string>> = {
  'S.event_code': {
    O: 'messages begin',
    S: 'system hours begin',
    Q: 'market hours begin',
    M: 'market hours ended',
    E: 'system hours ended',
    C: 'messages ended',
  },
  'H.trading_state': { T: 'trading', H: 'halted', P: 'paused', Q: 'quotation only' },
  'h.halt_action': { H: 'halted', T: 'trading' },
  'h.market_code': { Q: 'Nasdaq', B: 'BX', X: 'PSX' },
  'Y.reg_sho_action': { 0: 'no restriction', 1: 'restricted intraday', 2: 'restricted' },
  'N.interest_flag': { B: 'buyers', S: 'sellers', A: 'both', N: 'none' },
  'I.imbalance_direction': {
    B: 'buy',
    S: 'sell',
    N: 'none',
    O: 'too few orders',
    P: 'paused',
  },
  'L.participant_state': {
    A: 'active',
    E: 'excused',
    W: 'withdrawn',
    S: 'suspended',
    D: 'deleted',
  },
};

/** What each type is called in a line. */
const TITLES: Record<string, string> = {
  S: 'system',
  V: 'MWCB levels',
  W: 'MWCB breached',
  H: 'trading',
  h: 'operational',
  Y: 'Reg SHO',
  J: 'LULD collar',
  K: 'IPO',
  L: 'participant',
  I: 'imbalance',
  N: 'RPI',
  O: 'direct listing',
};

export function readStatus(file: string, options: SourceOptions): TradingStatus {
  const source = sourceOf(file);
  const path = 'path' in source ? source.path : null;
  const walk = openStatusWalk(path, options.framing, options.parser);
  while (walk.advance(CHUNK_MESSAGES));
  return walk.status();
}

function value(state: StatusState, field: string): string {
  const raw = state.fields[field] ?? '';
  const meaning = MEANINGS[`${state.type}.${field}`]?.[String(raw)];
  if (meaning !== undefined) return meaning;
  const price = /price|collar/.test(field) && typeof raw === 'number';
  return price ? `$${(raw / 10_000).toFixed(4)}` : String(raw);
}

/** One state in words: a leading letter or text stands alone, all else carries its name. */
export function stateLine(state: StatusState): string {
  const names = Object.keys(state.fields).filter(
    (name) => name !== 'reserved' && state.fields[name] !== '',
  );
  const word = (name: string, i: number): string => {
    const alone = i === 0 && typeof state.fields[name] === 'string' && !/^level/.test(name);
    return alone ? value(state, name) : `${name} ${value(state, name)}`;
  };
  return names.map(word).join(', ');
}

function symbolLines(status: TradingStatus, only: string | undefined): string[] {
  const lines: string[] = [];
  for (const { symbol, states } of status.symbols) {
    if (only !== undefined && symbol !== only) continue;
    const positions = states.filter((state) => state.type === 'L');
    for (const state of states) {
      if (state.type === 'R' || (state.type === 'L' && only === undefined)) continue;
      const title = TITLES[state.type] ?? state.name;
      lines.push(
        `${symbol.padEnd(8)} ${formatVenueTime(state.ts_ns)}  ${title.padEnd(14)} ${stateLine(state)}`,
      );
    }
    if (only === undefined && positions.length > 0) {
      lines.push(`${symbol.padEnd(8)} ${''.padEnd(18)}  participants   ${positions.length}`);
    }
  }
  return lines;
}

export function printStatus(
  file: string,
  options: SourceOptions & { json?: boolean; symbol?: string },
): void {
  const status = readStatus(file, options);
  const known = status.symbols.filter(
    ({ symbol }) => options.symbol === undefined || symbol === options.symbol,
  );
  if (options.symbol !== undefined && known.length === 0) {
    throw new CliError(`${nameOf(file)}: nothing is said of a symbol ${options.symbol}`);
  }
  if (options.json) {
    console.log(JSON.stringify({ file, market: status.market, symbols: known }));
    return;
  }
  for (const state of status.market) {
    const title = TITLES[state.type] ?? state.name;
    console.log(
      `${'market'.padEnd(8)} ${formatVenueTime(state.ts_ns)}  ${title.padEnd(14)} ${stateLine(state)}`,
    );
  }
  for (const line of symbolLines(status, options.symbol)) console.log(line);
}
