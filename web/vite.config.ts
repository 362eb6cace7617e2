import { join } from 'node:path';
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';

/** Everything is a file of its own (no inlined scripts, workers or data), so that the host can send a strict content security policy. */
export default defineConfig(({ command }) => {
  // A build is always the one that is shipped, also when a test runner with NODE_ENV=test asks for it.
  if (command === 'build') process.env.NODE_ENV = 'production';
  return {
    plugins: [preact()],
    build: {
      target: 'es2023',
      assetsInlineLimit: 0,
      // The console, and the data portal's two pages, which load nothing of the console.
      rollupOptions: {
        input: ['index.html', 'data/index.html', 'data/api.html'].map((page) => join(import.meta.dirname, page)),
      },
      modulePreload: { polyfill: false },
      // MapLibre alone is about 1 MB; it is loaded after the lists.
      chunkSizeWarningLimit: 1_400,
    },
    server: {
      proxy: Object.fromEntries(
        ['/api', '/config.json', '/open', '/ogc', '/sta'].map((path) => [path, 'http://localhost:8080']),
      ),
    },
  };
});
