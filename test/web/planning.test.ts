import { describe, expect, it } from 'vitest';
import { useConsole } from './support/console-suite.ts';

const { host, open } = useConsole();

describe('“Plan now”', () => {
  it('asks, waits, and shows the new plan under a link of its own', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'Lập kế hoạch ngay' }).click();
    await page.getByText('Đã gửi yêu cầu, đang chờ bộ lập kế hoạch.').waitFor();
    expect(await page.getByRole('button', { name: 'Đang lập kế hoạch…' }).getAttribute('aria-disabled')).toBe('true');
    await page.getByText('Kế hoạch mới đã sẵn sàng.').waitFor();
    await expect.poll(() => new URL(page.url()).hash).toMatch(/^#plan=plan-2026-11-23-\d+$/);
    await page.getByText(/Điều phối viên lập lúc/).waitFor();
    const planId = new URL(page.url()).hash.slice('#plan='.length);
    const link = page.getByRole('link', { name: 'Tải GeoJSON' });
    expect(await link.getAttribute('href')).toBe(`/api/v1/plans/${planId}/geojson`);
    await expect.poll(() => page.getByLabel('Chọn kế hoạch').inputValue()).toBe(planId);
  });

  it('says why no plan could be made, and keeps the plan that was there', async () => {
    host().mood.planning = 'fails';
    const { page } = await open({ locale: 'en-GB' });
    await page.getByRole('button', { name: 'Plan now' }).click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toBe('No plan could be made: no truck is available tonight');
    expect(await page.getByRole('heading', { name: /^Plan for/ }).isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: 'Plan now' }).getAttribute('aria-disabled')).toBe('false');
  });

  it('shows the server’s own words when the request is refused', async () => {
    host().mood.planning = 'is-refused';
    const { page } = await open({ locale: 'en-GB' });
    await page.getByRole('button', { name: 'Plan now' }).click();
    await page.getByText('The server reports an error: Too Many Requests').waitFor();
    expect(await page.getByText('A plan is already being made.').isVisible()).toBe(true);
  });
});

describe('plans by link', () => {
  it('tells a plan that failed from one that does not exist', async () => {
    const { page } = await open({ locale: 'en-GB', path: '/#plan=plan-2026-11-22-broken' });
    await page.getByText('No plan could be made: no truck is available').waitFor();
    await page.evaluate(() => {
      location.hash = 'plan=nowhere';
    });
    await page.getByText('There is no plan with this id.').waitFor();
    await page.getByRole('link', { name: 'Show the latest plan' }).click();
    await page.getByRole('heading', { name: /^Plan for/ }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('invites to make the first plan where there is none, without an alarm', async () => {
    host().mood.hasNoPlan = true;
    const { page } = await open({ locale: 'en-GB' });
    await page.getByText(/There is no plan yet/).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });
});
