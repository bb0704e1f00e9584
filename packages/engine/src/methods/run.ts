// run.start, run.stop, run.seal: a recorded run's log. The bridge owns the folder's other files.
import type { Engine } from '../engine.ts';
import { EngineError } from '../errors.ts';
import { runClassOf } from '../frames.ts';
import { object, optionalText, text, texts } from '../params.ts';
import type { Methods } from './table.ts';

export function runMethods(engine: Engine): Methods {
  return {
    'run.start': async (params, client) => {
      const request = {
        run_id: text(params, 'run_id'),
        dir: text(params, 'dir'),
        symbols: texts(params, 'symbols'),
        log_source: params.log_source === true,
      };
      const named = optionalText(params, 'class') ?? (params.target === true ? 'D1' : 'D0');
      const runClass = runClassOf(named);
      if (runClass === undefined) {
        throw new EngineError('PARAM_INVALID', `class is "${named}", expected D0 or D1`);
      }
      engine.need();
      engine.needOwn();
      const answer = await engine.controls.at(() => {
        engine.loop.answerFirst();
        const begun = engine.recording.start(request, client);
        engine.runClass = runClass;
        return begun;
      });
      return { ...answer, class: named, speed: engine.pacer.speed };
    },
    'run.stop': (params) => {
      const cause = optionalText(params, 'cause') ?? 'request';
      engine.need();
      return engine.controls.at(() => {
        engine.loop.answerFirst();
        return engine.recording.stop(cause);
      });
    },
    'run.adopt': (params, client) => engine.recording.adopt(text(params, 'run_id'), client),
    'run.seal': (params) => engine.recording.seal(object(params, 'digests') ?? {}),
  };
}
