import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearPattern } from '../../../../shared/open-data/ngsi-ld/query/linear-pattern.ts';

const matches = (source: string, text: string): boolean => {
  const read = linearPattern(source);
  if (!read.ok) throw new Error(`${source} ${read.reason}`);
  return read.pattern.matches(text);
};

const literal = fc.constantFrom('a', 'b', 'c', '.', '[ab]', '[^a]', '[a-c]', '\\d', '\\w', '\\.', '(?:ab)', '-');
const pattern = fc.letrec<{ any: string; part: string }>((tie) => ({
  part: fc.oneof(
    { withCrossShrink: true, maxDepth: 4 },
    literal,
    tie('any').map((inner) => `(${inner})`),
  ),
  any: fc.oneof(
    { maxDepth: 4 },
    literal,
    fc
      .tuple(tie('part'), fc.constantFrom('*', '+', '?', '{2}', '{0,2}', '{1,}', '*?'))
      .map(([part, sign]) => part + sign),
    fc.tuple(tie('part'), tie('part')).map(([a, b]) => a + b),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => `${a}|${b}`),
  ),
})).any;
const placed = fc
  .tuple(fc.constantFrom('', '^'), pattern, fc.constantFrom('', '$'))
  .map(([start, inner, end]) => `${start}${inner}${end}`);
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', '.', '-'), maxLength: 8 });

describe('A pattern of a stranger', () => {
  it('matches what JavaScript matches', () =>
    fc.assert(
      fc.property(placed, text, (source, subject) => {
        const read = linearPattern(source);
        fc.pre(read.ok);
        expect(read.ok && read.pattern.matches(subject), `${source} on ${subject}`).toBe(
          new RegExp(source).test(subject),
        );
      }),
      { numRuns: 2_000 },
    ));

  it('ends, where an engine that tries every way would not', () => {
    const subject = `${'a'.repeat(5_000)}!`;
    for (const source of ['(a+)+$', '^(a|a)*$', '(a*)*b', '^(a?){50}a{50}b'])
      expect(matches(source, subject)).toBe(false);
  });

  it.each([
    ['^urn:ngsi-ld:WasteContainer:.*-0[1-3]$', 'urn:ngsi-ld:WasteContainer:tdm:bin-02', true],
    ['Ph[úu] C', 'Phú Cường', true],
    ['^Cường$', 'Phú Cường', false],
  ])('%s on %s', (source, subject, expected) => expect(matches(source, subject)).toBe(expected));

  it.each([
    ['(?=a)', 'looks around'],
    ['(a)\\1', 'not supported'],
    ['a{2000}', 'count'],
    ['(a{99}){99}', 'too large'],
    ['(((((a{9}){9}){9}){9}){9})', 'too large'],
    ['a)', 'too many'],
    ['*', 'repeats nothing'],
    ['[b-a]', 'ends before it starts'],
    [`${'('.repeat(50)}a${')'.repeat(50)}`, 'too deeply'],
    ['a'.repeat(201), 'longer than'],
  ])('%s is refused with a reason', (source, reason) => {
    const read = linearPattern(source);
    expect(read.ok ? '' : read.reason).toContain(reason);
  });
});
