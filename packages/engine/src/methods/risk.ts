// risk.check, fill, kill, start-of-day, reset, status: the risk gates, one a target. Answered at
// once; the gates themselves are native.
import type { Engine } from '../engine.ts';
import type { Methods } from './table.ts';

const VERBS = ['check', 'fill', 'cancel', 'kill', 'start-of-day', 'reset', 'status'] as const;

export function riskMethods(engine: Engine): Methods {
  const serve = (verb: string) => (params: object) =>
    engine.need().session.control(`risk.${verb}`, params);
  return Object.fromEntries(VERBS.map((verb) => [`risk.${verb}`, serve(verb)]));
}
