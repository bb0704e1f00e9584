// Scenario files: schema, plan, measures, assertions, reports. Pure: no disk, no clock, no engine.
export type { Value } from './assertion.ts';
export { Gauge } from './gauge.ts';
export { type Judged, judgeAll, known, type Measured, type RunFigures } from './judge.ts';
export { MEASURES, VERDICTS } from './measures.ts';
export { parseScenario, ScenarioError } from './parse.ts';
export { planLines, planOf } from './plan.ts';
export { type Ending, type RunFacts, reportOf, type ScenarioReport } from './report.ts';
export { reportJunit, reportLines, reportMarkdown } from './report-text.ts';
export type { KindInfo, Scenario } from './scenario.ts';
export { scenarioSchema } from './schema.ts';
export { StormTrack } from './storm-track.ts';
export { venueText } from './venue-time.ts';
