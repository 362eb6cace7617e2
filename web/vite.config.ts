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
      // The console; the data portal's two pages and the crews' one, which load nothing of it; and what keeps the latter on a phone.
      rollupOptions: {
        input: ['index.html', 'data/index.html', 'data/api.html', 'crew/index.html', 'src/crew/sw.ts'].map((page) =>
          join(import.meta.dirname, page),
        ),
        // A service worker has one address for ever, and rules what lies below it.
        output: {
          entryFileNames: ({ name }) => (name === 'sw' ? 'crew/sw.js' : 'assets/[name]-[hash].js'),
        },
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
