// In: the page's address (?symbol=) and its token. Out: the desk, joined to the stream of the bridge.
// Small on purpose: the stream is on its way while the page that shows it is still being read.
import './first.ts';
import { Desk } from './model/desk.ts';
import { Publisher } from './model/publisher.ts';
import { readTheme, wearTheme } from './model/theme.ts';
import { Client } from './stream/client.ts';
import { takeToken } from './stream/rest.ts';
import './theme.css';

wearTheme(readTheme());

const desk = new Desk();
const publisher = new Publisher(desk);
desk.sight.changed = publisher.changed;
const client = new Client(desk, { token: takeToken(), changed: publisher.changed, follow });

function follow(symbol: string): void {
  const address = new URL(location.href);
  address.searchParams.set('symbol', symbol);
  history.replaceState(null, '', address);
  desk.follow(symbol);
  client.watch(symbol);
  publisher.changed();
}

const asked = new URL(location.href).searchParams.get('symbol') ?? '';
desk.symbol = asked.toUpperCase();
client.watch(desk.symbol);

const host = document.getElementById('desk');
if (host === null) throw new Error('index.html has no #desk');
const { drawPage } = await import('./page.tsx');
host.dataset.drawn = 'yes';
drawPage(host, { publisher, follow });
