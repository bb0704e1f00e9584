// status, symbols, watch, feed: what runs, what it knows, what viewers look at and targets take.
import { enumName, RunClass } from '@wavetank/abi';
import type { Engine } from '../engine.ts';
import { transportName } from '../frames.ts';
import { flag, optionalText, optionalWhole, texts } from '../params.ts';
import type { Methods } from './table.ts';

export function statusMethods(engine: Engine): Methods {
  return {
    status: () => ({
      transport: transportName(engine.transport),
      speed: engine.pacer.speed,
      epoch: engine.epoch,
      class: enumName(RunClass, engine.runClass),
      clients: engine.wire.clients,
      engine_pid: process.pid,
      slipped_ms: Math.round(engine.loop.slippedNs / 1e6),
      stalls: engine.loop.stalls,
      last_actor: engine.lastActor ?? null,
      checkpoints: engine.timeline?.checkpoints?.facts ?? null,
      ...(engine.timeline?.status() ?? { source: null }),
    }),
    symbols: (params) => {
      const query = optionalText(params, 'query');
      const limit = optionalWhole(params, 'limit', 1, 100_000);
      const ask = { ...(query && { query }), ...(limit && { limit }) };
      return engine.need().session.control('symbols', ask);
    },
    'feed.subscribe': (params) => {
      const again = texts(params, 'again');
      const ask = { symbols: texts(params, 'symbols'), again };
      const answer = engine.need().session.control<object>('feed.subscribe', ask);
      engine.loop.wake();
      return answer;
    },
    'feed.hold': (params, client) => {
      const held = flag(params, 'held');
      engine.wire.holdFeed(client, held);
      engine.loop.wake();
      return { held };
    },
    watch: (params) => {
      const symbols = texts(params, 'symbols');
      return engine.controls.at(() => engine.need().session.control('watch', { symbols }));
    },
  };
}
