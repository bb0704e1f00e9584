// In: anything thrown while a request is served. Out: the error object of an Answer. One table of the
// engine's own codes; the native side brings its own.
import { NativeError } from '@wavetank/native';
import { StormFault } from '@wavetank/storms';

interface Kind {
  status: number;
  title: string;
}

/** Codes that the engine itself answers. */
export const ENGINE_CODES = {
  METHOD_UNKNOWN: { status: 404, title: 'No such method' },
  PARAM_INVALID: { status: 400, title: 'A parameter is not valid' },
  REQUEST_INVALID: { status: 400, title: 'The request is not valid' },
  SOURCE_NONE: { status: 409, title: 'No source is open' },
  SOURCE_OPENING: { status: 409, title: 'A source is being opened' },
  SOURCE_ENDED: { status: 409, title: 'The source has ended' },
  SPEED_INVALID: { status: 400, title: 'The speed is out of range' },
  STEP_INVALID: { status: 400, title: 'The step is not valid' },
  STEP_ACTIVE: { status: 409, title: 'A step is under way' },
  SEEK_ACTIVE: { status: 409, title: 'A seek is under way' },
  SEEK_OVERTAKEN: { status: 409, title: 'The source changed meanwhile' },
  SEEK_FAILED: { status: 500, title: 'The seek index could not be built' },
  SEEK_OUTSIDE: { status: 400, title: 'The place is outside the recorded run' },
  RUN_LOST: { status: 409, title: 'The run cannot go on' },
  RUN_UNPLAYABLE: { status: 409, title: 'The recorded run cannot be played' },
  RUN_PLAYBACK: { status: 409, title: 'A recorded run is being played' },
  RUN_ACTIVE: { status: 409, title: 'A run is being recorded' },
  STORM_UNKNOWN_KIND: { status: 400, title: 'No such kind of storm' },
  STORM_BAD_SEVERITY: { status: 400, title: 'The severity is out of range' },
  STORM_BAD_DURATION: { status: 400, title: 'The duration is out of range' },
  STORM_BAD_SEED: { status: 400, title: 'The seed is not valid' },
  STORM_BAD_PARAM: { status: 400, title: 'A storm parameter is not valid' },
  STORM_OTHER_CODE: { status: 409, title: 'The code of a storm is another one' },
  STORM_CODE_FAILED: { status: 422, title: "The storm's code failed" },
  PREVIEW_TOO_LARGE: { status: 409, title: 'The market is too large for a preview' },
  PREVIEW_SUPERSEDED: { status: 409, title: 'Another preview took its place' },
  PREVIEW_CANCELLED: { status: 409, title: 'The preview was cancelled' },
  PREVIEW_FAILED: { status: 500, title: 'The preview could not be computed' },
  SYMBOL_REQUIRED: { status: 400, title: 'A symbol is required' },
  ENGINE_FAILED: { status: 500, title: 'The engine failed' },
} as const satisfies { [code: string]: Kind };

export type EngineCode = keyof typeof ENGINE_CODES;

/** A request that cannot be served; nothing of it happened. */
export class EngineError extends Error {
  readonly code: EngineCode;

  constructor(code: EngineCode, detail: string) {
    super(detail);
    this.name = 'EngineError';
    this.code = code;
  }
}

/** The error object of an Answer. */
export interface AnswerError {
  status: number;
  code: string;
  title: string;
  detail: string;
}

/** What an Answer says of anything thrown. */
export function answerError(thrown: unknown): AnswerError {
  if (thrown instanceof EngineError) {
    return { ...ENGINE_CODES[thrown.code], code: thrown.code, detail: thrown.message };
  }
  if (thrown instanceof NativeError) {
    const { status, code, title, message } = thrown;
    return { status, code, title, detail: message };
  }
  if (thrown instanceof StormFault) {
    const { code, message: detail } = thrown;
    return { ...ENGINE_CODES.STORM_CODE_FAILED, code, detail };
  }
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return { ...ENGINE_CODES.ENGINE_FAILED, code: 'ENGINE_FAILED', detail };
}
