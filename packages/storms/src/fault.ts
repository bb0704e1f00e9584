// What can be wrong with a storm's code, by name. Thrown before anything of it takes effect.

/** Codes of storm files and of storms whose code misbehaves. */
export type StormFaultCode =
  /** No such file. */
  | 'STORM_FILE_MISSING'
  /** It imports something else than the kit and files beside it. */
  | 'STORM_FILE_IMPORT'
  /** It cannot be parsed, or throws as it is loaded. */
  | 'STORM_FILE_THROWS'
  /** What it exports is no storm. */
  | 'STORM_FILE_EXPORT'
  /** Another kind has this name or its number. */
  | 'STORM_NAME_TAKEN'
  /** `init` or `step` threw. */
  | 'STORM_THROWS'
  /** State that is not whole numbers, or larger than 64 KiB. */
  | 'STORM_STATE'
  /** An intent that is none, or too many of them. */
  | 'STORM_INTENT';

export class StormFault extends Error {
  readonly code: StormFaultCode;

  constructor(code: StormFaultCode, message: string) {
    super(message);
    this.name = 'StormFault';
    this.code = code;
  }
}
