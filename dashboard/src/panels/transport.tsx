// In: the state of the source. Out: play, pause, step either way, go to a time, speed, asked of the bridge.
// What is shown is what the engine reports, never what was asked for.
import { TransportState } from '@wavetank/abi';
import { useState } from 'react';
import { useAccess, useDesk } from '../desk-context.ts';
import { canCommand } from '../model/phase-words.ts';
import { Notice } from './panel.tsx';
import css from './transport.module.css';
import { useAction } from './use-rest.ts';

const SPEEDS = ['0.1', '0.5', '1', '2', '5', '10', '20', '50', '100', '1000', 'max'];
const STEPS_REST = 'Steps are for a paused source';
/** A step back plays from the checkpoint before it; the first one builds those. */
const BACK_MOST_MS = 600_000;
const UNITS = ['tick', 'event', 'second'] as const;

export function Transport() {
  const { show } = useAccess();
  const action = useAction();
  const [unit, setUnit] = useState<(typeof UNITS)[number]>('tick');
  const state = useDesk((desk) => desk.heartbeat?.transport ?? TransportState.Idle);
  const isReachable = useDesk((desk) => canCommand(desk.link.phase));
  const isPlaying = state === TransportState.Playing || state === TransportState.Stalled;
  const canStep = isReachable && state === TransportState.Paused;
  const canStepBack =
    isReachable && (state === TransportState.Paused || state === TransportState.Ended);
  const canPlay = isReachable && (isPlaying || state === TransportState.Paused);
  const verb = isPlaying ? 'Pause' : 'Play';
  return (
    <div className={css.transport}>
      <button
        type="button"
        className={css.play}
        disabled={!canPlay || action.pending}
        onClick={() => void action.run(`/replay/${verb.toLowerCase()}`)}
      >
        {isPlaying ? '❚❚' : '▶'} {verb}
      </button>
      <span className={css.group}>
        <button
          type="button"
          disabled={!canStepBack || action.pending}
          aria-label="Step back"
          title={canStepBack ? 'Step back: a new timeline begins there' : STEPS_REST}
          onClick={() => void action.run('/replay/step', { unit, count: -1 }, BACK_MOST_MS)}
        >
          ◂
        </button>
        <button
          type="button"
          disabled={!canStep || action.pending}
          title={canStep ? '' : STEPS_REST}
          onClick={() => void action.run('/replay/step', { unit, count: 1 })}
        >
          Step
        </button>
        <select
          aria-label="Unit of a step"
          value={unit}
          onChange={(event) => setUnit(event.target.value as typeof unit)}
        >
          {UNITS.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </span>
      <button type="button" disabled={!isReachable} onClick={() => show('seek')}>
        Go to…
      </button>
      <Speed disabled={!isReachable} action={action} />
      <div className={css.notice}>
        <Notice error={action.error} dismiss={action.dismiss} />
      </div>
    </div>
  );
}

interface SpeedProps {
  disabled: boolean;
  action: ReturnType<typeof useAction>;
}

function Speed({ disabled, action }: SpeedProps) {
  const milli = useDesk((desk) => desk.heartbeat?.speed_milli ?? null);
  const now = milli === null ? '' : milli === 0 ? 'max' : String(milli / 1000);
  const choices = SPEEDS.includes(now) || now === '' ? SPEEDS : [now, ...SPEEDS];
  return (
    <select
      aria-label="Speed of virtual time"
      value={now}
      disabled={disabled || now === ''}
      onChange={(event) => {
        const asked = event.target.value;
        void action.run('/replay/speed', { speed: asked === 'max' ? 'max' : Number(asked) });
      }}
    >
      {now === '' && <option value="">–</option>}
      {choices.map((speed) => (
        <option key={speed} value={speed}>
          {speed === 'max' ? 'max speed' : `${speed} ×`}
        </option>
      ))}
    </select>
  );
}
