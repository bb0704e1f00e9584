// In: what a person chose, else what the system asks for. Out: the theme whose colours theme.css gives.

export const THEMES = ['dark', 'light', 'high-contrast'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'wavetank-theme';

export function themeOf(stored: string | null, wantsContrast: boolean): Theme {
  return THEMES.find((theme) => theme === stored) ?? (wantsContrast ? 'high-contrast' : 'dark');
}

export const nextTheme = (theme: Theme): Theme =>
  THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] as Theme;

export function readTheme(): Theme {
  return themeOf(localStorage.getItem(KEY), matchMedia('(prefers-contrast: more)').matches);
}

export function keepTheme(theme: Theme): void {
  localStorage.setItem(KEY, theme);
}

export function wearTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
}
