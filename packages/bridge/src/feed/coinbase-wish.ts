// In: a message of a Coinbase Exchange client. Out: what it subscribes to, every channel with its
// products; or an error in words. Credentials that a client sends are not looked at.
import { symbolOf } from './coinbase-messages.ts';

export interface Wish {
  subscribe: boolean;
  channels: { name: string; product_ids: string[] }[];
}

/** Names that clients use for a channel. */
const CHANNELS: ReadonlyMap<string, string> = new Map([
  ['level2', 'level2'],
  ['level2_batch', 'level2'],
  ['matches', 'matches'],
  ['full', 'full'],
  ['ticker', 'ticker'],
  ['heartbeat', 'heartbeat'],
]);
const PRODUCTS_MAX = 16;

export function readSubscription(text: string): Wish {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('the message is not JSON');
  }
  const { type, channels, product_ids } = (value ?? {}) as { [key: string]: unknown };
  if (type !== 'subscribe' && type !== 'unsubscribe') {
    throw new Error('type is not subscribe or unsubscribe');
  }
  if (!Array.isArray(channels) || channels.length === 0) throw new Error('no channels provided');
  const common = products(product_ids ?? []);
  const subscribe = type === 'subscribe';
  return { subscribe, channels: channels.map((one) => channel(one, common, subscribe)) };
}

function channel(one: unknown, common: string[], subscribe: boolean): Wish['channels'][number] {
  const own = typeof one === 'object' && one !== null ? (one as { [key: string]: unknown }) : {};
  const said = typeof one === 'string' ? one : own.name;
  const name = CHANNELS.get(String(said));
  if (name === undefined) throw new Error(`${JSON.stringify(said)} is not a channel of this feed`);
  const product_ids = [...new Set([...common, ...products(own.product_ids ?? [])])];
  if (subscribe && product_ids.length === 0) throw new Error(`no product_ids for ${name}`);
  return { name, product_ids };
}

function products(value: unknown): string[] {
  if (!Array.isArray(value) || value.length > PRODUCTS_MAX) {
    throw new Error(`product_ids is not a list of at most ${PRODUCTS_MAX}`);
  }
  for (const id of value) {
    const symbol = typeof id === 'string' ? symbolOf(id) : undefined;
    if (symbol === undefined || !/^[!-~]{1,8}$/.test(symbol)) {
      throw new Error(`${JSON.stringify(id)} is not a valid product`);
    }
  }
  return value as string[];
}
