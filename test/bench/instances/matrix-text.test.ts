import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesInMemory, bytesOfFile } from '../../../bench/instances/byte-source.ts';
import { cutMatrices } from '../../../bench/instances/matrix-text.ts';

const cut = (text: string) => cutMatrices(bytesInMemory(Buffer.from(text)), ['distances']);

const cell = fc.oneof(fc.nat(), fc.double({ min: 0, max: 1e9, noNaN: true }), fc.constant(null));
const matrix = fc.array(fc.array(cell, { maxLength: 5 }), { maxLength: 5 });

describe('matrices in a JSON text', () => {
  it('are read as JSON reads them, and the rest stays as it is', () =>
    fc.assert(
      fc.property(
        matrix,
        fc.jsonValue(),
        fc.jsonValue(),
        fc.constantFrom(0, 1, 2),
        (distances, before, after, space) => {
          const text = JSON.stringify({ before, distances, after }, undefined, space);
          const { rest, matrices } = cut(text);
          expect(matrices.get('distances')).toEqual(JSON.parse(text).distances);
          expect(JSON.parse(rest)).toEqual({ ...JSON.parse(text), distances: [] });
        },
      ),
    ));

  it('deeper in the text, or in a string, are none', () => {
    const text = JSON.stringify({ a: { distances: [[1]] }, b: '"distances":[[1]]', c: ['distances', [2]] });
    expect(cut(text)).toMatchObject({ rest: text, matrices: new Map() });
  });

  it('name the row at fault', () => {
    expect(() => cut('{"distances":[[1],5]}')).toThrow(/distances\.1/);
    expect(() => cut('{"distances":[[1],[true]]}')).toThrow(/distances\.1/);
    expect(() => cut('{"distances":[[1],["2"]]}')).toThrow(/distances\.1/);
    expect(() => cut('{"distances":[[1 2]]}')).toThrow(/distances\.0/);
    expect(() => cut('{"distances":[[1,')).toThrow(/distances\.0/);
  });

  it('are left for others to judge where they are no lists or their numbers no distances', () => {
    expect(cut('{"distances":7}').rest).toBe('{"distances":7}');
    expect(cut('{"distances":[[-4]]}').matrices.get('distances')).toEqual([[-4]]);
  });

  it('are read from a file piece by piece', () => {
    const folder = mkdtempSync(join(tmpdir(), 'matrix-'));
    const file = join(folder, 'large.json');
    const row = Array.from({ length: 300 }, (_, index) => (index % 7 === 0 ? null : index * 1_001.5));
    const input = {
      name: 'Phố «Sạch» \\"',
      distances: Array.from({ length: 300 }, () => row),
      after: ['é', { a: [1] }],
    };
    writeFileSync(file, JSON.stringify(input));
    const descriptor = openSync(file, 'r');
    const { rest, matrices } = cutMatrices(bytesOfFile(descriptor), ['distances']);
    closeSync(descriptor);
    rmSync(folder, { recursive: true });
    expect({ ...JSON.parse(rest), distances: matrices.get('distances') }).toEqual(input);
  });
});
