// In: the desk, its dialogs and how to ask the bridge. Out: every command a key or the palette can give.
// Each does what a control on the page does too; nothing here exists only for the keyboard.
import { TransportState } from '@wavetank/abi';
import type { DialogName } from './desk-context.ts';
import type { Desk } from './model/desk.ts';
import type { Command } from './model/keys.ts';
import { nextTheme, THEMES, type Theme } from './model/theme.ts';
import { WINDOWS_S, type WindowS } from './model/tracks.ts';
import { durationText } from './model/venue-time.ts';
import { toggleFacts } from './panels/facts.tsx';

export interface CommandContext {
  desk: Desk;
  theme: Theme;
  act: (path: string, body?: object) => void;
  show: (dialog: DialogName) => void;
  setTheme: (theme: Theme) => void;
  setWindow: (window: WindowS) => void;
  toggleDepthMap: () => void;
  /** Moves the focus to a control of the page. */
  focus: (selector: string) => void;
  /** Presses a button of the page. */
  press: (selector: string) => void;
}

/** A step of the crosshair: half a second of a minute. */
const AIM_SHARE = 1 / 120;

export function commandsOf(context: CommandContext): Command[] {
  return [...transport(context), ...charts(context), ...storms(context), ...page(context)];
}

function transport({ desk, act, show, focus }: CommandContext): Command[] {
  const isPaused = (): boolean => desk.heartbeat?.transport === TransportState.Paused;
  const step =
    (unit: string, count = 1) =>
    (): void =>
      act('/replay/step', { unit, count });
  return [
    {
      title: 'Play or pause',
      keys: [' '],
      run: () => act(isPaused() ? '/replay/play' : '/replay/pause'),
    },
    { title: 'Step one tick', keys: ['.'], run: step('tick') },
    { title: 'Step one event', keys: [','], run: step('event') },
    { title: 'Step one second', keys: [';'], run: step('second') },
    { title: 'Step back one tick', keys: ['>'], run: step('tick', -1) },
    { title: 'Step back one event', keys: ['<'], run: step('event', -1) },
    { title: 'Step back one second', keys: [':'], run: step('second', -1) },
    { title: 'Go to a time', keys: ['g'], run: () => show('seek') },
    { title: 'Open a source', keys: ['o'], run: () => show('source') },
    { title: 'Choose a symbol', keys: ['/'], run: () => focus('[aria-label="Symbol to follow"]') },
  ];
}

function charts({ desk, setWindow, toggleDepthMap }: CommandContext): Command[] {
  const { sight } = desk;
  const middle = (): number => (desk.span.from_s + desk.span.to_s) / 2;
  const zoom = (factor: number) => (): void => sight.zoom(factor, middle(), desk.span, desk.past);
  const pan = (share: number) => (): void => sight.pan(share, desk.span, desk.past);
  const aim = (share: number) => (): void => sight.aim(share, desk.span);
  return [
    { title: 'Look back', keys: ['ArrowLeft'], run: pan(-0.25) },
    { title: 'Look ahead', keys: ['ArrowRight'], run: pan(0.25) },
    { title: 'Crosshair back', keys: ['j'], run: aim(-AIM_SHARE), repeats: true },
    { title: 'Crosshair ahead', keys: ['k'], run: aim(AIM_SHARE), repeats: true },
    { title: 'Crosshair off', keys: ['x'], run: () => sight.unaim() },
    { title: 'Zoom in', keys: ['+', '='], run: zoom(0.5) },
    { title: 'Zoom out', keys: ['-'], run: zoom(2) },
    { title: 'Jump to the storm before', keys: ['['], run: () => desk.showStorm(-1) },
    { title: 'Jump to the storm after', keys: [']'], run: () => desk.showStorm(1) },
    { title: 'Return to live', keys: ['l'], run: () => sight.live() },
    ...WINDOWS_S.map((window, at) => ({
      title: `Show the newest ${durationText(window)}`,
      keys: [String(at + 1)],
      run: () => setWindow(window),
    })),
    { title: 'Depth map on or off', keys: ['d'], run: toggleDepthMap },
  ];
}

function storms({ desk, act, focus, press }: CommandContext): Command[] {
  const isRecording = (): boolean => desk.heartbeat?.run_active === 1;
  const start = (): object => (desk.symbol === '' ? {} : { symbols: [desk.symbol] });
  return [
    { title: 'Choose a storm', keys: ['s'], run: () => focus('[data-storm-kind]') },
    { title: 'Preview the storm', keys: ['p'], run: () => press('[data-preview]') },
    { title: 'Go to the fire button', keys: ['f'], run: () => focus('[data-fire]') },
    { title: 'Stop all storms', keys: [], run: () => act('/storm/stop') },
    {
      title: 'Start or stop a run',
      keys: ['r'],
      run: () => (isRecording() ? act('/run/stop') : act('/run/start', start())),
    },
  ];
}

function page({ theme, setTheme, show }: CommandContext): Command[] {
  const next = nextTheme(theme);
  return [
    { title: 'Targets side by side', keys: ['b'], run: () => show('targets') },
    { title: 'Next theme', keys: ['t'], run: () => setTheme(next) },
    ...THEMES.map((name) => ({
      title: `Theme: ${name.replace('-', ' ')}`,
      keys: [],
      run: () => setTheme(name),
    })),
    { title: 'Source and counts of every panel', keys: ['i'], run: toggleFacts },
    { title: 'Show all keys', keys: ['?'], run: () => show('keys') },
    { title: 'Find a command', keys: ['Ctrl+k'], run: () => show('palette') },
  ];
}
