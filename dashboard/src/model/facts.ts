// In: the desk. Out: what each kind of panel is drawn from: the source, how many samples, how many lost.
import type { Desk } from './desk.ts';
import { countText } from './format.ts';
import { COLUMN } from './series.ts';
import { sourceWords } from './source.ts';

export type Facts = (desk: Desk) => string;

/** Ticks: charts, strips and figures. */
export const tickFacts: Facts = (desk) =>
  joined(
    desk,
    `${countText(desk.received.ticks)} ticks seen, ${countText(inSight(desk))} samples in sight`,
    framesLost(desk),
  );

export const bookFacts: Facts = (desk) =>
  joined(desk, `${countText(desk.received.books)} books seen`, framesLost(desk));

export const printFacts: Facts = (desk) =>
  joined(desk, `${countText(desk.tape.total)} prints seen`, `${countText(desk.tape.dropped)} lost`);

export const flagFacts: Facts = (desk) =>
  joined(
    desk,
    `${countText(desk.storms.all.length)} storms and ${countText(desk.flags.length)} flags`,
    'none is ever dropped',
  );

export function latencyFacts(desk: Desk): string {
  const batches = desk.lat?.stages.reduce((sum, stage) => sum + stage.count, 0) ?? 0;
  const events = `${countText(desk.lat?.events_per_s ?? Number.NaN)} events/s`;
  return joined(desk, `${countText(batches)} timed batches in the last second`, events);
}

const joined = (desk: Desk, ...parts: string[]): string =>
  [sourceWords(desk), ...parts].join(' · ');

/** Conflated is by intent: newer ones took their place. Lost are holes in what was sent. */
function framesLost({ heartbeat, skipped, received }: Desk): string {
  const conflated = countText((heartbeat?.conflated ?? 0) + skipped);
  return `${conflated} frames conflated, ${countText(received.holes)} holes`;
}

function inSight({ track, span }: Desk): number {
  return track.lowerBound(COLUMN.t_s, span.to_s) - track.lowerBound(COLUMN.t_s, span.from_s);
}
