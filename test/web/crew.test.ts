import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { CrewReport } from '../../shared/routing/crew/crew-report.ts';
import { photoTypeOf } from '../../shared/routing/crew/photo.ts';
import type { Plan } from '../../shared/routing/plan.ts';
import { daysAfter } from '../../shared/routing/service-date.ts';
import { closeDay, driveBy } from '../support/drive-plan.ts';
import { accessibilityFaults } from './support/accessibility-faults.ts';
import { desktop } from './support/browser.ts';
import { tonight, useCrewCity } from './support/crew-suite.ts';

const { city, open } = useCrewCity();

const said = async (): Promise<readonly CrewReport[]> => city().parts().crewReports.since(0);
const wordsSaid = async () => (await said()).map(({ binId, outcome }) => `${binId} ${outcome}`);
/** The city has heard so many reports, and the page says so. */
const heard = async (page: Page, count: number): Promise<void> => {
  await expect.poll(async () => (await said()).length, { timeout: 45_000 }).toBe(count);
  await page.locator('.sending.is-sent').waitFor();
};

const chooseTruck = async (page: Page, name = 'Xe 1'): Promise<void> => {
  await page.getByRole('button', { name }).click();
  await page.locator('.stop.is-next').waitFor();
};
const card = (page: Page, name: string) => page.locator('.stop').filter({ hasText: name });
const tap = (page: Page, name: string) => page.locator('.stop.is-next').getByRole('button', { name }).click();
const waiting = (page: Page, count: number) => page.getByText(`${count} báo cáo chờ gửi`).waitFor();

/** The page is on the phone once its worker holds it. */
const isKept = (page: Page) =>
  expect
    .poll(
      () =>
        page.evaluate(async () => {
          const kept = await (await caches.open('phosach-crew-shell')).match('/crew/');
          return kept !== undefined && navigator.serviceWorker.controller !== null;
        }),
      { timeout: 45_000 },
    )
    .toBe(true);

/** Without its first bin, and with one more. */
const planAnew = (plan: Plan): Plan => ({
  ...plan,
  routes: plan.routes.map((route) => {
    if (route.vehicleId !== 't1') return route;
    const stops = route.stops.flatMap((stop) => {
      if (stop.id === 'bin-2') return [];
      return stop.id === 'bin-3' ? [stop, { ...stop, id: 'bin-5', name: 'Chợ Bình Dương' }] : [stop];
    });
    return { ...route, stops };
  }),
});

describe('a crew with a network', () => {
  it('chooses its truck once and reports each stop with one tap', async () => {
    const { page, faults } = await open();
    await chooseTruck(page);
    await tap(page, 'Đã lấy');
    await card(page, 'Chợ "Thủ"').getByText('Đã lấy').waitFor();
    await page.locator('.stop.is-next').filter({ hasText: 'Đinh Bộ Lĩnh' }).waitFor();
    await tap(page, 'Một phần');
    await page.getByRole('button', { name: 'Còn 50%' }).click();
    await tap(page, 'Bị chắn');
    await page.getByText('Đã báo cáo hết các thùng.').waitFor();
    await heard(page, 3);
    expect(await said()).toMatchObject([
      { planId: 'plan-a', vehicleId: 't1', binId: 'bin-1', outcome: 'collected', sequence: 1 },
      { binId: 'bin-2', outcome: 'partly', fractionLeft: 0.5, sequence: 2 },
      { binId: 'bin-3', outcome: 'blocked', sequence: 3 },
    ]);
    await page.reload();
    await page.getByText('3 trên 3 thùng').first().waitFor();
    expect(faults).toEqual([]);
  });

  it('takes back what it said, corrects it, and the city hears both', async () => {
    const { page } = await open();
    await chooseTruck(page);
    await tap(page, 'Không thấy');
    await page.getByRole('button', { name: /^Hoàn tác: Chợ "Thủ"/ }).click();
    await page.locator('.stop.is-next').filter({ hasText: 'Chợ "Thủ"' }).waitFor();
    await tap(page, 'Đã lấy');
    await page.getByRole('button', { name: /^Sửa: Chợ "Thủ"/ }).click();
    await card(page, 'Chợ "Thủ"').getByRole('button', { name: 'Bị chắn' }).click();
    await heard(page, 4);
    expect(await said()).toMatchObject([
      { outcome: 'not-found' },
      { outcome: 'not-found', takenBack: true },
      { outcome: 'collected' },
      { outcome: 'blocked' },
    ]);
  });

  it('sends a note, and a photo made small, in the name of its report', async () => {
    const { page, faults } = await open();
    await chooseTruck(page);
    const big = await page.evaluate(async () => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [2_400, 1_600];
      canvas.getContext('2d')?.fillRect(0, 0, 1_200, 1_600);
      const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
      return [...new Uint8Array((await blob?.arrayBuffer()) ?? new ArrayBuffer(0))];
    });
    await page.locator('.stop.is-next').getByText('Ghi chú, ảnh').click();
    await page.getByRole('textbox', { name: 'Ghi chú' }).fill('Ô tô đỗ chắn, biển 61A');
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.from(big) });
    await page.getByText('Ảnh sẽ được gửi cùng báo cáo').waitFor();
    await tap(page, 'Bị chắn');
    await card(page, 'Chợ "Thủ"')
      .getByText(/có ảnh · đã gửi/)
      .waitFor();
    await heard(page, 1);
    const [report] = await said();
    expect(report).toMatchObject({ note: 'Ô tô đỗ chắn, biển 61A', photoKey: `crew-photos/${report?.reportId}` });
    const photo = await city()
      .parts()
      .crewPhotos.get(report?.reportId ?? '');
    expect(photoTypeOf(photo?.bytes ?? new Uint8Array())).toBe('image/jpeg');
    const width = await page.evaluate(
      async (bytes) => {
        const picture = await createImageBitmap(new Blob([new Uint8Array(bytes)]));
        return `${picture.width}×${picture.height}`;
      },
      [...(photo?.bytes ?? [])],
    );
    expect(width).toBe('1600×1067');
    expect(faults).toEqual([]);
  });

  it('reads why the city refused a report, and has the stop open again', async () => {
    const { page } = await open({ locale: 'en-GB' });
    await chooseTruck(page);
    await city().reset();
    await tap(page, 'Collected');
    await page.getByRole('alert').getByText('There is no plan plan-a').waitFor();
    await page.locator('.stop.is-next').filter({ hasText: 'Chợ "Thủ"' }).waitFor();
    await page.getByRole('button', { name: /^Understood/ }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    expect(await city().parts().crewReports.refused(new Date().toISOString().slice(0, 7))).toHaveLength(1);
  });

  it('sees what another phone of its truck reported', async () => {
    const { page } = await open();
    await chooseTruck(page);
    await tap(page, 'Đã lấy');
    await heard(page, 1);
    const other = await open();
    await chooseTruck(other.page);
    await card(other.page, 'Chợ "Thủ"')
      .getByText(/Đã lấy/)
      .waitFor();
    await other.page.getByText('1 trên 3 thùng').first().waitFor();
  });
});

describe('a crew without a network', () => {
  it('goes on, over reloads and a closed page, and everything arrives in order when the network is back', async () => {
    const { page, context } = await open();
    await chooseTruck(page);
    await isKept(page);
    await context.setOffline(true);
    await tap(page, 'Đã lấy');
    await waiting(page, 1);
    await page.reload();
    await waiting(page, 1);
    await page.getByText('Mất mạng').waitFor();
    await tap(page, 'Không thấy');
    await waiting(page, 2);
    // The browser gives a page that it closes its network back for a moment: nobody may be there to hear it.
    city().mood.isDown = true;
    await page.close();
    const again = await context.newPage();
    again.setDefaultTimeout(45_000);
    await again.goto(`${city().origin}/crew/`);
    await waiting(again, 2);
    await tap(again, 'Bị chắn');
    await waiting(again, 3);
    expect(await said()).toEqual([]);
    city().mood.isDown = false;
    await context.setOffline(false);
    await heard(again, 3);
    expect(
      city()
        .mood.batches.flat()
        .map(({ sequence }) => sequence),
    ).toEqual([1, 2, 3]);
    expect(await wordsSaid()).toEqual(['bin-1 collected', 'bin-2 not-found', 'bin-3 blocked']);
  });

  it('is heard once, though answers are lost on the way', async () => {
    const { page } = await open();
    await chooseTruck(page);
    city().mood.losesAnswers = true;
    await tap(page, 'Đã lấy');
    await page.getByText('Máy chủ báo lỗi 504').waitFor();
    await waiting(page, 1);
    expect(await wordsSaid()).toEqual(['bin-1 collected']);
    city().mood.losesAnswers = false;
    await page.getByRole('button', { name: 'Gửi ngay' }).click();
    await heard(page, 1);
    expect(city().mood.batches.length).toBeGreaterThan(1);
    expect(await wordsSaid()).toEqual(['bin-1 collected']);
  });

  it('tries again by itself when the city was down', async () => {
    const { page } = await open();
    await chooseTruck(page);
    city().mood.isDown = true;
    await tap(page, 'Đã lấy');
    await page.getByText('Máy chủ báo lỗi 503').waitFor();
    city().mood.isDown = false;
    await heard(page, 1);
    expect(await wordsSaid()).toEqual(['bin-1 collected']);
  });

  it('is told what changed while it was away, until it says that it has seen it; what it did meanwhile still counts', async () => {
    const { page, context } = await open();
    await chooseTruck(page);
    await isKept(page);
    await context.setOffline(true);
    await tap(page, 'Đã lấy');
    await waiting(page, 1);
    const { plans } = city().parts();
    await driveBy(
      plans,
      tonight('plan-b', (plan) => planAnew({ ...plan, requestedAt: Date.now() })),
    );
    await context.setOffline(false);
    const notice = page.getByRole('alert').filter({ hasText: 'Kế hoạch đã thay đổi' });
    await notice.getByText('Chợ Bình Dương').waitFor();
    expect(await notice.textContent()).toContain('Bỏ: Đinh Bộ Lĩnh; số 5\\7');
    await page.reload();
    await notice.waitFor();
    await notice.getByRole('button', { name: 'Đã hiểu' }).click();
    await notice.waitFor({ state: 'detached' });
    await card(page, 'Chợ "Thủ"')
      .getByText(/Đã lấy/)
      .waitFor();
    await page.locator('.stop.is-next').filter({ hasText: '=HYPERLINK' }).waitFor();
    await heard(page, 1);
    expect(await said()).toMatchObject([{ planId: 'plan-a', binId: 'bin-1' }]);
  });

  it('finishes its day before it goes on to the next one’s plan', async () => {
    const { page } = await open();
    await chooseTruck(page);
    const { plans } = city().parts();
    const { serviceDate: today } = tonight();
    const tomorrow = (plan: Plan): Plan => ({ ...plan, serviceDate: daysAfter(today, 1), requestedAt: Date.now() });
    await driveBy(plans, tonight('plan-next', tomorrow));
    await closeDay(plans, 'plan-a');
    await page.getByRole('button', { name: 'Tải lại kế hoạch' }).click();
    const goOn = page.getByRole('button', { name: 'Chuyển sang kế hoạch đó' });
    await goOn.waitFor();
    await tap(page, 'Đã lấy');
    await heard(page, 1);
    expect(await said()).toMatchObject([{ planId: 'plan-a' }]);
    await goOn.click();
    const [year, month, day] = daysAfter(today, 1).split('-').map(Number);
    await page.getByRole('heading', { level: 2, name: `${day}/${month}/${year}` }).waitFor();
    await page.getByText('0 trên 3 thùng').first().waitFor();
  });
});

describe('the crew’s page', () => {
  it('can be installed: manifest, icons, a worker for its own folder; nothing comes from elsewhere or of the console', async () => {
    const { page, requests } = await open();
    const href = await page.locator('link[rel=manifest]').getAttribute('href');
    const manifest = await (await fetch(`${city().origin}${href}`)).json();
    expect(manifest).toMatchObject({ start_url: '/crew/', scope: '/crew/', display: 'standalone' });
    for (const { src, type } of manifest.icons) {
      expect((await fetch(`${city().origin}${src}`)).headers.get('content-type')).toBe(type);
    }
    await isKept(page);
    expect(await page.evaluate(async () => (await navigator.serviceWorker.ready).scope)).toBe(`${city().origin}/crew/`);
    expect(requests.filter((url) => !url.startsWith(city().origin) || /city-map|maplibre/.test(url))).toEqual([]);
  });

  it('leads to the next stops with no more than a phone’s browser takes', async () => {
    const { page } = await open();
    await chooseTruck(page);
    const href = (await page.getByRole('link', { name: /^Chỉ đường 4 điểm tới/ }).getAttribute('href')) ?? '';
    const { searchParams } = new URL(href);
    expect(searchParams.get('waypoints')?.split('|')).toEqual(['10.981,106.659', '10.982,106.658', '11.07,106.7']);
    expect(searchParams.get('destination')).toBe('10.983,106.657');
  });

  it('is accessible, fits a phone, and has room for thumbs, in both languages', async () => {
    const { page } = await open();
    const inOneLanguage = async (): Promise<void> => {
      expect(await accessibilityFaults(page)).toEqual([]);
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wide).toBe(0);
      const small = await page.evaluate(() =>
        [...document.querySelectorAll('main button, main a, main summary, main label.button')]
          .filter((element) => element.checkVisibility())
          .filter(
            (element) => element.getBoundingClientRect().height < 47.5 || element.getBoundingClientRect().width < 47.5,
          )
          .map(({ outerHTML }) => outerHTML.slice(0, 120)),
      );
      expect(small).toEqual([]);
    };
    const check = async (): Promise<void> => {
      for (const language of ['English', 'Tiếng Việt']) {
        await page.getByRole('button', { name: language }).click();
        await inOneLanguage();
      }
    };
    await page.locator('.truck-list').waitFor();
    await check();
    await chooseTruck(page);
    await page.locator('.outcomes .is-partly').click();
    await page.locator('.more summary').first().click();
    await page.locator('.outbox summary').click();
    await check();
    await page.locator('.outcomes .is-not-found').click();
    await heard(page, 1);
    await check();
  });

  it('is worked by keyboard alone, and the focus goes on where the report was made', async () => {
    const { page } = await open({ locale: 'en-GB', viewport: desktop });
    const tabTo = async (name: string): Promise<void> => {
      for (let press = 0; press < 40; press += 1) {
        await page.keyboard.press('Tab');
        const text = await page.evaluate(() => document.activeElement?.textContent?.trim() ?? '');
        if (text.startsWith(name)) return;
      }
      throw new Error(`The Tab key does not lead to ${name}`);
    };
    await page.locator('.truck-list').waitFor();
    await tabTo('Xe 1');
    await page.keyboard.press('Enter');
    await page.locator('.stop.is-next').waitFor();
    await tabTo('Collected');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label')?.startsWith('Undo: Chợ'));
    await tabTo('Not found');
    await page.keyboard.press('Space');
    await heard(page, 2);
    expect(await wordsSaid()).toEqual(['bin-1 collected', 'bin-2 not-found']);
  });
});
