// In: the header. Out: the recorded run that is played, asked of the bridge once a timeline and at its
// end; null over a source, and before the answer.
import { TransportState } from '@wavetank/abi';
import { useEffect, useState } from 'react';
import { useAccess, useDesk } from '../desk-context.ts';
import type { Desk } from '../model/desk.ts';
import { isPlayed, type PlayedRun } from '../model/played.ts';
import { get } from '../stream/rest.ts';
import { type Action, useAction } from './use-rest.ts';

interface Status {
  run: PlayedRun | null;
}

/** A large file is read once for its digest before it opens. */
export const OPEN_MOST_MS = 120_000;

/** Several panels ask at once for the same. */
let last: { of: string; answer: Promise<Status> } | undefined;

const timelineOf = (desk: Desk): string => {
  const { header, heartbeat } = desk;
  if (header === null || !isPlayed(desk)) return '';
  const isEnded = heartbeat?.transport === TransportState.Ended;
  return `${header.engine_pid} ${header.epoch} ${isEnded ? 'ended' : ''}`;
};

function ask(of: string): Promise<Status> {
  if (last?.of !== of) last = { of, answer: get<Status>('/replay/status') };
  return last.answer;
}

export function usePlayed(): PlayedRun | null {
  const of = useDesk(timelineOf);
  const [run, setRun] = useState<PlayedRun | null>(null);
  useEffect(() => {
    let isWanted = true;
    const take = (found: PlayedRun | null): void => {
      if (isWanted) setRun(found);
    };
    if (of === '') take(null);
    else {
      ask(of).then(
        (status) => take(status.run),
        () => {
          last = undefined;
          take(null);
        },
      );
    }
    return () => {
      isWanted = false;
    };
  }, [of]);
  return run;
}

/** Plays a recorded run and follows its symbol; true when it plays. */
export function usePlayRun(): { action: Action; play: (run: string) => Promise<boolean> } {
  const { follow } = useAccess();
  const action = useAction();
  const play = async (run: string): Promise<boolean> => {
    const opened = await action.run<Status>('/replay/open', { run }, OPEN_MOST_MS);
    if (opened === null) return false;
    follow(opened.run?.symbols[0] ?? '');
    return true;
  };
  return { action, play };
}
