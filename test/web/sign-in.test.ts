import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { accessibilityFaults } from './support/accessibility-faults.ts';
import { phone } from './support/browser.ts';
import { useConsole } from './support/console-suite.ts';

const { host, open } = useConsole();

/** A visitor of a console that asks who they are, before they said so. */
const arrive = async (options: Parameters<typeof open>[0] = {}) => {
  host().mood.asksWho = true;
  const visitor = await open({ locale: 'en-GB', ...options });
  await visitor.page.getByRole('heading', { level: 2, name: 'Sign in' }).waitFor();
  return visitor;
};

const signIn = async (path = '/#tab=sensors') => {
  const visitor = await arrive({ path });
  await visitor.page.getByRole('button', { name: 'Sign in' }).click();
  await visitor.page.getByRole('heading', { level: 2, name: 'Health of sensors' }).waitFor();
  return visitor;
};

describe('signing in', () => {
  it('shows nothing of the city before, and leads back to where the reader was', async () => {
    const { page } = await arrive({ path: '/#tab=sensors' });
    expect(await page.getByRole('tab').count()).toBe(0);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { level: 2, name: 'Health of sensors' }).waitFor();
    const { hash, search } = new URL(page.url());
    expect([hash, search]).toEqual(['#tab=sensors', '']);
    await page.getByRole('button', { name: /Signed in as lan@thudaumot.example/ }).waitFor();
  });

  it('lasts over a reload, and is renewed before it runs out', async () => {
    host().providerMood.tokenSeconds = 30;
    const { page } = await signIn();
    const before = host().provider.log.grants.length;
    await page.reload();
    await page.getByText('136 sensors were checked').waitFor();
    expect(host().provider.log.grants.slice(before)).toContain('refresh_token');
  });

  it('renews a token that the API refuses, and goes on as if nothing had been', async () => {
    const { page } = await signIn();
    host().provider.forgetTokens();
    await page.getByRole('tab', { name: 'Bins' }).click();
    await page.getByRole('tab', { name: 'Sensors' }).click();
    await page.getByText('136 sensors were checked').waitFor();
    expect(await page.getByRole('heading', { name: 'Sign in' }).count()).toBe(0);
  });

  it('asks again, kindly, when the session has ended', async () => {
    const { page } = await signIn();
    host().provider.forgetTokens();
    host().providerMood.hasForgotten = true;
    await page.reload();
    await page.getByText('Your session has ended').waitFor();
    expect(new URL(page.url()).hash).toBe('#tab=sensors');
  });

  it('says so when the provider sends somebody back', async () => {
    host().providerMood.refuses = true;
    const { page } = await arrive();
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('Signing in did not work').waitFor();
  });

  it('takes nobody in with an answer to a question that this page did not ask', async () => {
    host().mood.asksWho = true;
    const { page } = await open({ locale: 'en-GB', path: '/?code=stolen&state=guessed' });
    await page.getByRole('alert').waitFor();
    expect(new URL(page.url()).search).toBe('');
  });

  it('ends with signing out: tokens are gone here and at the provider', async () => {
    const { page } = await signIn();
    const { revoked, loggedOut } = host().provider.log;
    await page.getByRole('button', { name: /Sign out/ }).click();
    await page.getByRole('heading', { level: 2, name: 'Sign in' }).waitFor();
    expect(await page.evaluate(() => localStorage.getItem('phosach.session'))).toBeNull();
    expect(host().provider.log).toMatchObject({ revoked: revoked + 1, loggedOut: loggedOut + 1 });
  });

  it('saves files in the name of who is signed in', async () => {
    const { page } = await signIn();
    await page.getByRole('tab', { name: 'Results' }).click();
    const saving = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download CSV' }).click();
    const saved = await saving;
    expect(saved.suggestedFilename()).toMatch(/^kpis-.*-day\.csv$/);
    expect(JSON.parse(readFileSync(await saved.path(), 'utf8'))).toHaveProperty('total');
  });

  it('is readable and reachable on a phone', async () => {
    host().mood.asksWho = true;
    const { page } = await open({ viewport: phone });
    await page.getByRole('heading', { level: 2, name: 'Đăng nhập' }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });
});
