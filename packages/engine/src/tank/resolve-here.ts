// Preloaded (`node --import`) where a user's test runs: its imports of @wavetank/… are found in this
// checkout, wherever the file lies, and its files are modules whatever package.json lies around.
import { registerHooks } from 'node:module';

registerHooks({
  resolve: (specifier, context, next) =>
    specifier.startsWith('@wavetank/')
      ? next(specifier, { ...context, parentURL: import.meta.url })
      : next(specifier, context),
  load: (url, context, next) =>
    url.startsWith('file:') && url.endsWith('.ts')
      ? next(url, { ...context, format: 'module-typescript' })
      : next(url, context),
});
