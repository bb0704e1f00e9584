// In: WAVETANK_BRIDGE (default http://127.0.0.1:8080) and WAVETANK_DESK_PORT, for the dev server only.
// Out: the build of the desk in dist/, its files compressed beside them. Knows nothing of what the
// bridge answers.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type ProxyOptions } from 'vite';

const bridge = process.env.WAVETANK_BRIDGE ?? 'http://127.0.0.1:8080';
const port = Number(process.env.WAVETANK_DESK_PORT ?? 5173);
const routes = 'stream|history|symbols|status|ready|health|storm|replay|run|bot|risk|reset';

/** The bridge allows its own origin only; the dev server speaks for the page with that origin. */
const toBridge: ProxyOptions = {
  target: bridge,
  changeOrigin: true,
  ws: true,
  headers: { origin: bridge },
};

/** The page and its worker are asked for with the entry, not after it ran. */
function preload(): Plugin {
  return {
    name: 'preload',
    transformIndexHtml(_html, { bundle }) {
      const tag = (fileName: string, rest: Record<string, string>) => ({
        tag: 'link',
        attrs: { href: `/${fileName}`, ...rest },
        injectTo: 'head' as const,
      });
      return Object.values(bundle ?? {}).flatMap((file) => {
        if (/\/page-.*\.js$/.test(file.fileName))
          return [tag(file.fileName, { rel: 'modulepreload' })];
        if (/\/page-.*\.css$/.test(file.fileName))
          return [tag(file.fileName, { rel: 'stylesheet' })];
        return [];
      });
    },
  };
}

/** Writes name.br and name.gz beside each text, for the bridge to send. */
function compress(): Plugin {
  return {
    name: 'compress',
    apply: 'build',
    writeBundle({ dir = 'dist' }) {
      for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
        if (!/\.(js|css|html)$/.test(name)) continue;
        const bytes = readFileSync(join(dir, name));
        writeFileSync(join(dir, `${name}.br`), brotliCompressSync(bytes));
        writeFileSync(join(dir, `${name}.gz`), gzipSync(bytes));
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), preload(), compress()],
  server: {
    host: '127.0.0.1',
    port,
    strictPort: true,
    proxy: { [`^/(${routes}|metrics|docs|openapi\\.json)(/|\\?|$)`]: toBridge },
  },
  build: { target: 'es2023', sourcemap: false, chunkSizeWarningLimit: 600 },
  worker: { format: 'es' },
});
