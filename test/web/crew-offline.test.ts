import { describe, expect, it } from 'vitest';
import type { Plan } from '../../shared/routing/plan.ts';
import { daysAfter } from '../../shared/routing/service-date.ts';
import { closeDay, driveBy } from '../support/drive-plan.ts';
import { card, chooseTruck, isKept, tap, waiting } from './support/crew-acts.ts';
import { tonight, useCrewCity } from './support/crew-suite.ts';

const { city, open, said, wordsSaid, heard } = useCrewCity();

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
