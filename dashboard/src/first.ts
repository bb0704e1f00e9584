// Imported before everything else. In: the browser's language and errors nobody catches.
// Out: a language that Intl accepts, and a readable page where a blank one would stand.
import { languageOf } from './language.ts';

// uPlot formats numbers in navigator.language as it loads; Chromium under a POSIX locale gives
// `en-US@posix`, at which Intl throws.
const given = navigator.language;
const language = languageOf(given);
if (language !== given) {
  Object.defineProperty(navigator, 'language', { value: language, configurable: true });
}

/** Browsers report these when a layout needs a second pass: nothing failed. */
const HARMLESS = /^ResizeObserver loop/;

addEventListener('error', (event) => {
  if (!HARMLESS.test(event.message)) tell(event.message);
});
addEventListener('unhandledrejection', (event) => tell(String(event.reason)));

/** Before the desk stands its place says what failed; afterwards a bar below it does, once. */
function tell(message: string): void {
  const host = document.getElementById('desk');
  const isDrawn = host?.dataset.drawn === 'yes';
  const said = document.getElementById('failed') ?? document.createElement('div');
  if (said.isConnected) return;
  said.id = 'failed';
  said.setAttribute('role', 'alert');
  const title = isDrawn ? 'A part of the desk failed' : 'The desk could not start';
  const facts = 'The engine and the storms run on. Reload this page to see them again.';
  said.append(line('h1', title), line('p', message), line('p', facts), reload());
  if (isDrawn) document.body.append(said);
  else host?.replaceChildren(said);
}

function line(tag: 'h1' | 'p', text: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

function reload(): HTMLElement {
  const button = document.createElement('button');
  button.textContent = 'Reload';
  button.addEventListener('click', () => location.reload());
  return button;
}
