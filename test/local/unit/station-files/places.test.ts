import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  arrivedAt,
  keyOf,
  newArrival,
  pathIn,
  takenFileAt,
  takenFileOf,
} from '../../../../local/station-files/places.ts';
import { resolveVirtualPath } from '../../../../local/station-files/virtual-path.ts';

describe('a taken file', () => {
  it('is found by its key and by its path, and says when it came', () => {
    const at = Date.parse('2026-11-22T05:00:00.123Z');
    const file = { code: 'BD_BAUB_NUOBBA', arrival: newArrival(at), name: 'BD_BAUB_NUOBBA_20221201000000.txt' };
    expect(arrivedAt(file)).toBe(at);
    expect(takenFileOf(keyOf(file))).toEqual(file);
    expect(takenFileAt(file.code, pathIn('/home', 'taken', file))).toEqual(file);
  });

  it('is nothing that a key made up could name outside the folders', () => {
    const part = fc.oneof(fc.constantFrom('..', '.', '', '\0', 'a', newArrival(0)), fc.string());
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
        const file = takenFileOf(`incoming/${parts.join('/')}`);
        if (file === undefined) return;
        const folder = join('/home', 'station-files', 'taken', file.code);
        expect(pathIn('/home', 'taken', file).startsWith(`${folder}/`)).toBe(true);
        expect(file.code).not.toMatch(/^\.{1,2}$|\//);
      }),
    );
  });
});

describe('a client’s path', () => {
  const root = '/home/station-files/incoming/A_B_C';

  it.each([
    ['x.txt', '/x.txt'],
    ['/2026/../x.txt', '/x.txt'],
    ['.', '/'],
    ['/./2026//11/', '/2026/11'],
  ])('%s is %s', (path, virtual) => {
    expect(resolveVirtualPath(root, path)).toEqual({ virtual, real: join(root, virtual.slice(1)) });
  });

  it.each(['..', '/..', 'a/../../b', '/../A_B_C/x', 'a\\..\\b', 'a\0b', 'a\nb', `/${'x'.repeat(201)}`, '/a'.repeat(9)])(
    '%j is none of its',
    (path) => expect(resolveVirtualPath(root, path)).toBeUndefined(),
  );

  it('never leads out of the folder', () => {
    const segment = fc.oneof(fc.constantFrom('..', '.', '', 'a'), fc.string());
    fc.assert(
      fc.property(fc.array(segment), (segments) => {
        const resolved = resolveVirtualPath(root, segments.join('/'));
        if (resolved === undefined) return;
        expect(resolved.real === root || resolved.real.startsWith(`${root}/`)).toBe(true);
        expect(join(resolved.real)).toBe(resolved.real);
      }),
    );
  });
});
