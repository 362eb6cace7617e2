import type { RegistryKind } from '../../api/registry.ts';

/** How a field is typed; what each makes of its text is in `draft.ts`. */
type Plain =
  | 'text'
  | 'number'
  /** A number of which nobody writes three decimals. */
  | 'amount'
  | 'date'
  | 'flag'
  | 'list'
  | 'digits'
  | 'window'
  | 'windows'
  | 'breaks'
  | 'queue'
  | 'spans'
  | 'area'
  | 'clock';

type Base = { readonly name: string; readonly required?: boolean };

export type Field = Base &
  (
    | { readonly kind: Plain }
    /** One of these, or one of what is registered. */
    | { readonly kind: 'select'; readonly options: readonly string[] | RegistryKind }
    /** Any pairs of these. */
    | { readonly kind: 'pairs'; readonly options: readonly string[] }
    /** Any of these, or of what is registered. */
    | { readonly kind: 'choices'; readonly options: readonly string[] | RegistryKind }
    | { readonly kind: 'items'; readonly fields: readonly Field[] }
  );

const streams = ['recyclable', 'food', 'other'] as const;
const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const named: readonly Field[] = [
  { name: 'id', kind: 'text', required: true },
  { name: 'name', kind: 'text', required: true },
];

const placed: readonly Field[] = [
  ...named,
  { name: 'position.latitude', kind: 'number', required: true },
  { name: 'position.longitude', kind: 'number', required: true },
  { name: 'positionApproximate', kind: 'flag' },
  { name: 'ward', kind: 'text' },
];

const limits = (member: string): readonly Field[] =>
  ['widthMetres', 'heightMetres', 'lengthMetres', 'grossWeightKg'].map((figure) => ({
    name: `${member}.${figure}`,
    kind: figure === 'grossWeightKg' ? 'amount' : 'number',
  }));

const working: readonly Field[] = [
  { name: 'breaks', kind: 'breaks' },
  { name: 'maxDutyMinutes', kind: 'amount' },
  { name: 'maxDrivingMinutes', kind: 'amount' },
];

const ban: readonly Field[] = [
  { name: 'windows', kind: 'windows' },
  { name: 'weekdays', kind: 'choices', options: weekdays },
  { name: 'dates', kind: 'select', options: ['odd', 'even'] },
  { name: 'liftedOnHolidays', kind: 'flag' },
  ...limits('over'),
  { name: 'plateEndings', kind: 'digits' },
  { name: 'source', kind: 'text' },
];

const member: readonly Field[] = [
  { name: 'name', kind: 'text', required: true },
  { name: 'role', kind: 'select', options: ['driver', 'loader'] },
  { name: 'licences', kind: 'list' },
];

/** The fields of each form, in the order in which people think of them. Members that no form knows stay as they are. */
export const formFields: Readonly<Record<RegistryKind, readonly Field[]>> = {
  vehicles: [
    ...named,
    { name: 'plate', kind: 'text' },
    { name: 'type', kind: 'text', required: true },
    { name: 'depotId', kind: 'select', options: 'depots', required: true },
    { name: 'status', kind: 'select', options: ['available', 'unavailable'] },
    { name: 'shift', kind: 'window', required: true },
    { name: 'capacityLitres', kind: 'amount', required: true },
    { name: 'capacityKg', kind: 'amount', required: true },
    { name: 'streams', kind: 'choices', options: streams },
    { name: 'lifts', kind: 'list' },
    { name: 'skills', kind: 'list' },
    { name: 'licence', kind: 'text' },
    ...limits('size'),
    { name: 'permits', kind: 'choices', options: 'zones' },
    ...working,
    { name: 'maxBins', kind: 'amount' },
    { name: 'speedFactor', kind: 'number' },
    { name: 'fixedCostVnd', kind: 'amount' },
    { name: 'costPerKmVnd', kind: 'amount' },
    { name: 'costPerHourVnd', kind: 'amount' },
    { name: 'fuelLitresPer100Km', kind: 'number' },
    { name: 'outOfService', kind: 'spans' },
  ],
  crews: [
    ...named,
    { name: 'vehicleId', kind: 'select', options: 'vehicles', required: true },
    { name: 'members', kind: 'items', fields: member },
    { name: 'shift', kind: 'window' },
    ...working,
    { name: 'skills', kind: 'list' },
    { name: 'weekdays', kind: 'choices', options: weekdays },
    { name: 'away', kind: 'spans' },
  ],
  depots: placed,
  'disposal-sites': [
    ...placed,
    { name: 'opening', kind: 'windows' },
    { name: 'unloadSeconds', kind: 'amount' },
    { name: 'queue', kind: 'queue' },
    { name: 'streams', kind: 'choices', options: streams },
    { name: 'costPerVisitVnd', kind: 'amount' },
    { name: 'costPerKgVnd', kind: 'amount' },
    { name: 'closed', kind: 'spans' },
  ],
  zones: [...named, { name: 'area', kind: 'area', required: true }, { name: 'bans', kind: 'items', fields: ban }],
  'special-days': [
    { name: 'id', kind: 'text', required: true },
    { name: 'date', kind: 'date', required: true },
    { name: 'kind', kind: 'select', options: ['holiday', 'market-day', 'event'], required: true },
    { name: 'name', kind: 'text', required: true },
    { name: 'ward', kind: 'text' },
  ],
  'special-events': [
    { name: 'id', kind: 'text', required: true },
    { name: 'name', kind: 'text', required: true },
    { name: 'nameEn', kind: 'text' },
    { name: 'from', kind: 'text', required: true },
    { name: 'to', kind: 'text', required: true },
    { name: 'weekdays', kind: 'choices', options: weekdays },
    { name: 'until', kind: 'date' },
    { name: 'circle.centre.latitude', kind: 'number' },
    { name: 'circle.centre.longitude', kind: 'number' },
    { name: 'circle.radiusMetres', kind: 'number' },
    { name: 'area', kind: 'area' },
    { name: 'binIds', kind: 'list' },
  ],
  bins: [
    ...placed,
    { name: 'stream', kind: 'select', options: streams, required: true },
    { name: 'container.capacityLitres', kind: 'amount', required: true },
    { name: 'container.depthMm', kind: 'amount', required: true },
    { name: 'container.blindZoneMm', kind: 'amount', required: true },
    { name: 'serviceLevel', kind: 'number' },
    { name: 'serviceSeconds', kind: 'amount' },
    { name: 'windows', kind: 'windows' },
    { name: 'lift', kind: 'text' },
    { name: 'skills', kind: 'list' },
    ...limits('access'),
  ],
};

/** Rules of the whole city. */
export const cityRuleFields: readonly Field[] = [
  { name: 'mixableStreams', kind: 'pairs', options: streams },
  {
    name: 'slowHours',
    kind: 'items',
    fields: [
      { name: 'from', kind: 'clock', required: true },
      { name: 'to', kind: 'clock', required: true },
      { name: 'durationFactor', kind: 'number', required: true },
    ],
  },
];
