// In: WAVETANK_BRIDGE (default http://127.0.0.1:8080) and WAVETANK_DESK_PORT, for the dev server only.
// Out: the build of the desk in dist/. Knows nothing of what the bridge answers.
import react from '@vitejs/plugin-react';
import { defineConfig, type ProxyOptions } from 'vite';

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

export default defineConfig({
  plugins: [react()],
  server: {
    host: '127.0.0.1',
    port,
    strictPort: true,
    proxy: { [`^/(${routes}|metrics|docs|openapi\\.json)(/|\\?|$)`]: toBridge },
  },
  build: { target: 'es2023', sourcemap: false, chunkSizeWarningLimit: 600 },
  worker: { format: 'es' },
});
