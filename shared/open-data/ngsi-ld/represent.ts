import type { NgsiAttribute, NgsiEntity, NgsiProperty } from './entity.ts';

/** ETSI GS CIM 009 V1.8.1, 4.5: the same entity with all that is known of it, without what is plain anyway, or as bare values. */
export const representations = ['normalized', 'concise', 'simplified'] as const;
export type Representation = (typeof representations)[number];

export type Shown = {
  readonly representation: Representation;
  /** 6.3.11: with the times at which the system heard of it. */
  readonly sysAttrs: boolean;
  /** Names of attributes to leave in; all when absent. */
  readonly attributes?: readonly string[] | undefined;
};

export type JsonObject = Readonly<Record<string, unknown>>;

const iso = (at: number): string => new Date(at).toISOString();

const times = ({ modifiedAt }: { readonly modifiedAt?: number }, sysAttrs: boolean): JsonObject =>
  sysAttrs && modifiedAt !== undefined ? { modifiedAt: iso(modifiedAt) } : {};

const membersOf = (property: NgsiProperty, { representation, sysAttrs }: Shown): JsonObject => {
  const { unitCode, observedAt, qualityFlag } = property;
  // 4.5.2.3, concise: a Property of a Property that is a plain value stands by itself.
  const flag = representation === 'concise' ? qualityFlag : { type: 'Property', value: qualityFlag };
  return {
    ...(unitCode !== undefined && { unitCode }),
    ...(observedAt !== undefined && { observedAt: iso(observedAt) }),
    ...(qualityFlag !== undefined && { qualityFlag: flag }),
    ...times(property, sysAttrs),
  };
};

const attributeAs = (attribute: NgsiAttribute, shown: Shown): unknown => {
  const { representation } = shown;
  if (representation === 'simplified') return attribute.value;
  if (attribute.type === 'GeoProperty')
    return representation === 'concise' ? attribute.value : { type: attribute.type, value: attribute.value };
  const members = membersOf(attribute, shown);
  if (representation === 'normalized') return { type: attribute.type, value: attribute.value, ...members };
  return Object.keys(members).length === 0 ? attribute.value : { value: attribute.value, ...members };
};

/** The attributes by name, as wanted. */
export const attributesAs = ({ attributes }: NgsiEntity, shown: Shown): JsonObject =>
  Object.fromEntries(
    Object.entries(attributes)
      .filter(([name]) => shown.attributes === undefined || shown.attributes.includes(name))
      .map(([name, attribute]) => [name, attributeAs(attribute, shown)]),
  );

/** An entity as JSON, without its @context. */
export const entityAs = (entity: NgsiEntity, shown: Shown): JsonObject => ({
  id: entity.id,
  type: entity.type,
  ...attributesAs(entity, shown),
  ...times(entity, shown.sysAttrs),
});

/** 4.5.16: a GeoJSON Feature; the geometry is that of a GeoProperty, null where it has no such one. */
export const featureAs = (entity: NgsiEntity, shown: Shown, geometryProperty = 'location'): JsonObject => {
  const place = entity.attributes[geometryProperty];
  return {
    id: entity.id,
    type: 'Feature',
    geometry: place?.type === 'GeoProperty' ? place.value : null,
    properties: { type: entity.type, ...attributesAs(entity, shown), ...times(entity, shown.sysAttrs) },
  };
};
