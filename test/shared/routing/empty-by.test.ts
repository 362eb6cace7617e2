import { describe, expect, it } from 'vitest';
import { windowsBefore } from '../../../shared/routing/empty-by.ts';

const hour = 3_600;
const shifts = [20 * hour, 28 * hour] as const;

describe('windows of a bin at whose place something begins', () => {
  it.each([
    ['end then', undefined, 26, [[20, 26]]],
    [
      'are cut off, each for itself',
      [
        [20, 22],
        [24, 28],
        [27, 28],
      ],
      26,
      [
        [20, 22],
        [24, 26],
      ],
    ],
    ['stay open where all trucks are back by then', undefined, 28, undefined],
    ['stay as they are where nothing would be left', [[26, 28]], 25, [[26, 28]]],
    ['stay as they are where trucks set out later', undefined, 19, undefined],
  ] as const)('%s', (_name, windows, by, expected) => {
    const inSeconds = (spans: readonly (readonly number[])[] | undefined) =>
      spans?.map(([from = 0, to = 0]): [number, number] => [from * hour, to * hour]);
    expect(windowsBefore(inSeconds(windows), by * hour, shifts)).toEqual(inSeconds(expected));
  });

  it('are what they were without an event', () => {
    expect(windowsBefore([[1, 2]], undefined, shifts)).toEqual([[1, 2]]);
  });
});
