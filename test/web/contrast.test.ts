import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { NO_DATA_COLOUR } from '../../web/src/state/fill-look.ts';
import { routeColours } from '../../web/src/state/route-look.ts';

const sheet = readFileSync(new URL('../../web/src/styles/tokens.css', import.meta.url), 'utf8');
const tokens = new Map(
  [...sheet.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})\b/gi)].map(([, name, colour]) => [name, colour]),
);

const token = (name: string): string => {
  const colour = tokens.get(name);
  if (colour === undefined) throw new Error(`tokens.css has no colour --${name}`);
  return colour;
};

/** WCAG 2.2, "relative luminance". */
const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

/** WCAG 2.2, "contrast ratio". */
const contrast = (one: string, other: string): number => {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};

const MAP_SHEET = '#eef1ec';

describe('contrast', () => {
  it('is computed as WCAG does', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  });

  it.each([
    ['ink', 'ground'],
    ['ink', 'ground-soft'],
    ['ink-quiet', 'ground'],
    ['ink-quiet', 'ground-soft'],
    ['ink-quiet', 'warning-ground'],
    ['link', 'ground'],
    ['link', 'warning-ground'],
    ['link', 'problem-ground'],
    ['on-brand', 'brand'],
    ['on-brand-quiet', 'brand'],
    ['on-action', 'action'],
    ['on-action', 'action-strong'],
    ['action-strong', 'ground'],
    ['problem', 'problem-ground'],
    ['problem', 'ground'],
    ['warning', 'ground'],
    ['good', 'good-ground'],
    ['ink', 'focus-on-brand'],
  ])('of %s on %s is enough to read (1.4.3 AA)', (text, ground) => {
    expect(contrast(token(text), token(ground))).toBeGreaterThanOrEqual(4.5);
  });

  it.each([
    ['focus', 'ground'],
    ['focus', 'ground-soft'],
    ['focus-on-brand', 'brand'],
    ['line-strong', 'ground'],
  ])('of %s on %s is enough to make out (1.4.11 AA)', (part, ground) => {
    expect(contrast(token(part), token(ground))).toBeGreaterThanOrEqual(3);
  });

  it.each(routeColours)('of white numbers on route colour %s is enough to read', (colour) => {
    expect(contrast('#ffffff', colour)).toBeGreaterThanOrEqual(4.5);
  });

  it.each([...routeColours, NO_DATA_COLOUR])('of %s on the map’s sheet is enough to make out', (colour) => {
    expect(contrast(colour, MAP_SHEET)).toBeGreaterThanOrEqual(3);
  });
});
