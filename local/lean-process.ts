import { platform } from 'node:process';

/**
 * The city is a dozen V8 isolates and DuckDB in one process, and their defaults suppose a server of their own each. Two settings that
 * can only be given at a process's birth halve its memory (docs/performance.md): a small young generation for every isolate, and
 * two malloc arenas instead of eight a core.
 */
const V8_FLAGS = ['--max-semi-space-size=4'];
const ALLOCATOR = { MALLOC_ARENA_MAX: '2' };

/** Makes this process itself again with the settings, if it was started without them; where the system has no `execve`, goes on as it is. */
export const becomeLean = (): void => {
  const isLean = V8_FLAGS.every((flag) => process.execArgv.includes(flag));
  if (isLean || platform === 'win32' || process.execve === undefined) return;
  const args = [
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    ...V8_FLAGS,
    ...process.execArgv,
    ...process.argv.slice(1),
  ];
  process.execve(process.execPath, args, { ...process.env, ...ALLOCATOR });
};
