// In: a key press and where the focus is. Out: the command it means, if any. Pure; knows no page.
// A letter typed into a field is text; Space on a button is that button's.

export interface Command {
  /** What it does, as the palette and the list of keys say it. */
  title: string;
  /** Keys as KeyboardEvent.key has them; `Ctrl+` before one that needs it. Empty: palette only. */
  keys: string[];
  run: () => void;
  /** A key held down gives it again and again. */
  repeats?: true;
}

export interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  repeat: boolean;
}

export type Focus = 'page' | 'button' | 'field';

export function commandFor(commands: Command[], press: Press, focus: Focus): Command | undefined {
  const isControl = press.ctrlKey || press.metaKey;
  if (press.altKey) return undefined;
  if (focus === 'field' && !isControl) return undefined;
  if (focus === 'button' && (press.key === ' ' || press.key === 'Enter')) return undefined;
  const name = isControl ? `Ctrl+${press.key.toLowerCase()}` : press.key;
  return commands.find(({ keys, repeats }) => keys.includes(name) && (!press.repeat || repeats));
}

/** Commands whose words all begin like one of those typed, in their own order. */
export function matching(commands: Command[], typed: string): Command[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return commands.filter(({ title }) => {
    const words = title.toLowerCase().split(/[\s,:]+/);
    return wanted.every((part) => words.some((word) => word.startsWith(part)));
  });
}

const NAMES: Record<string, string> = {
  ' ': 'Space',
  ArrowLeft: '←',
  ArrowRight: '→',
  'Ctrl+k': 'Ctrl K',
};

export const keyName = (key: string): string => NAMES[key] ?? key;
