import { describe, expect, it } from 'vitest';
import { planAnswerOf } from '../../functions/operations-api/plan-answers.ts';
import { closureDictionaries } from '../../web/src/i18n/closure-words.ts';
import { closureFeatures } from '../../web/src/map/features.ts';
import { fixturePlan } from '../support/plan.ts';
import { accessibilityFaults } from './support/accessibility-faults.ts';
import { phone } from './support/browser.ts';
import { useConsole } from './support/console-suite.ts';

const { open } = useConsole();
const centre = { latitude: 10.98, longitude: 106.65 };
const closures = [
  { area: { centre, radiusMetres: 300 }, until: '2026-11-23T03:00:00.000Z', reason: 'Đường ngập', held: true },
  { area: { centre, radiusMetres: 90 }, reason: 'Cây đổ', held: false },
];

describe('closed areas in the console', () => {
  it('are listed with whether routes go round them, and lines are said to follow until they are there', async () => {
    const { page, faults } = await open({ path: '/#tab=bins', locale: 'en-GB', viewport: phone });
    let looks = 0;
    await page.route(/\/api\/v1\/plans\/(latest|plan-[^/]*)$/, async (route) => {
      const answer = await route.fetch();
      looks += 1;
      const more = { closures, ...(looks < 3 && { linesToFollow: 4 }) };
      await route.fulfill({ response: answer, json: { ...(await answer.json()), ...more } });
    });
    // Another address, so that the page is loaded anew.
    await page.goto(`${new URL(page.url()).origin}/?anew#tab=plan`);
    const list = page.locator('.plan-section', { hasText: 'Closed areas (2)' });

    await list.getByText('until 10:00: the routes go round it').waitFor();
    await list.getByText('all day: only its bins are held back').waitFor();
    await page.getByText('The lines of 4 legs are being drawn').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByText('The lines of 4 legs are being drawn').waitFor({ state: 'detached' });
    expect(looks).toBeGreaterThanOrEqual(3);
    expect(faults).toEqual([]);
  });

  it('stand on the map as rings', () => {
    const plan = { ...fixturePlan([]), closures: closures.map(({ area, reason, held }) => ({ area, reason, held })) };
    const answer = planAnswerOf(plan);
    const features = closureFeatures(answer).features;
    expect(features.map(({ properties }) => properties?.held)).toEqual([true, false]);
    for (const { geometry } of features)
      expect(geometry.type === 'Polygon' && geometry.coordinates[0]?.at(0)).toEqual(
        geometry.type === 'Polygon' && geometry.coordinates[0]?.at(-1),
      );
    expect(closureFeatures(undefined).features).toEqual([]);
  });

  it('have words in both languages, none the same', () => {
    for (const key of ['allDay', 'held', 'notHeld'] as const)
      expect(closureDictionaries.vi[key]).not.toBe(closureDictionaries.en[key]);
    for (const key of ['heading', 'until', 'linesToFollow'] as const) {
      expect(closureDictionaries.vi[key]('7')).toContain('7');
      expect(closureDictionaries.en[key]('7')).toContain('7');
      expect(closureDictionaries.vi[key]('7')).not.toBe(closureDictionaries.en[key]('7'));
    }
  });
});
