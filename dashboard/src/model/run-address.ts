// In: the page's address. Out: the run it shows, and the one beside it: ?run=ID&with=ID. A link that is
// copied opens the same comparison elsewhere.

export interface RunAddress {
  id: string;
  /** The run it is compared with. */
  with: string | null;
}

const ID = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z$/;

const idOf = (query: URLSearchParams, name: string): string | null => {
  const value = query.get(name);
  return value !== null && ID.test(value) ? value : null;
};

export function readRunAddress(address: URL): RunAddress | null {
  const id = idOf(address.searchParams, 'run');
  return id === null ? null : { id, with: idOf(address.searchParams, 'with') };
}

/** The address with the run in it, or without any. */
export function writeRunAddress(address: URL, shown: RunAddress | null): URL {
  const next = new URL(address);
  for (const name of ['run', 'with']) next.searchParams.delete(name);
  if (shown !== null) next.searchParams.set('run', shown.id);
  if (shown !== null && shown.with !== null) next.searchParams.set('with', shown.with);
  return next;
}
