// The exit codes of the command line, one table; and errors that carry one. A scenario's result brings
// its own, which fit in here: 3 and 5 are its alone.

export const EXIT = {
  ok: 0,
  /** What was asked is false: rows differ, a check failed. */
  failed: 1,
  /** Bad usage or bad input; nothing was done. */
  invalid: 2,
  /** The run or the engine could not go on. */
  aborted: 4,
  /** Two implementations, or a digest and its expectation, disagree. */
  digestMismatch: 6,
  interrupted: 130,
} as const;

/** An error whose message is for a person; the process ends with its exit code. */
export class CliError extends Error {
  readonly exit: number;
  constructor(message: string, exit: number = EXIT.invalid) {
    super(message);
    this.name = 'CliError';
    this.exit = exit;
  }
}
