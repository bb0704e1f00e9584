// In: the recorded run that is played. Out: the charts know what happened in it before the place that was
// sought, from its own ticks, one a second, and its storms: read once a run, put before what comes once a timeline.
import { useEffect, useState } from 'react';
import { useAccess, useDesk } from '../desk-context.ts';
import type { Desk } from '../model/desk.ts';
import { recordedRows, recordedStorms } from '../model/recorded-rows.ts';
import { linesOf } from '../model/recorded-run.ts';
import { WIDTH } from '../model/series.ts';
import { getText } from '../stream/rest.ts';

/** Empty before the first tick: rows are older than what is there. */
const pictureOf = ({ tick, header, symbol }: Desk): string =>
  tick === null || header === null ? '' : `${header.engine_pid} ${header.epoch} ${symbol}`;

export function useRecordedPast(run_id: string): void {
  const { desk, publisher } = useAccess();
  const of = useDesk(pictureOf);
  const [files] = useState(() =>
    Promise.all(['ticks', 'events'].map((name) => getText(`/run/${run_id}/${name}`).then(linesOf))),
  );
  useEffect(() => {
    let isWanted = of !== '';
    files.then(
      ([ticks = [], events = []]) => {
        if (!isWanted) return;
        const rows = recordedRows(ticks, desk.symbol, Math.max(1, desk.tick?.tick_size ?? 1));
        desk.remember(rows, rows.length / WIDTH);
        desk.rememberStorms(recordedStorms(events, desk.since_s));
        publisher.changed();
      },
      // Without them the charts begin where it was sought.
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [of, files, desk, publisher]);
}
