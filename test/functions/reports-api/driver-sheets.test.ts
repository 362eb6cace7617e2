import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { driverSheetsApi, driverSheetsOf } from '../../../functions/reports-api/driver-sheets.ts';
import { printPdf } from '../../../shared/printing/print-pdf.ts';
import { sheetPdfDefinition, sheetTableLayouts } from '../../../shared/routing/exports/driver-sheet/pdf-definition.ts';
import { renderSheetHtml } from '../../../shared/routing/exports/driver-sheet/render-html.ts';
import { driverSheet } from '../../../shared/routing/exports/driver-sheet/sheet.ts';
import { conformingCaller } from '../../support/conforming-caller.ts';
import { memoryPlans, memoryRegistry } from '../../support/memory-stores.ts';
import { pdfText } from '../../support/pdf-text.ts';
import { aPlanOfTwoTrucks } from '../../support/plan-of-two-trucks.ts';
import { city } from '../../support/small-city.ts';

const plan = aPlanOfTwoTrucks('plan-a', Date.UTC(2026, 10, 22, 10));
const sheets = plan.routes.map((route) => driverSheet(plan, route, { cityName: city.name, timeZone: city.timeZone }));

let call: ReturnType<typeof conformingCaller>;
beforeAll(async () => {
  const parts = {
    cityId: city.id,
    registry: memoryRegistry({ city: [city] }),
    plans: memoryPlans(),
    clock: () => Date.UTC(2026, 10, 22, 10),
  };
  await parts.plans.complete(plan);
  call = conformingCaller(driverSheetsApi(parts), driverSheetsOf(parts), '/api/v1/driver-sheets');
});
const get = (path: string, headers: Record<string, string> = {}) =>
  call({ url: `/api/v1/driver-sheets/${path}`, headers });

describe('a driver sheet', () => {
  it('says of a truck that stopped, or did and came back, when and why, and what is still on board', () => {
    const [route] = plan.routes;
    if (route === undefined) throw new Error('No route');
    const at = Date.UTC(2026, 10, 22, 16, 8);
    const onBoard = { litres: 3_232.3, kg: 646.5 };
    const why = { at, reason: 'hydraulics', reasonVi: 'thủy lực' };
    const stopped = { ...route, outOfService: { ...why, onBoard }, stood: [{ ...why, until: at + 600_000, onBoard }] };
    const { facts } = driverSheet(plan, stopped, { cityName: city.name, timeZone: city.timeZone });
    expect(facts.slice(-3)).toEqual([
      {
        name: { vi: 'Ngừng chạy', en: 'Out of service' },
        value: { vi: '23:08 – 23:18: thủy lực', en: '23:08 – 23:18: hydraulics' },
      },
      { name: { vi: 'Ngừng chạy', en: 'Out of service' }, value: { vi: '23:08: thủy lực', en: '23:08: hydraulics' } },
      {
        name: { vi: 'Còn trên xe', en: 'Still on board' },
        value: {
          vi: 'khoảng 3.232 lít (647 kg) trên xe chưa đến điểm xử lý, cần cho người đến lấy',
          en: 'about 3,232 L (647 kg) on board did not reach a disposal site and must be fetched',
        },
      },
    ]);
    const { facts: usual } = driverSheet(plan, route, { cityName: city.name, timeZone: city.timeZone });
    expect(usual.map(({ name }) => name.en)).not.toContain('Still on board');
  });
});

describe('GET /driver-sheets', () => {
  it('answers a page or a PDF, by name or by Accept, with a name of its own', async () => {
    const answers = await Promise.all([
      get('plan-a/t1'),
      get('plan-a/t1?format=pdf'),
      get('latest/t2', { accept: 'application/pdf' }),
      get('plan-a?format=html'),
    ]);
    expect(answers.map(({ headers }) => headers['content-type'])).toEqual([
      'text/html; charset=utf-8',
      'application/pdf',
      'application/pdf',
      'text/html; charset=utf-8',
    ]);
    expect(answers.map(({ headers }) => headers['content-disposition'])).toEqual([
      'inline; filename="plan-a-t1.html"',
      'inline; filename="plan-a-t1.pdf"',
      'inline; filename="plan-a-t2.pdf"',
      'inline; filename="plan-a.html"',
    ]);
    expect(
      Buffer.from(answers[1]?.body ?? '', 'base64')
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
  });

  it('allows the page its own style and nothing else', async () => {
    const { body, headers } = await get('plan-a');
    const style = /<style>([\s\S]*?)<\/style>/.exec(body)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers['content-security-policy']).toContain(`default-src 'none'; style-src 'sha256-${hash}'`);
    expect(body).not.toMatch(/<script|style="/);
  });

  it.each([
    ['plan-z/t1', 404],
    ['plan-a/t9', 404],
    ['plan-a/t1?format=docx', 400],
    ['plan-a/t1?lang=fr', 400],
  ])('refuses %s with %i', async (path, status) => {
    expect((await get(path)).status).toBe(status);
  });
});

describe('a driver’s sheet', () => {
  it('tells hours by the city’s clock, numbers the bins, and says what awaits the crew in both languages', () => {
    const [first] = sheets;
    expect(first?.facts[0]?.value.vi).toBe('20:00 – 22:20');
    expect(first?.rows.map(({ number, time }) => `${time} ${number ?? '-'}`)).toEqual([
      '20:00 -',
      '20:20 1',
      '20:40 2',
      '21:00 -',
      '21:20 -',
      '21:40 3',
      '22:00 -',
      '22:20 -',
    ]);
    expect(first?.rows[1]).toMatchObject({
      facts: { vi: 'rác còn lại · dự kiến 80% · trên xe 2.400 lít', en: 'other · expected 80% · on board 2,400 L' },
      reason: { vi: 'đầy trước 04:00', en: 'full by 04:00' },
    });
    expect(first?.navigation).toHaveLength(1);
  });

  it('has the same words on paper as on the phone, names as they are', async () => {
    const bytes = await printPdf(sheetPdfDefinition(sheets, 'both'), {
      tableLayouts: sheetTableLayouts,
      compress: false,
    });
    const printed = pdfText(bytes).join('');
    const page = renderSheetHtml(sheets, 'both');
    for (const name of [
      'Chợ "Thủ", cổng <A> & B',
      'Đinh Bộ Lĩnh; số 5\\7',
      'Bạch Đằng',
      'Xe 1; cẩu, 14 m³',
      'đầy trước 04:00',
    ]) {
      expect(printed).toContain(name);
      expect(page).toContain(
        name.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
      );
    }
    expect(printed).not.toContain('\uFFFD');
  });

  it('is the same bytes every time, and a truck begins on a page of its own', async () => {
    const print = () =>
      printPdf(sheetPdfDefinition(sheets, 'vi'), { tableLayouts: sheetTableLayouts, compress: false });
    const [once, again] = [await print(), await print()];
    expect(once.equals(again)).toBe(true);
    expect(once.toString('latin1').match(/\/Type \/Page\b(?!s)/g)).toHaveLength(2);
  });

  it('in one language has nothing of the other', () => {
    const english = renderSheetHtml(sheets, 'en');
    expect(english).toContain('<html lang="en">');
    expect(english).not.toContain('Phiếu thu gom');
    expect(renderSheetHtml(sheets, 'vi')).not.toContain('Driver sheet');
  });
});
