// In: the state byte of a stock's trading action (ITCH 5.0, message H). Out: words where it may not trade.
// 0, as of a source without status messages, counts as trading.

const STOPPED: Record<string, string> = {
  H: 'halted',
  P: 'paused',
  Q: 'quotation only',
};

/** Empty while the instrument trades. */
export function stoppedWords(trading_state: number): string {
  const state = String.fromCharCode(trading_state);
  if (trading_state === 0 || state === 'T') return '';
  return STOPPED[state] ?? `not trading (${state})`;
}
