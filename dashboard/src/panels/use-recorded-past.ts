// In: the recorded run that is played. Out: the charts know what happened in it before the place that was
// sought, from its own ticks, one a second: read once a run, put before what comes once a timeline.
import { useEffect, useState } from 'react';
import { useAccess, useDesk } from '../desk-context.ts';
import type { Desk } from '../model/desk.ts';
import { recordedRows } from '../model/recorded-rows.ts';
import { linesOf } from '../model/recorded-run.ts';
import { WIDTH } from '../model/series.ts';
import { getText } from '../stream/rest.ts';

/** Empty before the first tick: rows are older than what is there. */
const pictureOf = ({ tick, header, symbol }: Desk): string =>
  tick === null || header === null ? '' : `${header.engine_pid} ${header.epoch} ${symbol}`;

export function useRecordedPast(run_id: string): void {
  const { desk, publisher } = useAccess();
  const of = useDesk(pictureOf);
  const [ticks] = useState(() => getText(`/run/${run_id}/ticks`).then(linesOf));
  useEffect(() => {
    let isWanted = of !== '';
    ticks.then(
      (lines) => {
        if (!isWanted) return;
        const rows = recordedRows(lines, desk.symbol, Math.max(1, desk.tick?.tick_size ?? 1));
        desk.remember(rows, rows.length / WIDTH);
        publisher.changed();
      },
      // Without them the charts begin where it was sought.
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [of, ticks, desk, publisher]);
}
