import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { type EventDraft, emptyEvent, eventKinds, eventOf } from '../../web/src/panel/plan/life/event-draft.ts';
import { accessibilityFaults } from './support/accessibility-faults.ts';
import { phone } from './support/browser.ts';
import { useConsole } from './support/console-suite.ts';
import { bins } from './support/fixture-city.ts';

const { open } = useConsole();

/** Software WebGL is slow: a small map is drawn sooner. */
const small = { width: 640, height: 640 };

/** What the re-plan is asked for with. */
const replansOf = (page: Page): Promise<readonly object[]> =>
  page
    .waitForRequest((request) => request.url().endsWith('/replan'))
    .then((request) => (request.postDataJSON() as { readonly events: readonly object[] }).events);

const chooseKind = (page: Page, kind: string) =>
  page.getByRole('combobox', { name: /^(Kind of event|Loại sự việc)/ }).selectOption(kind);

describe('planning the rest of a day anew', () => {
  it('is asked for on a phone: what happened, what comes of it, in words', async () => {
    const { page, faults } = await open({ path: '/#tab=plan', locale: 'en-GB', viewport: phone });
    await page.getByRole('button', { name: 'Re-plan …' }).click();
    await page.getByRole('button', { name: 'Add event' }).click();
    await page.getByText('Something is missing').waitFor();
    await page.getByRole('combobox', { name: /^Truck/ }).selectOption({ index: 1 });
    await page.getByLabel('Reason').fill('Hydraulics');
    await page.getByRole('button', { name: 'Add event' }).click();
    await chooseKind(page, 'overflow');
    await page.getByRole('combobox', { name: /^Bin/ }).selectOption({ index: 2 });
    await page.getByRole('button', { name: 'Add event' }).click();
    await chooseKind(page, 'truck-joins');
    await page.getByRole('combobox', { name: /^Truck/ }).selectOption({ label: 'Xe 9 (mượn)' });
    await page.getByRole('button', { name: 'Add event' }).click();
    expect(await page.locator('.event-list li').count()).toBe(3);
    expect(await accessibilityFaults(page)).toEqual([]);
    const sent = replansOf(page);
    await page.getByRole('button', { name: 'Re-plan', exact: true }).click();
    expect(await sent).toEqual([
      { kind: 'truck-out', vehicleId: 'truck-1', reason: 'Hydraulics' },
      { kind: 'overflow', binId: bins[1]?.id },
      { kind: 'truck-joins', vehicleId: 'truck-9' },
    ]);
    await page
      .locator('.replan')
      .getByText(/Version \d+ is ready/)
      .waitFor();
    await page.locator('.replan .plan-diff').getByText('Bin moved from truck 1 to truck 2').waitFor();
    const width = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth] as const);
    expect(width[0]).toBeLessThanOrEqual(width[1]);
    expect(faults).toEqual([]);
  });

  it('closes an area whose corners are clicked on the map, or typed', async () => {
    const { page, faults } = await open({ path: '/#tab=plan', withMap: true, viewport: small });
    await page.locator('.map-canvas[data-ready=true]').waitFor();
    await page.getByRole('button', { name: 'Lập lại …' }).click();
    await chooseKind(page, 'area-closed');
    await page.getByLabel('Khu vực nào').selectOption('outline');
    await page.getByRole('button', { name: 'Vẽ trên bản đồ' }).click();
    await page.locator('.map-canvas[data-drawing=true]').waitFor();
    const box = await page.locator('.map-canvas').boundingBox();
    if (!box) throw new Error('The map has no size');
    const outline = page.getByLabel('Các góc: vĩ độ, kinh độ');
    const lines = async (): Promise<number> => (await outline.inputValue()).split('\n').filter(Boolean).length;
    for (const [index, [x, y]] of [
      [0.3, 0.3],
      [0.6, 0.3],
    ].entries()) {
      await page.mouse.click(box.x + box.width * (x ?? 0), box.y + box.height * (y ?? 0));
      await expect.poll(lines).toBe(index + 1);
    }
    // The keyboard adds the middle of the map, or types.
    await page.getByRole('button', { name: 'Thêm góc ở giữa bản đồ' }).press('Enter');
    await expect.poll(lines).toBe(3);
    await page.getByRole('button', { name: 'Bỏ góc cuối' }).press('Enter');
    await expect.poll(lines).toBe(2);
    await outline.press('End');
    await outline.fill(`${await outline.inputValue()}\n10.98, 106.66`);
    await page.getByText('3 góc').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    // While somebody draws, a click on the map chooses no bin.
    expect(new URL(page.url()).hash).toBe('#tab=plan');
    await page.getByLabel('Lý do', { exact: true }).fill('Ngập nước');
    await page.getByRole('button', { name: 'Thêm sự việc' }).click();
    await page.locator('.event-list').getByText('Khu vực bị chặn: Ngập nước').waitFor();
    const sent = replansOf(page);
    await page.getByRole('button', { name: 'Lập lại', exact: true }).click();
    const [event] = (await sent) as { kind: string; area: { polygon: number[][] } }[];
    expect(event?.kind).toBe('area-closed');
    expect(event?.area.polygon).toHaveLength(3);
    expect(event?.area.polygon[2]).toEqual([106.66, 10.98]);
    expect(faults).toEqual([]);
  });
});

describe('an event', () => {
  const [bin] = bins;
  if (bin === undefined) throw new Error('The city has bins');
  /** 02:30 in the city. */
  const clock = { timeZone: 'Asia/Ho_Chi_Minh', now: Date.UTC(2026, 10, 22, 19, 30) };
  const means = (draft: Partial<EventDraft> & Pick<EventDraft, 'kind'>) =>
    eventOf({ ...emptyEvent(draft.kind), ...draft }, bins, clock);

  it('is nothing while something is missing', () => {
    for (const kind of eventKinds) expect(means({ kind })).toBeUndefined();
    expect(means({ kind: 'truck-out', vehicleId: 't', reason: ' ' })).toBeUndefined();
    expect(means({ kind: 'area-closed', binId: bin.id, radius: '0', reason: 'x' })).toBeUndefined();
    expect(means({ kind: 'area-closed', areaBy: 'outline', outline: '1, 2\n3, 4', reason: 'x' })).toBeUndefined();
  });

  it('has its times by the city’s clocks: what was is past, what will be is to come', () => {
    const since = (at: string) => means({ kind: 'truck-out', vehicleId: 't', reason: 'x', at });
    expect(since('01:15')).toMatchObject({ at: '2026-11-22T18:15:00.000Z' });
    expect(since('23:50')).toMatchObject({ at: '2026-11-22T16:50:00.000Z' });
    expect(since('02:45')).toMatchObject({ at: '2026-11-22T19:30:00.000Z' });
    const until = (time: string) =>
      means({ kind: 'area-closed', binId: bin.id, reason: 'x', until: time, radius: '250' });
    expect(until('04:00')).toMatchObject({
      until: '2026-11-22T21:00:00.000Z',
      area: { centre: bin.position, radiusMetres: 250 },
    });
    expect(until('02:00')).toMatchObject({ until: '2026-11-23T19:00:00.000Z' });
  });
});
