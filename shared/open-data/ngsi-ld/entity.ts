import type { NgsiType } from './vocabulary.ts';

/** What an attribute may hold: a number, a word, several words. Never null: what nobody knows has no attribute. */
export type NgsiValue = string | number | boolean | readonly string[];

/** ETSI GS CIM 009 V1.8.1, 4.5.2: a Property of normalized representation. Instants are UTC epoch milliseconds. */
export type NgsiProperty = {
  readonly type: 'Property';
  readonly value: NgsiValue;
  /** UN/CEFACT Recommendation 20. */
  readonly unitCode?: string;
  /** When it was measured; of an index, the end of its period. */
  readonly observedAt?: number;
  /** When the city heard of it. */
  readonly modifiedAt?: number;
  /** QARTOD: 1 good, 2 not evaluated, 3 suspect. */
  readonly qualityFlag?: number;
};

/** ETSI GS CIM 009 V1.8.1, 4.7: WGS 84, longitude first. */
export type NgsiGeoProperty = {
  readonly type: 'GeoProperty';
  readonly value: { readonly type: 'Point'; readonly coordinates: readonly [longitude: number, latitude: number] };
};

export type NgsiAttribute = NgsiProperty | NgsiGeoProperty;

/** One bin or station as NGSI-LD tells of it. */
export type NgsiEntity = {
  /** `urn:ngsi-ld:<type>:<city>:<id in the registry>` */
  readonly id: string;
  readonly type: NgsiType;
  /** When anything of it was last heard, UTC epoch milliseconds; absent where nothing ever was. */
  readonly modifiedAt?: number;
  readonly attributes: Readonly<Record<string, NgsiAttribute>> & { readonly location: NgsiGeoProperty };
};

export const entityIdOf = (type: NgsiType, cityId: string, id: string): string => `urn:ngsi-ld:${type}:${cityId}:${id}`;
