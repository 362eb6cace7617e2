import { defineConfig } from 'vitest/config';
import { NO_WASM_WRAPPER_TIERING } from './local/lean-process.ts';

const jsonReport = process.env.VITEST_JSON_REPORT;

/** Unit and contract tests run side by side; the tests that need the built console (a whole city, a browser, the CDK) run one at a time. */
export default defineConfig({
  test: {
    // CI counts from the machine-readable report; people read the other one.
    reporters: [
      'default',
      './tools/flaky-reporter.ts',
      './tools/stuck-reporter.ts',
      ...(jsonReport ? [['json', { outputFile: jsonReport }] as [string, Record<string, unknown>]] : []),
    ],
    // Processes, sockets and a browser on a machine that does other work too: CI gives a test a second chance, and the reporter names it.
    retry: process.env.CI ? 1 : 0,
    projects: [
      {
        test: {
          name: 'unit',
          setupFiles: ['./test/support/properties.ts'],
          execArgv: [NO_WASM_WRAPPER_TIERING],
          include: [
            'test/{shared,functions,events,bench,tools}/**/*.test.ts',
            'test/*.test.ts',
            'test/local/unit/**/*.test.ts',
          ],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'city',
          setupFiles: ['./test/support/properties.ts'],
          execArgv: [NO_WASM_WRAPPER_TIERING],
          include: ['test/local/*.test.ts', 'test/web/**/*.test.ts', 'test/infra/**/*.test.ts'],
          globalSetup: ['./tools/build-console.ts'],
          // What a page shows next may take its time on a machine that is shared.
          expect: { poll: { timeout: 30_000 } },
          testTimeout: 240_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
