import fc from 'fast-check';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { fleetDictionaries } from '../../web/src/i18n/fleet-words.ts';
import { draftOf, readDraft } from '../../web/src/panel/fleet/draft.ts';
import { readField, writeField } from '../../web/src/panel/fleet/field-text.ts';
import { formFields } from '../../web/src/panel/fleet/fields.ts';
import { accessibilityFaults } from './support/accessibility-faults.ts';
import { phone } from './support/browser.ts';
import { useConsole } from './support/console-suite.ts';

const { open } = useConsole();

const openTruck = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: /Xe 1/ }).click();
  await page.getByRole('heading', { name: /^(Edit|Sửa): Xe 1/ }).waitFor();
};

describe('fleet and rules in the console', () => {
  it('are changed with the keyboard alone; a fault stands beside its field and nothing typed is lost', async () => {
    const { page, requests } = await open({ path: '/#tab=fleet', locale: 'en-GB' });
    await page.getByRole('button', { name: /Xe 1/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Edit: Xe 1 (cẩu lớn)' }).waitFor();
    expect(await page.getByLabel('Breaks').inputValue()).toBe('23:30-00:30 30');
    const payload = page.getByLabel('Payload (kg)');
    await payload.fill('lots');
    await page.getByLabel('Shift', { exact: true }).fill('20-4');
    await payload.focus();
    await page.keyboard.press('Enter');
    await page.getByText('This is no number').waitFor();
    expect(await page.locator('.field-error').allInnerTexts()).toEqual([
      'Write a window like 20:00-04:00',
      'This is no number',
    ]);
    expect(await payload.getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('Shift', { exact: true }).fill('19:00-3:30');
    await payload.fill('-1');
    await page.keyboard.press('Enter');
    await page.getByText('Must be more than 0', { exact: true }).waitFor();
    expect(await page.getByLabel('Shift', { exact: true }).inputValue()).toBe('19:00-3:30');
    await payload.fill('7 500,5');
    await page.keyboard.press('Enter');
    await page.getByText('Xe 1 (cẩu lớn) is saved.').waitFor();
    expect(requests.filter((address) => address.endsWith('/registry/vehicles/truck-1')).length).toBeGreaterThan(1);
    await openTruck(page);
    expect(await payload.inputValue()).toBe('7500.5');
    expect(await page.getByLabel('Shift', { exact: true }).inputValue()).toBe('19:00-03:30');
  });

  it('say when somebody else was quicker, and load what is there now', async () => {
    const { page } = await open({ path: '/#tab=fleet', locale: 'en-GB' });
    await openTruck(page);
    await page.getByLabel('Number plate').fill('TAKEN');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Somebody changed it meanwhile').waitFor();
    expect(await page.getByLabel('Number plate').inputValue()).toBe('TAKEN');
    await page.getByRole('button', { name: 'Load what is there now' }).click();
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('[id="fleet-vehicles-plate"]')?.value === '61C-123.45',
    );
  });

  it('take a pasted outline and several bans for a zone', async () => {
    const { page } = await open({ path: '/#tab=fleet', locale: 'en-GB' });
    await page.locator('.fleet-tab select').first().selectOption('zones');
    await page.getByRole('button', { name: /Nội ô/ }).click();
    await page.getByRole('heading', { name: 'Edit: Nội ô' }).waitFor();
    const outline = page.getByLabel('Outline', { exact: true });
    await outline.fill('{"type":"Point"}');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Write at least three corners').waitFor();
    const ring = [
      [106.6, 10.9],
      [106.7, 10.9],
      [106.7, 11],
      [106.6, 10.9],
    ];
    const geometry = { type: 'Polygon', coordinates: [ring] };
    await outline.fill(JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', geometry }] }));
    await page.getByRole('button', { name: 'Add one' }).click();
    await page.getByLabel('Plates that end in').nth(1).fill('1 3 5 7 9');
    await page.getByLabel('Odd or even dates').nth(1).selectOption('even');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Nội ô is saved.').waitFor();
    await page.getByRole('button', { name: /Nội ô/ }).click();
    await page.getByRole('heading', { name: 'Edit: Nội ô' }).waitFor();
    expect(await outline.inputValue()).toBe('10.9, 106.6\n10.9, 106.7\n11, 106.7');
    expect(await page.getByLabel('Trucks heavier than (kg)').first().inputValue()).toBe('5000');
    expect(await page.getByLabel('Plates that end in').nth(1).inputValue()).toBe('1 3 5 7 9');
  });

  it('are removed in two steps, and not while something needs them', async () => {
    const { page } = await open({ path: '/#tab=fleet', locale: 'en-GB' });
    await page.locator('.fleet-tab select').first().selectOption('depots');
    await page.getByRole('button', { name: /Phú Lợi/ }).click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByRole('button', { name: 'Remove Bãi xe Phú Lợi for good' }).click();
    await page.getByText('It is still named by truck truck-1.').waitFor();
    await page.getByText('Who changed it, and when').click();
    await page.getByText('lan@city changed it').waitFor();
  });

  it('come and go as tables: checked first, with every fault by line and column', async () => {
    const { page } = await open({ path: '/#tab=fleet', locale: 'en-GB' });
    await page.getByText('Spreadsheet (CSV)').click();
    expect(await page.getByRole('link', { name: 'Download CSV' }).getAttribute('href')).toBe(
      '/api/v1/registry/vehicles.csv',
    );
    const choose = (text: string) =>
      page.getByLabel('CSV file').setInputFiles({ name: 'x.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await choose('id,capacityKg\nt1,many');
    await page.getByRole('button', { name: 'Check the file' }).click();
    await page.getByText('Lines with a fault: 1').waitFor();
    expect(await page.locator('.fault-table tbody').innerText()).toMatch(/3\s+capacityKg\s+Is no number: many/);
    expect(await page.getByRole('button', { name: 'Write only the rows without a fault' }).isVisible()).toBe(true);
    await choose('id,capacityKg\nt1,5');
    await page.getByRole('button', { name: 'Check the file' }).click();
    await page.getByRole('button', { name: 'Write all rows' }).waitFor();
  });

  it('fit a phone, in Vietnamese, with names, labels and room for a thumb', async () => {
    const { page } = await open({ viewport: phone, path: '/#tab=fleet' });
    await openTruck(page);
    expect(await accessibilityFaults(page)).toEqual([]);
    const form = await page.locator('.fleet-form').boundingBox();
    expect((form?.x ?? 0) + (form?.width ?? 999)).toBeLessThanOrEqual(phone.width);
    const fields = await page.locator('.fleet-form input, .fleet-form select').all();
    for (const field of fields.slice(0, 12)) {
      expect((await field.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(20);
    }
  });
});

describe('a form', () => {
  it('gives back what it was filled from, and keeps what it does not show', () => {
    const vehicle = {
      id: 't1',
      name: 'Xe',
      shift: { from: '20:00', to: '04:00' },
      breaks: [{ window: { from: '23:00', to: '01:00' }, minutes: 30 }],
      outOfService: [
        { from: '2026-11-20', to: '2026-11-20' },
        { from: '2026-12-01', reason: 'hydraulics' },
      ],
      size: { widthMetres: 2.4 },
      streams: ['food'],
      ofAnotherVersion: { kept: true },
    };
    const fields = formFields.vehicles;
    expect(readDraft(fields, draftOf(fields, vehicle))).toEqual({ entity: vehicle, faults: [] });
    const zone = {
      id: 'z',
      name: 'Z',
      area: 'city',
      bans: [{ plateEndings: [1, 3], more: 1 }, { over: { widthMetres: 2 } }],
    };
    expect(readDraft(formFields.zones, draftOf(formFields.zones, zone)).entity).toEqual(zone);
  });

  it('names the part of a list that is wrong', () => {
    const draft = draftOf(formFields.zones, { id: 'z', area: 'city', bans: [{}, {}] });
    const [first, second] = draft.items.bans ?? [];
    if (first === undefined || second === undefined) throw new Error('two bans');
    const wrong = { ...second, texts: { ...second.texts, 'over.grossWeightKg': 'heavy' } };
    const { faults } = readDraft(formFields.zones, { ...draft, items: { bans: [first, wrong] } });
    expect(faults).toEqual([{ field: 'bans.1.over.grossWeightKg', words: 'notANumber' }]);
  });
});

describe('an amount', () => {
  const { read, write } = {
    read: (text: string) => readField('amount', text),
    write: (value: number) => writeField('amount', value),
  };

  it.each([
    ['5.000', 5_000],
    ['5,000', 5_000],
    ['12 500', 12_500],
    ['1.234.567', 1_234_567],
    ['7 500,5', 7_500.5],
    ['1.234,5', 1_234.5],
    ['1,234.25', 1_234.25],
    ['0,5', 0.5],
    ['850', 850],
  ])('is read as people of either language write it: %s', (text, value) => {
    expect(read(text)).toBe(value);
  });

  it('comes back as it was', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.nat(),
          fc.nat(10_000_000).map((value) => value / 1_000),
        ),
        (value) => {
          expect(read(write(value))).toBe(value);
        },
      ),
    );
  });
});

describe('the words for fleet and rules', () => {
  const { vi, en } = fleetDictionaries;

  it('name every field of every form, in both languages', () => {
    for (const fields of Object.values(formFields)) {
      for (const field of fields) {
        const names = field.kind === 'items' ? field.fields.map(({ name }) => `${field.name}.${name}`) : [field.name];
        for (const name of names) {
          expect(vi.field[name], name).toBeTruthy();
          expect(en.field[name], name).toBeTruthy();
          expect(vi.field[name], name).not.toBe(en.field[name]);
        }
      }
    }
    expect(Object.keys(vi.hint)).toEqual(Object.keys(en.hint));
    expect(Object.keys(vi.option)).toEqual(Object.keys(en.option));
  });
});
