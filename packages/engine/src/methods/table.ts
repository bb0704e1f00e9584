// Out: every method a client may call, by name. One file a noun.
import type { Engine } from '../engine.ts';
import type { Params } from '../params.ts';
import { previewMethods } from './preview.ts';
import { replayMethods } from './replay.ts';
import { riskMethods } from './risk.ts';
import { runMethods } from './run.ts';
import { statusMethods } from './status.ts';
import { stormMethods } from './storm.ts';

export type Method = (params: Params, client: object) => unknown;
export type Methods = Readonly<Record<string, Method>>;

export function methodTable(engine: Engine): Methods {
  return {
    ...statusMethods(engine),
    ...stormMethods(engine),
    ...previewMethods(engine),
    ...replayMethods(engine),
    ...runMethods(engine),
    ...riskMethods(engine),
  };
}
