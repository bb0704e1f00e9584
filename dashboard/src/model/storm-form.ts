// In: the kinds a bridge offers and the fields of a form. Out: the storm that a person asked for.
import type { StormRequest } from './preview.ts';

export interface Parameter {
  name: string;
  unit: string;
  min: number;
  max: number;
  default: number;
  doc: string;
}

export interface Kind {
  name: string;
  imitates: string;
  params: Parameter[];
}

/** `recovery_half_life_ms` in ms → `Half life, ms`: the last words say what it is. */
export function shortName({ name, unit }: Parameter): string {
  const words = name
    .replace(new RegExp(`_${unit}$`), '')
    .split('_')
    .slice(-2)
    .join(' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}, ${unit}`;
}

/** Only what a person filled in; the engine's defaults stay the engine's. */
export function requestOf(fields: FormData, kind: Kind, severity: number): StormRequest {
  const text = (name: string): string => String(fields.get(name) ?? '').trim();
  const params: Record<string, number> = {};
  for (const { name } of kind.params) if (text(name) !== '') params[name] = Number(text(name));
  return {
    kind: kind.name,
    severity,
    duration_ms: Math.round(Number(text('duration')) * 1000),
    ...(text('seed') === '' ? {} : { seed: text('seed') }),
    ...(text('symbol') === '' ? {} : { symbol: text('symbol').toUpperCase() }),
    ...(text('note') === '' ? {} : { note: text('note') }),
    ...(Object.keys(params).length === 0 ? {} : { params }),
  };
}
