import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { readTable } from '../../../../shared/city/csv/read-table.ts';
import { writeTable } from '../../../../shared/city/csv/write-table.ts';
import { editableKinds } from '../../../../shared/city/editing/registry-editor.ts';
import { depotSchema, entitySchemas, type Vehicle, vehicleSchema } from '../../../../shared/city/entities.ts';
import { aTruck } from '../../../support/small-city.ts';
import { arbitraryEntities } from './arbitrary-entities.ts';

describe('a table of the registry', () => {
  it.each(editableKinds)('comes back as it was written: %s', (kind) => {
    const schema = entitySchemas[kind] as unknown as z.ZodType<{ id: string }>;
    const some: fc.Arbitrary<readonly { id: string }[]> = fc.uniqueArray(
      arbitraryEntities[kind] as fc.Arbitrary<{ id: string }>,
      {
        selector: ({ id }) => id,
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(some, (drawn) => {
        const entities = drawn.map((entity) => schema.parse(entity));
        const { rows, faults } = readTable(schema, writeTable(schema, entities));
        expect(faults).toEqual([]);
        expect(rows.map(({ entity }) => entity)).toEqual(entities);
      }),
      { numRuns: 150 },
    );
  });

  it('runs no formula in a spreadsheet', () => {
    const csv = writeTable(depotSchema, [
      depotSchema.parse({ id: 'd', name: '=HYPERLINK("x")', position: { latitude: -10.5, longitude: 106 } }),
    ]);
    expect(csv).toContain(`d,"'=HYPERLINK(""x"")",-10.5,106`);
  });
});

const header = 'id,name,type,depotId,capacityLitres,capacityKg,shift';
const trucks = (text: string, registered: readonly Vehicle[] = []) =>
  readTable(vehicleSchema, text, (id) => registered.find((truck) => truck.id === id));

describe('a table that a person made', () => {
  it('may be parted by semicolons, have decimal commas, and hours as spreadsheets write them', () => {
    const { rows, faults } = trucks(
      'capacityKg;id;name;type;depotId;capacityLitres;shift;lifts;size.widthMetres\r\n7000,5;t1;Xe 1;cẩu;d1;14 000;8:00-16:00;crane, side;2,4\r\n',
    );
    expect(faults).toEqual([]);
    expect(rows[0]?.entity).toMatchObject({
      capacityKg: 7_000.5,
      capacityLitres: 14_000,
      shift: { from: '08:00', to: '16:00' },
      lifts: ['crane', 'side'],
      size: { widthMetres: 2.4 },
    });
  });

  it('names every faulty cell by its line and column, and keeps the good rows', () => {
    const { rows, faults } = trucks(
      [
        header,
        't1,Xe 1,cẩu,d1,14000,7000,20:00-04:00',
        't2,"hai\ndòng",cẩu,d1,"1,234",-1,20:00',
        '',
        't1,,cẩu,d1,14000,7000,20:00-25:00',
        't3,Xe 3,cẩu,d1,14000,7000,20:00-04:00,more',
      ].join('\n'),
    );
    expect(rows.map(({ line, entity }) => [line, entity.id])).toEqual([[2, 't1']]);
    expect(faults.map(({ line, column }) => `${line} ${column}`)).toEqual([
      '3 capacityLitres',
      '3 shift',
      '3 capacityKg',
      '6 id',
      '6 name',
      '6 shift',
      '7 undefined',
    ]);
    expect(faults[0]).toMatchObject({
      message: 'is no number: 1,234',
      code: 'not-a-number',
      values: { text: '1,234' },
    });
    expect(faults[3]).toMatchObject({ message: 't1 stands in line 2 already', code: 'row-twice' });
    expect(faults[4]?.message).toBe('must not be empty');
  });

  it('that lacks columns leaves them as they are; an empty cell takes a value away', () => {
    const known = aTruck('t1', { lifts: ['crane'], plate: '61C-123.45', size: { widthMetres: 2.2, heightMetres: 3 } });
    const { rows } = trucks('id,capacityKg,plate,size.widthMetres\nt1,1234,,', [known]);
    const { plate: _plate, ...others } = known;
    expect(rows[0]?.entity).toEqual({ ...others, capacityKg: 1_234, size: { heightMetres: 3 } });
  });

  it.each([
    ['id,nmae\nt1,x', [{ line: 1, column: 'nmae', message: 'is not a column of this table', code: 'not-a-column' }]],
    ['id,name,name\nt1,x,y', [{ line: 1, column: 'name', message: 'is there twice', code: 'column-twice' }]],
    ['name\nx', [{ line: 1, column: 'id', message: 'is missing from the header', code: 'column-missing' }]],
    ['', [{ line: 1, message: 'There is nothing in the file', code: 'nothing-in-file' }]],
  ])('with another header is refused whole: %j', (text, expected) => {
    expect(trucks(text)).toEqual({ rows: [], faults: expected });
  });

  it('with a quote that never ends is no CSV', () => {
    const { rows, faults } = trucks(`${header}\nt1,"Xe`);
    expect(rows).toEqual([]);
    expect(faults).toEqual([{ line: expect.any(Number), message: expect.stringContaining('no CSV'), code: 'no-csv' }]);
  });

  it('has JSON where a cell has parts, and misspelt parts are told', () => {
    const withBreaks = (json: string) => trucks(`id,breaks\nt1,"${json.replaceAll('"', '""')}"`, [aTruck('t1')]);
    const good = withBreaks('[{"window":{"from":"23:00","to":"01:00"},"minutes":30}]');
    expect(good.rows[0]?.entity.breaks).toEqual([{ window: { from: '23:00', to: '01:00' }, minutes: 30 }]);
    const misspelt = withBreaks('[{"window":{"from":"23:00","to":"01:00"},"minutes":30,"lenght":1}]');
    expect(misspelt.faults).toEqual([
      { line: 2, column: 'breaks', message: 'breaks.0.lenght is not known here', code: 'not-known' },
    ]);
    expect(withBreaks('[{"window"').faults[0]).toMatchObject({
      column: 'breaks',
      message: 'begins like JSON and is none',
    });
  });
});
