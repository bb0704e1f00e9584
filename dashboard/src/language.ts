// In: what a browser calls its language. Out: the same, or the nearest name that Intl accepts.

const FALLBACK = 'en-US';

export function languageOf(given: string | undefined): string {
  const plain = (given ?? '').replace(/[@.].*$/, '').replaceAll('_', '-');
  for (const name of [given, plain]) if (name !== undefined && isTag(name)) return name;
  return FALLBACK;
}

function isTag(name: string): boolean {
  try {
    return Intl.getCanonicalLocales(name).length === 1;
  } catch {
    return false;
  }
}
