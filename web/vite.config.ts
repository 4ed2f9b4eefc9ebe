import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Builds the pages into `web/dist`; `vite dev web` forwards calls to a product that runs on its usual port. */
export default defineConfig({
  plugins: [react()],
  build: { outDir: 'dist', emptyOutDir: true, chunkSizeWarningLimit: 700 },
  server: { proxy: { '/api': 'http://127.0.0.1:4700' } },
});
