// In: what a person typed. Out: symbols of the open source that begin so, asked of the bridge.
import { get } from './rest.ts';

interface SymbolsAnswer {
  symbols: string[];
  /** How many begin so, beyond those listed. */
  total: number;
}

const LIMIT = 12;

export async function findSymbols(query: string, signal?: AbortSignal): Promise<string[]> {
  const parameters = new URLSearchParams({ query, limit: String(LIMIT) });
  const answer = await get<SymbolsAnswer>(`/symbols?${parameters}`, signal);
  return answer.symbols;
}
