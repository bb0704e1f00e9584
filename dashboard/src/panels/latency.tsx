// In: the newest latency frame. Out: what each stage of the pipeline costs an event, as measured.
import { enumName, Stage } from '@wavetank/abi';
import { useDesk } from '../desk-context.ts';
import type { Desk } from '../model/desk.ts';
import { latencyFacts } from '../model/facts.ts';
import { countText, nsText } from '../model/format.ts';
import css from './latency.module.css';
import { Live } from './live.tsx';
import { Panel } from './panel.tsx';

const clockWords = ({ lat }: Desk): string =>
  lat === null
    ? ''
    : `clock step ${nsText(lat.clock_step_ns)}, cost ${nsText(lat.clock_cost_ns)} subtracted`;

const STAGES = Object.values(Stage);

export function Latency() {
  const lat = useDesk((desk) => desk.lat);
  return (
    <Panel title="Pipeline" aside={<Live read={clockWords} />} facts={latencyFacts}>
      {lat === null ? (
        <p className={css.empty}>No measurement yet</p>
      ) : (
        <table className={css.table}>
          <caption className="visually-hidden">Latency of each stage for one event</caption>
          <thead>
            <tr>
              <th scope="col">per event</th>
              <th scope="col">p50</th>
              <th scope="col">p99</th>
              <th scope="col">max</th>
              <th scope="col">batches</th>
            </tr>
          </thead>
          <tbody>
            {STAGES.map((number) => {
              const stage = lat.stages.find((candidate) => candidate.stage === number);
              const isMeasured = stage !== undefined && stage.count > 0;
              return (
                <tr key={number}>
                  <th scope="row">{enumName(Stage, number)?.toLowerCase()}</th>
                  <td>{isMeasured ? nsText(stage.p50_ns) : '–'}</td>
                  <td>{isMeasured ? nsText(stage.p99_ns) : '–'}</td>
                  <td>{isMeasured ? nsText(stage.max_ns) : '–'}</td>
                  <td>{isMeasured ? countText(stage.count) : '0'}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
