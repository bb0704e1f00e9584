// In: a bridge. Out: the symbol to trade where none was named, once the bridge knows one.

const AGAIN_MS = 250;

/** An empty text when it was closed before. */
export async function firstSymbol(
  bridge: string,
  token: string | undefined,
  closing: AbortSignal,
): Promise<string> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  while (!closing.aborted) {
    const found = await ask(new URL('/status', bridge), { headers, signal: closing });
    if (found !== undefined) return found;
    await new Promise((resume) => setTimeout(resume, AGAIN_MS));
  }
  return '';
}

/** A bridge that is not there yet, refuses, or has no source, is asked again. */
async function ask(url: URL, how: RequestInit): Promise<string | undefined> {
  try {
    const answer = await fetch(url, how);
    const { session } = (await answer.json()) as { session?: { watched?: string[] } | null };
    return session?.watched?.[0];
  } catch {
    return undefined;
  }
}
