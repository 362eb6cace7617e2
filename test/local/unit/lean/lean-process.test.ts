import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

describe('A lean process', () => {
  it('has small young generations, but for the thread that is given a larger one', { timeout: 60_000 }, async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      fileURLToPath(new URL('grow.ts', import.meta.url)),
    ]);
    const megabytes = new Map(
      stdout
        .trim()
        .split('\n')
        .map((line) => line.split(' '))
        .map(([name, grown]) => [name, Number(grown)]),
    );
    expect(megabytes.get('main')).toBeLessThan(5);
    expect(megabytes.get('small')).toBeLessThan(5);
    expect(megabytes.get('large')).toBeGreaterThan(16);
  });
});
