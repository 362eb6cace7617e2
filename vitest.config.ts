import { defineConfig } from 'vitest/config';

const jsonReport = process.env.VITEST_JSON_REPORT;

/** Unit and contract tests run side by side; the tests that start a whole city or a browser run one at a time. */
export default defineConfig({
  test: {
    // CI counts from the machine-readable report; people read the other one.
    reporters: jsonReport ? ['default', ['json', { outputFile: jsonReport }]] : ['default'],
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'test/{shared,functions,events,bench,infra}/**/*.test.ts',
            'test/*.test.ts',
            'test/local/unit/**/*.test.ts',
          ],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'city',
          include: ['test/local/*.test.ts', 'test/web/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
