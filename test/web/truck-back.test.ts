import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { type EventDraft, emptyEvent, eventOf } from '../../web/src/panel/plan/life/event-draft.ts';
import { accessibilityFaults } from './support/accessibility-faults.ts';
import { phone } from './support/browser.ts';
import { useConsole } from './support/console-suite.ts';
import { bins } from './support/fixture-city.ts';

const { open } = useConsole();
const area = { centre: { latitude: 10.98, longitude: 106.65 }, radiusMetres: 300 };
const onBoard = { litres: 3_200, kg: 800 };
const since = { at: '2026-11-22T23:10:00.000Z', reason: 'Hydraulics' };

/** The city's plan with a truck that stopped, one that came back, and a closed area. */
const onSuchADay = async (page: Page): Promise<void> => {
  await page.route(/\/api\/v1\/plans\/(latest|plan-[^/]*)$/, async (route) => {
    const answer = await route.fetch();
    const plan = await answer.json();
    const [first, second, ...rest] = plan.routes;
    const stopped = { ...first, outOfService: { ...since, onBoard } };
    const stood = [{ ...since, until: '2026-11-23T00:30:00.000Z', onBoard }];
    const [depot, ...stops] = second.stops;
    const { id: _id, ...place } = depot;
    const stand = { ...place, kind: 'stand', loadLitres: 3_200, loadKg: 800, done: 'reported' };
    const returned = { ...second, stood, stops: [depot, stand, ...stops] };
    const closures = [{ closureId: 'closure-2', area, reason: 'Burst pipe', held: true }];
    await route.fulfill({ response: answer, json: { ...plan, routes: [stopped, returned, ...rest], closures } });
  });
  // Another address, so that the page is loaded anew.
  await page.goto(`${new URL(page.url()).origin}/?anew#tab=plan`);
};

const chooseKind = (page: Page, kind: string) =>
  page.getByRole('combobox', { name: /^(Kind of event|Loại sự việc)/ }).selectOption(kind);

describe('a truck that stops and comes back', () => {
  it('says what is on board, comes back with it or without, and areas open early, on a phone', async () => {
    const { page, faults } = await open({ path: '/#tab=bins', locale: 'en-GB', viewport: phone });
    await onSuchADay(page);
    const routes = page.locator('details.route');
    await routes.first().waitFor();
    for (const route of await routes.all())
      if ((await route.getAttribute('open')) === null) await route.locator('summary').click();
    await routes.getByText('Out of service at 06:10: Hydraulics').waitFor();
    await page.getByText('About 3,200 L (800 kg) on board did not reach a disposal site: have it fetched.').waitFor();
    const fetched = page.locator('.plan-section', { hasText: 'Waste on board of stopped trucks, to be fetched (1)' });
    await fetched.getByText('3,200 L, 800 kg. Out of service at 06:10: Hydraulics').waitFor();
    await page.getByText('Out of service 06:10–07:30: Hydraulics.').waitFor();
    await page.getByText('Back with about 3,200 L (800 kg) on board.').waitFor();
    await page.getByText('stood here out of service').waitFor();
    await page.getByRole('button', { name: 'Re-plan …' }).click();
    await chooseKind(page, 'truck-back');
    const truck = page.getByRole('combobox', { name: /^Truck/ });
    // Only who is out of service can come back.
    expect(await truck.locator('option').count()).toBe(2);
    await truck.selectOption({ index: 1 });
    await page.getByLabel('Where it starts').selectOption('last-place');
    await page.getByLabel('Somebody else has taken what was on board').check();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Add event' }).click();
    await chooseKind(page, 'area-opened');
    await page.getByRole('button', { name: 'Add event' }).click();
    await page.getByText('Something is missing').waitFor();
    await page.getByRole('combobox', { name: /^Closed area/ }).selectOption({ label: 'Burst pipe' });
    await page.getByRole('button', { name: 'Add event' }).click();
    await page.locator('.event-list').getByText('Area open again: Burst pipe').waitFor();
    const sent = page
      .waitForRequest((request) => request.url().endsWith('/replan'))
      .then((request) => (request.postDataJSON() as { readonly events: readonly object[] }).events);
    await page.getByRole('button', { name: 'Re-plan', exact: true }).click();
    expect(await sent).toEqual([
      { kind: 'truck-back', vehicleId: 'truck-1', from: 'last-place', emptied: true },
      { kind: 'area-opened', closureId: 'closure-2' },
    ]);
    const width = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth] as const);
    expect(width[0]).toBeLessThanOrEqual(width[1]);
    expect(faults).toEqual([]);
  });

  it('is told in Vietnamese that nobody is out and nothing closed, and that an outline crosses itself', async () => {
    const { page, faults } = await open({ path: '/#tab=plan', viewport: phone });
    await page.getByRole('button', { name: 'Lập lại …' }).click();
    await chooseKind(page, 'truck-back');
    await page.getByText('Kế hoạch này không có xe nào đang ngừng.').waitFor();
    await chooseKind(page, 'area-opened');
    await page.getByText('Không có khu vực nào đang bị chặn.').waitFor();
    await chooseKind(page, 'area-closed');
    await page.getByLabel('Khu vực nào').selectOption('outline');
    const outline = page.getByLabel('Các góc: vĩ độ, kinh độ');
    await outline.fill('10.90, 106.60\n10.92, 106.62\n10.90, 106.62\n10.92, 106.60');
    await page.getByText('Đường ranh giới tự cắt nhau gần 10.9100, 106.6100').waitFor();
    await page.getByLabel('Lý do', { exact: true }).fill('Ngập');
    await page.getByRole('button', { name: 'Thêm sự việc' }).click();
    expect(await page.locator('.event-list li').count()).toBe(0);
    expect(await accessibilityFaults(page)).toEqual([]);
    await outline.fill('10.90, 106.60\n10.92, 106.62\n10.90, 106.62');
    await page.getByText('tự cắt nhau').waitFor({ state: 'detached' });
    expect(faults).toEqual([]);
  });

  it('has its hours by the city’s clocks', () => {
    const clock = { timeZone: 'Asia/Ho_Chi_Minh', now: Date.UTC(2026, 10, 22, 19, 30) };
    const means = (draft: Partial<EventDraft> & Pick<EventDraft, 'kind'>) =>
      eventOf({ ...emptyEvent(draft.kind), ...draft }, bins, clock);
    expect(means({ kind: 'truck-back', vehicleId: 't', at: '04:00' })).toEqual({
      kind: 'truck-back',
      vehicleId: 't',
      from: 'depot',
      at: '2026-11-22T21:00:00.000Z',
    });
    expect(means({ kind: 'area-opened', closureId: 'closure-1', at: '01:15' })).toMatchObject({
      at: '2026-11-22T18:15:00.000Z',
    });
    const crossing = '10.90, 106.60\n10.92, 106.62\n10.90, 106.62\n10.92, 106.60';
    const closed = { kind: 'area-closed', areaBy: 'outline', reason: 'x' } as const;
    expect(means({ ...closed, outline: crossing })).toBeUndefined();
    expect(means({ ...closed, outline: '10.90, 106.60\n10.92, 106.62\n10.90, 106.62' })).toBeDefined();
  });
});

describe('a day with two plans', () => {
  it('shows the newest, says that another one is being driven, and leads there', async () => {
    const { page, faults } = await open({ path: '/#tab=bins', locale: 'en-GB', viewport: phone });
    await page.route(/\/api\/v1\/plans(\?.*)?$/, async (route) => {
      const answer = await route.fetch();
      const listed = await answer.json();
      const [newest, ...older] = listed.plans;
      const driven = { ...newest, planId: 'plan-driven', serviceDate: '2026-11-22', state: 'in-progress' };
      await route.fulfill({ response: answer, json: { ...listed, plans: [newest, driven, ...older] } });
    });
    await page.goto(`${new URL(page.url()).origin}/?anew#tab=plan`);
    await page.getByText('Another plan is in progress: Sunday').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    const options = await page
      .getByRole('combobox', { name: /^Choose/ })
      .locator('option')
      .allTextContents();
    expect(options[1]).toContain(' · In progress · ');
    await page.getByRole('link', { name: 'Open that plan' }).click();
    await expect.poll(() => new URL(page.url()).hash).toContain('plan=plan-driven');
    expect(faults).toEqual([]);
  });
});
