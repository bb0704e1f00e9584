// storm.preview, storm.preview.cancel: what a storm that starts now would do. It is judged as one that
// is started, and changes nothing.
import type { Engine } from '../engine.ts';
import { optionalText, text } from '../params.ts';
import { judgedStorm } from './storm.ts';
import type { Methods } from './table.ts';

export function previewMethods(engine: Engine): Methods {
  return {
    'storm.preview': (params) => {
      engine.needOwn();
      return engine.previewer.of(judgedStorm(engine, params), optionalText(params, 'ticket'));
    },
    'storm.preview.cancel': (params) => ({
      cancelled: engine.previewer.cancel(text(params, 'ticket')),
    }),
  };
}
