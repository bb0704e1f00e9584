// The stand-in bot against the real bridge: it trades what the stream shows, asks the gate first, and
// a crash of the market moves its equity.
import { startDemoTarget } from '@wavetank/target';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type LiveRig, listening, until } from './rig.ts';

async function traded(rig: LiveRig) {
  const target = await startDemoTarget({ bridge: rig.url, port: 0 });
  onTestFinished(() => target.close());
  await until(() => rig.parts.viewers.count === 1);
  return target;
}

/** A second of calm market at this price. */
function quote(rig: LiveRig, second: number, bid: number): void {
  rig.engine.book({ seq: second, ts_run_ns: second * 1e9 }, bid);
}

describe('demo-target', () => {
  it('trades behind the gate, and a crash costs it', async () => {
    const rig = await listening();
    rig.engine.answers['risk.check'] = () => ({ allowed: true, reason: 'accepted' });
    rig.engine.answers['risk.fill'] = () => ({});
    const target = await traded(rig);
    const seen = () => rig.engine.requests.filter(({ method }) => method === 'risk.fill').length;
    quote(rig, 1, 999_900);
    await until(() => seen() === 1);
    expect(target.state()).toMatchObject({ stand_in: true, symbol: 'AAPL', total_trades: 1 });
    const before = target.state().equity;
    for (let second = 2; second < 12; second++) {
      quote(rig, second, 999_900 - 1000 * second);
      await until(() => target.state().quotes === second);
      await until(() => !target.state().asking);
    }
    expect(target.state().equity).toBeLessThan(before - 100);
    expect(target.state().signals.map(({ signal }) => signal)).toContain('stop_out');
    const asked = rig.engine.requests.filter(({ method }) => method === 'risk.check');
    expect(asked.length).toBe(target.state().total_trades);
    expect(asked[0]?.params).toMatchObject({ symbol: 'AAPL', side: 'buy', price: 999_900 + 200 });
    const state = await (await fetch(`${target.url}/api/state`)).json();
    expect(state).toMatchObject({ currency: 'USD', equity: target.state().equity });
    expect((await fetch(`${target.url}/api/health`)).status).toBe(200);
    expect((await fetch(`${target.url}/x`)).status).toBe(404);
  });

  it('does not trade when the gate refuses or cannot be asked', async () => {
    const rig = await listening();
    rig.engine.answers['risk.check'] = () => ({ allowed: false, reason: 'latched' });
    const target = await traded(rig);
    quote(rig, 1, 999_900);
    await until(() => target.state().orders_refused === 1);
    delete rig.engine.answers['risk.check'];
    quote(rig, 2, 999_900);
    await until(() => target.state().orders_refused === 2);
    expect(target.state()).toMatchObject({ total_trades: 0, last_refusal: 'METHOD_UNKNOWN' });
  });
});
