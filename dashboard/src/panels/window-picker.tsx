// In: a choice of time window. Out: the window every chart shares.
import { useAccess, useDesk } from '../desk-context.ts';
import { WINDOWS_S } from '../model/tracks.ts';
import { durationText } from '../model/venue-time.ts';
import css from './window-picker.module.css';

export function WindowPicker() {
  const { desk, publisher } = useAccess();
  const chosen = useDesk((shown) => shown.window_s);
  return (
    <fieldset className={css.windows}>
      <legend className="visually-hidden">Time window of the charts, virtual time</legend>
      {WINDOWS_S.map((window) => (
        <label key={window}>
          <input
            type="radio"
            name="window"
            className="visually-hidden"
            checked={chosen === window}
            onChange={() => {
              desk.window_s = window;
              desk.sight.live();
              publisher.changed();
            }}
          />
          <span>{durationText(window)}</span>
        </label>
      ))}
    </fieldset>
  );
}
