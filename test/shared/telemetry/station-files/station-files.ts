import fc from 'fast-check';
import type { StationFileSettings } from '../../../../shared/telemetry/station-files/read-station-file.ts';

export const timeZone = 'Asia/Ho_Chi_Minh';

export const water: StationFileSettings = { timeZone, kind: 'water' };
export const air: StationFileSettings = { timeZone, kind: 'air' };

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** As a published data logger writes it (quytttb/data-logger, core/txt_generator.py): no line end after the last line. */
export const waterSample = [
  'Temp\t29.4\toC\t20230506000500\t00',
  'pH\t7.12\t-\t20230506000500\t00',
  'COD\t23.1\tmg/L\t20230506000500\t01',
  'TSS\t\tmg/L\t20230506000500\t02',
].join('\n');

/** Lines that a station may send, most of them well-formed, and the ways in which field reports say they go wrong. */
const field = (...usual: readonly string[]) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...usual) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  );

export const fileLine = fc
  .tuple(
    field('Temp', 'pH', 'COD', 'TSS', 'NH4', 'DO', 'Flow', 'PM2,5', 'PM-10', 'O3', 'RH'),
    field('29.4', '', '7,12', '1,234', '1.234.5', 'NaN', '-', '1e-999', '0x1F', '-9999', '0.0', '  5.5 ', '1e3'),
    field('°C', 'oC', 'độ C', 'mg/l', 'mg/L', '-', 'µg/m3', 'ug/Nm3', 'ppb', '%', ''),
    field('20230506000500', '20230506001000', '20231306000500', '2023050600050', '20991231235959'),
    field('00', '01', '02', '03', ''),
  )
  .map((fields) => fields.join('\t'));

const lineEnd = fc.constantFrom('\n', '\r\n', '\r', '\n\n', '\r\n\t\r\n');

/** A file as bytes, before anything happened to it. */
export const fileBytes = fc
  .tuple(fc.boolean(), fc.array(fc.tuple(fileLine, lineEnd), { maxLength: 30 }))
  .map(([mark, lines]) => bytesOf((mark ? '\uFEFF' : '') + lines.flat().join('')));

/** What happens on the way: cut off, a byte changed, a piece lost or doubled. */
export const mutatedBytes = fc
  .tuple(
    fileBytes,
    fc.array(fc.tuple(fc.constantFrom('cut', 'change', 'lose', 'double'), fc.nat(), fc.nat(255)), { maxLength: 6 }),
  )
  .map(([bytes, mutations]) =>
    mutations.reduce((all, [how, where, byte]) => {
      const at = all.length === 0 ? 0 : where % all.length;
      if (how === 'cut') return all.subarray(0, at);
      if (how === 'change') return all.map((old, index) => (index === at ? byte : old));
      if (how === 'lose') return Uint8Array.from([...all.subarray(0, at), ...all.subarray(at + byte)]);
      return Uint8Array.from([...all.subarray(0, at + byte), ...all.subarray(at)]);
    }, bytes),
  );
