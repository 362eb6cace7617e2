import { platform } from 'node:process';
import { setFlagsFromString } from 'node:v8';

/**
 * V8 shares its compiled calls from WebAssembly into JavaScript between all isolates of a process, and frees one that two threads
 * made at once twice (seen in Node 24.21: `UnregisterWasmAllocation` under `Runtime_TierUpWasmToJSWrapper`, a crash in some
 * thousands of thread starts, since each thread strips types in WebAssembly). With a budget that is never used up none is compiled.
 */
export const NO_WASM_WRAPPER_TIERING = '--wasm-wrapper-tiering-budget=2000000000';

/**
 * The city is a dozen V8 isolates and DuckDB in one process, and the defaults suppose a server of its own for each. What can only be
 * given at a process's birth halves its memory (measured in docs/performance.md): a small young generation for every isolate,
 * one malloc arena instead of eight a core, and freed memory handed back to the system at once.
 */
const V8_FLAGS = ['--max-semi-space-size=2', NO_WASM_WRAPPER_TIERING];
const ALLOCATOR = { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '131072', MALLOC_MMAP_THRESHOLD_: '131072' };

/**
 * Of every thread's heap that has no reason for more. The flag above is for the process' first heap alone: while it stands, V8 goes by
 * it and not by what a thread is given.
 */
export const SMALL_YOUNG_GENERATION = { maxYoungGenerationSizeMb: 4 } as const;

/** Makes this process itself again with the settings, if it was started without them; where the system has no `execve`, goes on as it is. */
export const becomeLean = (): void => {
  const isLean = V8_FLAGS.every((flag) => process.execArgv.includes(flag));
  if (isLean) setFlagsFromString('--max-semi-space-size=0');
  if (isLean || platform === 'win32' || process.execve === undefined) return;
  const flags = ['--disable-warning=ExperimentalWarning', ...V8_FLAGS, ...process.execArgv];
  process.execve(process.execPath, [process.execPath, ...flags, ...process.argv.slice(1)], {
    ...process.env,
    ...ALLOCATOR,
  });
};
