import fc from 'fast-check';

/** A failing property is shrunk no longer than this: without an end, a test with many fractions in its input keeps the whole run from ending. */
const LONGEST_MS = 30_000;

/** For a hunt: `PROPERTY_RUNS=10000 npx vitest run …` tries so many inputs for each property that does not say how many. */
const runs = Number(process.env.PROPERTY_RUNS ?? 0);

fc.configureGlobal({ interruptAfterTimeLimit: LONGEST_MS, ...(runs > 0 ? { numRuns: runs } : {}) });
