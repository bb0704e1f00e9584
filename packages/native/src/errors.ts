// In: what the addon throws, `CODE: detail`. Out: a typed error with a stable code, a title and the
// HTTP status that a server would answer. Knows no server.

interface Kind {
  status: number;
  title: string;
}

/** Every code the addon can throw. */
export const NATIVE_CODES: Readonly<Record<string, Kind>> = {
  ADDON_MISSING: { status: 500, title: 'The native addon is not built' },
  ADDON_MISMATCH: { status: 500, title: 'The native addon speaks another ABI' },
  NATIVE_PANIC: { status: 500, title: 'The native session failed' },
  SESSION_CLOSED: { status: 409, title: 'The session is closed' },
  CONFIG_INVALID: { status: 400, title: 'The session configuration is not valid' },
  CONTROL_INVALID: { status: 400, title: 'The request is not valid' },
  PHASE_WRONG: { status: 500, title: 'The session was called out of order' },
  FEED_NOT_FOUND: { status: 400, title: 'The source does not exist' },
  FEED_NOT_A_FILE: { status: 400, title: 'The source is not a file' },
  FEED_UNREADABLE: { status: 400, title: 'The source cannot be read' },
  FEED_EMPTY: { status: 400, title: 'The source is empty' },
  FEED_NOT_ITCH: { status: 400, title: 'The source is not ITCH 5.0' },
  FEED_TRUNCATED: { status: 400, title: 'The source is cut inside its first message' },
  FEED_GZIP_DAMAGED: { status: 400, title: 'The gzip data of the source is damaged' },
  FEED_ABI_MISMATCH: { status: 500, title: 'The ITCH parser was built from another schema' },
  SOURCE_EMPTY: { status: 400, title: 'The source holds no events' },
  SOURCE_ENDED: { status: 409, title: 'The source has ended' },
  SYMBOL_UNKNOWN: { status: 400, title: 'The symbol is not known' },
  SYMBOL_REQUIRED: { status: 400, title: 'A symbol is required' },
  WATCH_FULL: { status: 409, title: 'No further instrument can be watched' },
  STORM_BAD_SEVERITY: { status: 400, title: 'The severity is out of range' },
  STORM_BAD_DURATION: { status: 400, title: 'The duration is out of range' },
  STORM_BAD_PARAM: { status: 400, title: 'A storm parameter is out of range' },
  STORM_CONFLICT: { status: 409, title: 'A storm of this kind runs on this symbol' },
  STORM_NO_BASELINE: { status: 409, title: 'Less than a second of history on this symbol' },
  STORM_HALTED: { status: 409, title: 'Trading in this symbol is halted' },
  STORM_UNKNOWN: { status: 404, title: 'No such storm is running' },
  INTENTS_INVALID: { status: 500, title: 'The storm emitted malformed intents' },
  RUN_ACTIVE: { status: 409, title: 'A run is being recorded' },
  RUN_NONE: { status: 409, title: 'No run is being recorded' },
  LOG_FAILED: { status: 500, title: 'The run log cannot be written' },
  CHECKPOINT_INVALID: { status: 400, title: 'The checkpoint is damaged' },
  CHECKPOINT_FOREIGN: { status: 400, title: 'The checkpoint is of another build or source' },
  STORM_STATE_LARGE: { status: 500, title: 'A storm keeps more state than a checkpoint takes' },
  FILE_UNWRITABLE: { status: 500, title: 'The file cannot be written' },
  RISK_INVALID: { status: 400, title: 'The risk request is not valid' },
};

/** An error of the native side. */
export class NativeError extends Error {
  readonly code: string;
  readonly status: number;
  readonly title: string;

  constructor(code: string, detail: string, cause?: unknown) {
    super(detail, cause === undefined ? undefined : { cause });
    this.name = 'NativeError';
    this.code = code;
    const kind = NATIVE_CODES[code];
    this.status = kind?.status ?? 500;
    this.title = kind?.title ?? 'The native side failed';
  }
}

/** The typed form of anything the addon threw. */
export function nativeError(thrown: unknown): NativeError {
  if (thrown instanceof NativeError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const parts = /^([A-Z][A-Z_]+): (.*)$/s.exec(message);
  if (parts?.[1] !== undefined && parts[1] in NATIVE_CODES) {
    return new NativeError(parts[1], parts[2] ?? '', thrown);
  }
  return new NativeError('NATIVE_PANIC', message, thrown);
}
