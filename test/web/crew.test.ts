import { describe, expect, it } from 'vitest';
import { photoTypeOf } from '../../shared/routing/crew/photo.ts';
import { accessibilityFaults } from './support/accessibility-faults.ts';
import { desktop } from './support/browser.ts';
import { card, chooseTruck, isKept, tap } from './support/crew-acts.ts';
import { useCrewCity } from './support/crew-suite.ts';

const { city, open, said, wordsSaid, heard } = useCrewCity();

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
