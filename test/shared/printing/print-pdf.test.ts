import { describe, expect, it } from 'vitest';
import { printPdf } from '../../../shared/printing/print-pdf.ts';
import { pdfText } from '../../support/pdf-text.ts';

const at = new Date('2026-11-01T00:00:00Z');
const words = 'Chất lượng không khí: ẮẰẲẴẶ ếềểễệ ổỗộ ứừửữự ỳỵỷỹ đĐ – µg/m³ ≤ ≥ × ● ₂';
const definition = {
  info: { title: 'Báo cáo', creationDate: at, modDate: at },
  content: [
    { text: words },
    { text: words, bold: true },
    { text: words, italics: true },
    {
      svg: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 20"><text x="0" y="10" font-family="Roboto, sans-serif">Ngưỡng ặ</text></svg>',
    },
  ],
};

describe('printing', () => {
  it('writes every Vietnamese letter and sign, in each style and inside a chart', async () => {
    const text = pdfText(await printPdf(definition, { compress: false })).join('');
    expect(text).not.toContain('\uFFFD');
    expect(text.replaceAll(' ', '').split(words.replaceAll(' ', ''))).toHaveLength(4);
    expect(text).toContain('Ngưỡng ặ');
  });

  it('gives the same bytes for the same definition', async () => {
    const [first, second] = [await printPdf(definition), await printPdf(definition)];
    expect(first.subarray(0, 5).toString()).toBe('%PDF-');
    expect(second.equals(first)).toBe(true);
  });

  it('reads no file, whatever the definition names', async () => {
    await expect(printPdf({ content: [{ image: '/etc/hostname' }] })).rejects.toThrow(/denied|Invalid image/);
  });
});
