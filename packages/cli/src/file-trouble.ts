// In: anything thrown. Out: in words, when the system refused a file: which, and why. Knows no command.

/** `path: no such file or directory`; undefined when it is no refusal of a file. */
export function fileTrouble(thrown: unknown): string | undefined {
  const { code, path, message } = (thrown ?? {}) as NodeJS.ErrnoException;
  if (typeof code !== 'string' || typeof path !== 'string') return undefined;
  const why = /^[A-Z0-9]+: ([^,]+)/.exec(message)?.[1] ?? message;
  return `${path}: ${why}`;
}
