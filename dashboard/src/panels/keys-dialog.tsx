// In: the commands. Out: the list of keys that `?` shows.
import { type Command, keyName } from '../model/keys.ts';
import { Dialog } from './dialog.tsx';
import css from './keys-dialog.module.css';

interface KeysDialogProps {
  isOpen: boolean;
  close: () => void;
  commands: Command[];
}

export function KeysDialog({ isOpen, close, commands }: KeysDialogProps) {
  return (
    <Dialog isOpen={isOpen} close={close} title="Keys">
      <dl className={css.keys}>
        {commands
          .filter(({ keys }) => keys.length > 0)
          .map(({ title, keys }) => (
            <Row key={title} keys={keys.map(keyName)} does={title} />
          ))}
        <Row keys={['Esc Esc']} does="Stop all storms" />
        <Row keys={['Space', 'Enter']} does="Held on the fire button: fire a strong storm" />
      </dl>
      <p className={css.says}>
        On the charts: turn the wheel to zoom, with Shift to move; drag to zoom into a stretch;
        double-click to return to live. On a touch screen slide one finger, spread two.
      </p>
    </Dialog>
  );
}

function Row({ keys, does }: { keys: string[]; does: string }) {
  return (
    <div>
      <dt>
        {keys.map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{does}</dd>
    </div>
  );
}
