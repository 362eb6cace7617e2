import * as z from 'zod';
import { type Bin, wasteStreamSchema } from '../../city/entities.ts';
import type { Emptying } from '../../waste/emptyings.ts';
import { type FeatureCollection, point } from '../geojson.ts';
import { localInstant } from '../open-reading.ts';
import { column, type Row, type Table } from '../tables/table.ts';

const fraction = z.number().min(0).max(1);

/** A collection as the public sees it: a bin, what it is for, when it was emptied and how full it was. Who did it is nobody's business. */
export const openCollectionSchema = z
  .object({
    binId: z.string(),
    binName: z.string(),
    stream: wasteStreamSchema,
    ward: z.string().nullable(),
    emptiedAfter: z.iso.datetime().meta({ description: 'UTC; it was emptied between this and `emptiedBefore`' }),
    emptiedAfterLocal: z.iso.datetime({ offset: true }),
    emptiedBefore: z.iso.datetime(),
    emptiedBeforeLocal: z.iso.datetime({ offset: true }),
    fillBefore: fraction.meta({ description: 'Fraction of the capacity, 0 to 1, in the hour before' }),
    fillAfter: fraction,
    litresRemoved: z.number().min(0).meta({ description: 'Estimated from the level: loose litres' }),
  })
  .meta({ id: 'Collection' });
export type OpenCollection = z.infer<typeof openCollectionSchema>;

const iso = (at: number): string => new Date(at).toISOString();
const rounded = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 1_000) / 1_000;

export const openCollection = (
  { id, name, stream, ward, container }: Bin,
  { after, before, levelBefore, levelAfter }: Emptying,
  timeZone: string,
): OpenCollection => ({
  binId: id,
  binName: name,
  stream,
  ward: ward ?? null,
  emptiedAfter: iso(after),
  emptiedAfterLocal: localInstant(timeZone, after),
  emptiedBefore: iso(before),
  emptiedBeforeLocal: localInstant(timeZone, before),
  fillBefore: rounded(levelBefore),
  fillAfter: rounded(levelAfter),
  litresRemoved: Math.max(0, Math.round((levelBefore - levelAfter) * container.capacityLitres)),
});

export const collectionTable: Table = {
  name: 'collections',
  title: { en: 'Collections performed', vi: 'Các lần thu gom đã thực hiện' },
  columns: [
    column('binId', 'text', 'Bin', 'Thùng rác'),
    column('binName', 'text', 'Its name', 'Tên thùng'),
    column('stream', 'text', 'What it is for', 'Nhóm rác'),
    column('ward', 'text', 'Ward', 'Phường, xã'),
    column('latitude', 'number', 'Degrees north, WGS 84', 'Vĩ độ, WGS 84'),
    column('longitude', 'number', 'Degrees east, WGS 84', 'Kinh độ, WGS 84'),
    column('emptiedAfter', 'instant', 'It was emptied after this, UTC', 'Được đổ sau thời điểm này, UTC'),
    column('emptiedAfterLocal', 'local-instant', 'The same, city time', 'Như trên, giờ địa phương'),
    column('emptiedBefore', 'instant', 'It was emptied before this, UTC', 'Được đổ trước thời điểm này, UTC'),
    column('emptiedBeforeLocal', 'local-instant', 'The same, city time', 'Như trên, giờ địa phương'),
    column('fillBefore', 'number', 'Fill before, 0 to 1', 'Mức đầy trước, 0 đến 1'),
    column('fillAfter', 'number', 'Fill after, 0 to 1', 'Mức đầy sau, 0 đến 1'),
    column(
      'litresRemoved',
      'number',
      'Litres taken out, estimated from the level',
      'Lít đã lấy đi, ước tính từ mức đầy',
    ),
  ],
  key: ['binId', 'emptiedBefore'],
};

type Bins = ReadonlyMap<string, Pick<Bin, 'position'>>;

export const collectionRows = (collections: readonly OpenCollection[], bins: Bins): readonly Row[] =>
  collections.map((each) => ({ ...each, ...bins.get(each.binId)?.position }));

export const collectionsGeoJson = (
  collections: readonly OpenCollection[],
  bins: Bins,
  nextCursor?: string,
): FeatureCollection => ({
  type: 'FeatureCollection',
  ...(nextCursor === undefined ? {} : { nextCursor }),
  features: collections.map((each) => ({
    type: 'Feature',
    id: `${each.binId}/${each.emptiedBefore}`,
    geometry: point(bins.get(each.binId)?.position),
    properties: each,
  })),
});
