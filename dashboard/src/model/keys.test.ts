import { describe, expect, it } from 'vitest';
import { type Command, commandFor, type Focus, matching, type Press } from './keys.ts';
import { nextTheme, themeOf } from './theme.ts';

const command = (title: string, ...keys: string[]): Command => ({ title, keys, run: () => {} });
const COMMANDS = [
  command('Play or pause', ' '),
  command('Show all keys', '?'),
  command('Find a command', 'Ctrl+k'),
  command('Theme: high contrast'),
  { ...command('Crosshair back', 'j'), repeats: true as const },
];

const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  repeat: false,
  ...more,
});

describe('a key', () => {
  it.each<[string, Press, Focus, string | undefined]>([
    ['plays', press(' '), 'page', 'Play or pause'],
    ['is the button that has the focus', press(' '), 'button', undefined],
    ['is text in a field', press('?'), 'field', undefined],
    ['with Ctrl works in a field', press('k', { ctrlKey: true }), 'field', 'Find a command'],
    ['with Cmd and shift held', press('K', { metaKey: true }), 'page', 'Find a command'],
    ['without Ctrl is another', press('k'), 'page', undefined],
    ['held down acts once', press(' ', { repeat: true }), 'page', undefined],
    [
      'held down goes on where that is meant',
      press('j', { repeat: true }),
      'page',
      'Crosshair back',
    ],
    ['of the browser stays its own', press('?', { altKey: true }), 'page', undefined],
  ])('%s', (_name, pressed, focus, title) => {
    expect(commandFor(COMMANDS, pressed, focus)?.title).toBe(title);
  });
});

it.each([
  ['', 5],
  ['play', 1],
  ['CON HI', 1],
  ['lay', 0],
])('the palette finds by the beginnings of words: %j', (typed, count) => {
  expect(matching(COMMANDS, typed)).toHaveLength(count);
});

it.each([
  [null, false, 'dark'],
  [null, true, 'high-contrast'],
  ['light', true, 'light'],
  ['neon', false, 'dark'],
] as const)('theme kept as %s, contrast asked %s: %s', (stored, wants, theme) => {
  expect(themeOf(stored, wants)).toBe(theme);
});

it('goes round the themes', () => {
  expect(nextTheme(nextTheme(nextTheme('dark')))).toBe('dark');
});
