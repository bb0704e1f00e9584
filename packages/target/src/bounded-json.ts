// In: text that a stranger wrote. Out: its JSON value, if it is JSON, not deeper than a limit.
// The depth is judged before parsing, so a hostile text costs one pass over its characters.

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | JsonValue[]
  | { [key: string]: JsonValue };

export const JSON_DEPTH_MAX = 32;

export class JsonRefused extends Error {
  readonly code: 'TARGET_JSON' | 'TARGET_JSON_DEPTH';
  constructor(code: JsonRefused['code'], message: string) {
    super(message);
    this.name = 'JsonRefused';
    this.code = code;
  }
}

export function parseBounded(text: string, depthMax: number = JSON_DEPTH_MAX): JsonValue {
  if (deeperThan(text, depthMax)) {
    throw new JsonRefused('TARGET_JSON_DEPTH', `JSON nested deeper than ${depthMax}`);
  }
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    throw new JsonRefused('TARGET_JSON', 'body is not JSON');
  }
}

function deeperThan(text: string, depthMax: number): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (quoted) {
      if (c === 0x5c) at++;
      else if (c === 0x22) quoted = false;
    } else if (c === 0x22) quoted = true;
    else if (c === 0x5b || c === 0x7b) {
      if (++depth > depthMax) return true;
    } else if (c === 0x5d || c === 0x7d) depth--;
  }
  return false;
}
