// The column of numbers that a glance needs. Each is one that the engine measured or this page counted.
import { digestHex, hashHex, Stage } from '@wavetank/abi';
import type { Desk } from '../model/desk.ts';
import { bps, bpsText, countText, dollarText, nsText, shortCount } from '../model/format.ts';
import { className, runClass } from '../model/source.ts';
import css from './kpis.module.css';
import { Live } from './live.tsx';

const NONE = '–';

const mid = ({ tick }: Desk): string =>
  tick === null || tick.mid_x2 === 0 ? NONE : dollarText(tick.mid_x2 / 20_000, tick.tick_size);

function spread({ tick }: Desk): string {
  if (tick === null || tick.best_bid === 0 || tick.best_ask === 0) return NONE;
  if (tick.best_bid > tick.best_ask) return 'crossed';
  if (tick.best_bid === tick.best_ask) return 'locked';
  const ticks = tick.spread / Math.max(1, tick.tick_size);
  return `${shortCount(ticks)} ${ticks === 1 ? 'tick' : 'ticks'}`;
}

function spreadBps({ tick }: Desk): string {
  if (tick === null || tick.best_bid === 0 || tick.best_ask <= tick.best_bid) return '';
  return bpsText(bps(tick.spread, tick.mid_x2 / 2));
}

const bidDepth = ({ tick }: Desk): string => (tick === null ? NONE : shortCount(tick.bid_depth));
const askDepth = ({ tick }: Desk): string => (tick === null ? NONE : shortCount(tick.ask_depth));
const rate = ({ lat }: Desk): string => (lat === null ? NONE : countText(lat.events_per_s));

function applied(which: 'p50_ns' | 'p99_ns') {
  return ({ lat }: Desk): string => {
    const stage = lat?.stages.find((candidate) => candidate.stage === Stage.Apply);
    return stage === undefined || stage.count === 0 ? NONE : nsText(stage[which]);
  };
}
const p50 = applied('p50_ns');
const p99 = applied('p99_ns');

const dropped = ({ tape }: Desk): string => countText(tape.dropped);
const conflated = ({ heartbeat, skipped }: Desk): string =>
  countText((heartbeat?.conflated ?? Number.NaN) + skipped);
const lag = ({ heartbeat }: Desk): string => nsText(heartbeat?.lag_ns ?? Number.NaN);
const events = ({ heartbeat }: Desk): string => countText(heartbeat?.events ?? Number.NaN);
const orders = ({ heartbeat }: Desk): string => countText(heartbeat?.live_orders ?? Number.NaN);
const volume = ({ tick }: Desk): string => shortCount(tick?.volume ?? Number.NaN);
const rejected = ({ heartbeat }: Desk): string => countText(heartbeat?.rejected ?? Number.NaN);
const runDigest = ({ heartbeat }: Desk): string =>
  heartbeat === null ? NONE : hashHex(heartbeat.run_digest);
const classOf = (desk: Desk): string => className(runClass(desk));
const marketDigest = ({ tick }: Desk): string =>
  tick === null ? NONE : digestHex(tick.market_digest);

export function Kpis() {
  return (
    <dl className={css.kpis} aria-label="Key figures">
      <div>
        <dt>Mid</dt>
        <dd className={css.main}>
          <Live read={mid} />
        </dd>
      </div>
      <div>
        <dt>Spread</dt>
        <dd>
          <Live read={spread} /> <Live className={css.sub} read={spreadBps} />
        </dd>
      </div>
      <div>
        <dt>Depth, ten levels</dt>
        <dd>
          <Live className={css.bid} read={bidDepth} /> <span className={css.sub}>bid</span>{' '}
          <Live className={css.ask} read={askDepth} /> <span className={css.sub}>ask</span>
        </dd>
      </div>
      <div>
        <dt title="All instruments, in the last second of wall time">Engine events/s</dt>
        <dd>
          <Live read={rate} />
        </dd>
      </div>
      <div>
        <dt title="One event through resolve and book">Apply p50 / p99</dt>
        <dd>
          <Live read={p50} /> <span className={css.sub}>/</span> <Live read={p99} />
        </dd>
      </div>
      <div>
        <dt title="Virtual time behind wall time">Lag</dt>
        <dd>
          <Live read={lag} />
        </dd>
      </div>
      <div>
        <dt title="Prints this page did not get; frames that newer ones replaced, in the engine or on the way">
          Prints lost · conflated
        </dt>
        <dd>
          <Live read={dropped} /> <span className={css.sub}>·</span> <Live read={conflated} />
        </dd>
      </div>
      <div>
        <dt>Volume</dt>
        <dd>
          <Live read={volume} /> <span className={css.sub}>shares</span>
        </dd>
      </div>
      <div>
        <dt>Live orders</dt>
        <dd>
          <Live read={orders} />
        </dd>
      </div>
      <div>
        <dt>Events · rejected</dt>
        <dd>
          <Live read={events} /> <span className={css.sub}>·</span>{' '}
          <Live className={css.sub} read={rejected} />
        </dd>
      </div>
      <div>
        <dt>
          Run digest · class <Live read={classOf} />
        </dt>
        <dd className={css.digest}>
          <Live read={runDigest} />
        </dd>
      </div>
      <div>
        <dt>Market digest</dt>
        <dd className={css.digest}>
          <Live read={marketDigest} />
        </dd>
      </div>
    </dl>
  );
}
