import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outlineCrossing } from '../../../shared/city/outline-crossing.ts';

type Vertex = readonly [number, number];

const closed = (ring: readonly Vertex[]): readonly Vertex[] => [...ring, ring[0] as Vertex];

const square: readonly Vertex[] = [
  [0, 0],
  [4, 0],
  [4, 4],
  [0, 4],
];

describe('an outline that crosses itself', () => {
  it.each<[string, readonly Vertex[], readonly [number, number]]>([
    [
      'a bow tie',
      [
        [0, 0],
        [2, 2],
        [2, 0],
        [0, 2],
      ],
      [1, 1],
    ],
    [
      'a bow tie whose crossing is a corner of both',
      [
        [0, 0],
        [1, 1],
        [2, 2],
        [2, 0],
        [1, 1],
        [0, 2],
      ],
      [1, 1],
    ],
    [
      'an edge through a corner',
      [
        [0, 0],
        [4, 0],
        [4, 4],
        [2, -2],
        [0, 4],
      ],
      [2, 0],
    ],
    [
      'a star',
      [
        [0, 3],
        [2, -3],
        [-3, 1],
        [3, 1],
        [-2, -3],
      ],
      [0, 0],
    ],
  ])('is found: %s', (name, ring, at) => {
    for (const each of [ring, closed(ring), ring.toReversed()]) {
      const found = outlineCrossing([each]);
      expect(found).toBeDefined();
      if (name.startsWith('a bow tie')) expect(found).toEqual(at);
    }
  });

  it('is found where it runs over itself, and where a hole leaves it', () => {
    expect(
      outlineCrossing([
        [
          [0, 0],
          [4, 0],
          [4, 2],
          [1, 0],
          [3, 0],
          [0, 2],
        ],
      ]),
    ).toBeDefined();
    const hole: readonly Vertex[] = [
      [2, 2],
      [6, 2],
      [6, 3],
      [2, 3],
    ];
    expect(outlineCrossing([square, hole])).toEqual([4, 2]);
  });

  it.each<[string, readonly (readonly Vertex[])[]]>([
    ['a square', [square]],
    [
      'a square with a hole',
      [
        square,
        [
          [1, 1],
          [1, 3],
          [3, 3],
          [3, 1],
        ],
      ],
    ],
    [
      'a hole that touches the outline at a corner',
      [
        square,
        [
          [0, 0],
          [1, 2],
          [2, 1],
        ],
      ],
    ],
    [
      'corners said twice',
      [
        [
          [0, 0],
          [0, 0],
          [4, 0],
          [4, 4],
          [4, 4],
          [0, 4],
          [0, 0],
        ],
      ],
    ],
    [
      'two triangles that touch at a corner',
      [
        [
          [0, 0],
          [2, 1],
          [4, 0],
          [4, 2],
          [2, 1],
          [0, 2],
        ],
      ],
    ],
    [
      'a corner that touches an edge',
      [
        [
          [0, 0],
          [4, 0],
          [4, 4],
          [2, 0],
          [0, 4],
        ],
      ],
    ],
    [
      'two corners, as while drawing',
      [
        [
          [0, 0],
          [4, 0],
        ],
      ],
    ],
    ['nothing', [[]]],
  ])('is not seen in %s', (_, rings) => {
    expect(outlineCrossing(rings)).toBeUndefined();
    expect(outlineCrossing(rings.map((ring) => ring.toReversed()))).toBeUndefined();
  });

  it('is in no ring of corners by their bearing from the middle, however many, and in each once two neighbours change places', () => {
    const radii = fc.array(fc.integer({ min: 500, max: 1_000 }), { minLength: 5, maxLength: 300 });
    fc.assert(
      fc.property(radii, fc.nat(), (lengths, seed) => {
        const ring = lengths.map((radius, index): Vertex => {
          const bearing = (2 * Math.PI * index) / lengths.length;
          return [106.65 + (radius / 1e5) * Math.cos(bearing), 10.98 + (radius / 1e5) * Math.sin(bearing)];
        });
        expect(outlineCrossing([ring])).toBeUndefined();
        // Four corners on a circle, joined crosswise, cross whatever the rest does.
        const at = seed % (ring.length - 3);
        const crossed = ring.with(at + 1, ring[at + 2] as Vertex).with(at + 2, ring[at + 1] as Vertex);
        const circle = crossed.map(([x, y]): Vertex => {
          const length = Math.hypot(x - 106.65, y - 10.98);
          return [106.65 + (x - 106.65) / (length * 100), 10.98 + (y - 10.98) / (length * 100)];
        });
        expect(outlineCrossing([circle])).toBeDefined();
      }),
      { numRuns: 200 },
    );
  });
});
