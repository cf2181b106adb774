import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The client, for browsers (served by the server at /) and for the desktop program (served at app://rondo/). */
export default defineConfig({
  root: 'renderer',
  base: '/',
  plugins: [react()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    // the oldest engine that the client is tested in
    target: 'chrome108',
    cssTarget: 'chrome108',
    chunkSizeWarningLimit: 900,
  },
  server: {
    proxy: { '/trpc': 'http://127.0.0.1:4310', '/auth': 'http://127.0.0.1:4310', '/api': 'http://127.0.0.1:4310' },
  },
});
