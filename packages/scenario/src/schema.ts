// The shape of a scenario as a JSON Schema. In: nothing. Out: the schema that the reader judges by and
// that docs/scenario.schema.json publishes. Rules that join several keys are in rules.ts.
import { type Static, type TProperties, Type } from 'typebox';

const strict = <P extends TProperties>(properties: P, description: string) =>
  Type.Object(properties, { additionalProperties: false, description });

const seed = (description: string) => Type.String({ pattern: '^[0-9]{1,20}$', description });
const whole = (minimum: number, maximum: number, description: string) =>
  Type.Integer({ minimum, maximum, description });
const symbol = (description: string) =>
  Type.String({ pattern: '^[A-Z0-9.+=^*#-]{1,8}$', description });
const venueTime = (description: string) =>
  Type.String({ pattern: '^[0-9]{2}:[0-5][0-9]:[0-5][0-9]([.][0-9]{1,3})?$', description });
const assertions = (description: string) =>
  Type.Array(Type.String({ maxLength: 120 }), { maxItems: 64, description });

const U32_MAX = 0xffff_ffff;
const DAY_MS = 86_400_000;

const synthetic = strict(
  {
    instruments: Type.Optional(whole(1, 1000, 'how many; default 1')),
    seed: Type.Optional(seed('of the market; default: the seed of the scenario')),
    events_per_s: Type.Optional(whole(1, 1_000_000, 'of the first instrument')),
    base_price: Type.Optional(whole(1, U32_MAX, '1/10000 dollar')),
    tick_size: Type.Optional(whole(1, 1_000_000, '1/10000 dollar')),
    live_orders: Type.Optional(whole(1, 1_000_000, 'resting orders of an instrument')),
    halts_per_hour: Type.Optional(whole(0, 3600, 'trading halts')),
  },
  'the seeded market; what is left out has the default of the generator',
);

const source = strict(
  {
    itch: Type.Optional(
      Type.String({ minLength: 1, description: 'ITCH 5.0 file, beside the scenario file' }),
    ),
    synthetic: Type.Optional(synthetic),
    framing: Type.Optional(
      Type.Enum(['auto', 'binaryfile', 'raw'], { description: 'one of auto, binaryfile, raw' }),
    ),
    symbol: Type.Optional(symbol('of storms and measures that name none; SYN001 if synthetic')),
    from: Type.Optional(
      venueTime('where the run begins, HH:MM:SS[.mmm]; default: the source’s start'),
    ),
  },
  'where the market comes from: itch or synthetic',
);

const clock = strict(
  {
    speed: Type.Optional(
      Type.Union([Type.Literal('max'), Type.Number({ minimum: 0.1, maximum: 1000 })], {
        description: '0.1 to 1000, or max; default max, with a target 1',
      }),
    ),
    duration_ms: Type.Optional(whole(1, DAY_MS, 'virtual, from the beginning of the run')),
    until: Type.Optional(venueTime('where the run ends, HH:MM:SS[.mmm]')),
  },
  'pace and length; neither duration_ms nor until: to the end of the file',
);

const storm = strict(
  {
    kind: Type.String({ minLength: 1, maxLength: 64, description: 'name of a kind of storm' }),
    severity: Type.Number({ minimum: 0, maximum: 1, description: '0 to 1' }),
    duration_ms: whole(5_000, 120_000, 'virtual, 5000 to 120000'),
    seed: Type.Optional(seed('default: derived from the scenario’s and the order of starts')),
    symbol: Type.Optional(symbol('default: that of the source')),
    params: Type.Optional(
      Type.Record(Type.String({ pattern: '^[a-z][a-z0-9_]{0,63}$' }), Type.Integer(), {
        description: 'parameters of the kind, see docs/storms.md',
      }),
    ),
  },
  'a storm as POST /storm/start takes it',
);

const phase = strict(
  {
    at_ms: whole(1, DAY_MS, 'virtual, from the beginning of the run'),
    storm,
    ramp_ms: Type.Optional(whole(0, 120_000, 'severity grows in a line from 0 over this time')),
  },
  'one storm and its moment',
);

export const scenarioSchema = Type.Object(
  {
    name: Type.String({
      pattern: '^[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}$',
      description: 'what it is called',
    }),
    description: Type.Optional(Type.String({ maxLength: 1000, description: 'for people' })),
    seed: Type.Optional(seed('decimal text, an unsigned 64-bit number; default "1"')),
    source,
    clock: Type.Optional(clock),
    recovery_half_life_ms: Type.Optional(
      whole(50, 60_000, 'of what storms displace, where a storm names none; default 800'),
    ),
    target: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'a target file, beside the scenario file, or a URL',
      }),
    ),
    storms: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), {
        maxItems: 64,
        description: 'files of own storms, beside the scenario file',
      }),
    ),
    phases: Type.Optional(Type.Array(phase, { maxItems: 256, description: 'storms, in parallel' })),
    steady_state: Type.Optional(assertions('must hold from the beginning until the first storm')),
    expect: Type.Optional(assertions('must hold over the whole run, judged at its end')),
    abort_if: Type.Optional(
      assertions('judged each virtual second; the first that holds ends the run'),
    ),
    expect_run_digest: Type.Optional(
      Type.String({ pattern: '^[0-9a-f]{16}$', description: 'run digest at the end' }),
    ),
  },
  {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Wavetank scenario',
    description: 'See docs/scenarios.md.',
    additionalProperties: false,
  },
);

/** A scenario as its file writes it. */
export type ScenarioText = Static<typeof scenarioSchema>;
export type SyntheticText = Static<typeof synthetic>;
