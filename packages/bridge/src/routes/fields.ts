// Schemas that several routes share. A property may name the code of its refusal as `x-code`.
import { PRICE_MAX, QTY_MAX, STORM_DURATION_MAX_MS, STORM_DURATION_MIN_MS } from '@wavetank/abi';
import { type TProperties, Type } from 'typebox';

/** An object that has these keys and no others. */
export const strict = <P extends TProperties>(properties: P, description?: string) =>
  Type.Object(properties, {
    additionalProperties: false,
    ...(description === undefined ? {} : { description }),
  });

export const symbol = Type.String({
  pattern: '^[!-~]{1,8}$',
  description: 'symbol of an instrument, as the directory has it',
});
export const who = Type.Optional(
  Type.String({ minLength: 1, maxLength: 64, description: 'who asks, shown to all' }),
);
export const note = Type.Optional(Type.String({ maxLength: 500, description: 'free text, kept' }));
export const orderId = Type.String({
  pattern: '^\\d{1,20}$',
  description: 'unsigned 64-bit decimal',
});
export const price = Type.Integer({
  minimum: 0,
  maximum: PRICE_MAX,
  description: '1/10000 dollar',
});
export const qty = Type.Integer({ minimum: 0, maximum: QTY_MAX, description: 'shares' });

export const severity = Type.Number({
  minimum: 0,
  maximum: 1,
  'x-code': 'STORM_BAD_SEVERITY',
  description: 'rounded to 10⁻⁶ and echoed; 0 changes nothing',
});
export const duration = Type.Integer({
  minimum: STORM_DURATION_MIN_MS,
  maximum: STORM_DURATION_MAX_MS,
  'x-code': 'STORM_BAD_DURATION',
  description: 'virtual ms',
});
export const seed = Type.String({
  pattern: '^\\d{1,20}$',
  'x-code': 'STORM_BAD_SEED',
  description: 'unsigned 64-bit decimal',
});
export const kind = Type.String({
  pattern: '^[A-Za-z][A-Za-z0-9_]{0,31}$',
  'x-code': 'STORM_UNKNOWN_KIND',
  description: 'see /storm/kinds',
});

/** Answers whose shape is the engine's. */
export const engineAnswer = Type.Object({}, { description: 'as the engine answers' });

export const problem = Type.Object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String(),
    detail: Type.String(),
    errors: Type.Optional(
      Type.Array(Type.Object({ where: Type.String(), expected: Type.String() })),
    ),
  },
  { description: 'problem+json (RFC 9457) with a stable code' },
);

export const refused = { '4xx': problem, '5xx': problem } as const;
