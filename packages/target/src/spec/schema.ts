// The shape of target.yaml as a JSON Schema. In: nothing. Out: one schema that the loader judges by
// and the bridge publishes. A key may name the rule that refuses its value as `x-rule`; rules that
// join several keys are in rules.ts.
import { type TProperties, type TSchema, Type } from 'typebox';

const strict = <P extends TProperties>(properties: P, description: string) =>
  Type.Object(properties, { additionalProperties: false, description });

const url = (description: string) =>
  Type.String({ pattern: '^https?://[^\\s]+$', maxLength: 512, description });

const limit = (description: string) =>
  Type.Union([Type.Number({ minimum: 0 }), Type.Null()], {
    description: `${description}; null = not judged`,
  });

export const LATENCY_CLASSES = ['hft', 'mid', 'low', 'eod', 'event'] as const;
export const RUNTIMES = ['native', 'jvm', 'dotnet', 'go', 'node', 'python', 'ruby', 'php'] as const;

const choice = <T extends string>(values: readonly T[], description: string) =>
  Type.Union(
    values.map((value) => Type.Literal(value)),
    { description },
  );

export const thresholdsSchema = strict(
  {
    damaged: Type.Number({ exclusiveMinimum: 0, description: 'a larger loss damages' }),
    killed: Type.Number({ exclusiveMinimum: 0, description: 'a larger loss kills' }),
    unit: Type.Optional(
      choice(['absolute', 'share'], 'money, or a share of the start equity; default absolute'),
    ),
  },
  'losses that decide the verdict',
);

export const sloSchema = strict(
  {
    offline_ms: Type.Optional(limit('longest time that it could not be reached')),
    answer_ms_p99: Type.Optional(limit('99th percentile of the time to answer a poll')),
    reaction_ms: Type.Optional(limit('storm start to first reaction')),
    recovery_ms: Type.Optional(limit('storm end until its equity is steady again')),
    staleness_ms: Type.Optional(limit('age of the market that it says it has seen')),
    tick_to_trade_us_p99: Type.Optional(limit('99th percentile that it reports of itself')),
  },
  'service levels; what is left out comes from the latency class',
);

export const targetSchema = strict(
  {
    name: Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}$', description: 'unique' }),
    url: Type.Optional(url('base of /api/state and /api/health')),
    state_url: Type.Optional(url('answers JSON with the equity; instead of url')),
    health_url: Type.Optional(url('answers 200; instead of url')),
    poll_ms: Type.Optional(
      Type.Integer({ minimum: 50, maximum: 60_000, description: 'wall time between polls' }),
    ),
    currency: Type.Optional(
      Type.String({ pattern: '^[A-Z]{3,5}$', description: 'where its state names none' }),
    ),
    thresholds: Type.Optional(thresholdsSchema),
    latency_class: Type.Optional(choice(LATENCY_CLASSES, 'decides the service levels')),
    runtime: Type.Optional(choice(RUNTIMES, 'what it runs on')),
    needs_numa_pinning: Type.Optional(
      Type.Boolean({ description: 'its threads are pinned; hft must say true' }),
    ),
    expected_p99_tick_to_trade_us: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 1000,
        'x-rule': 'EXPECTED_P99_RANGE',
        description: 'what hft promises',
      }),
    ),
    slo: Type.Optional(sloSchema),
    clock: Type.Optional(
      choice(['wall', 'feed'], 'wall: speed must be 1; feed: it lives by the stamps of /feed'),
    ),
  },
  'one target',
);

/** A file is one target, or `targets:` with a list of them. */
export const targetFileSchema: TSchema = Type.Union(
  [
    targetSchema,
    strict(
      { targets: Type.Array(targetSchema, { minItems: 1, maxItems: 8 }) },
      'several targets of one run',
    ),
  ],
  {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Wavetank target file',
  },
);
