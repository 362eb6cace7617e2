import * as z from 'zod';
import { averagingPolicySchema } from '../environment/averaging-policy.ts';
import { noticeSettingsSchema, recipientSchema } from '../environment/notices/recipient.ts';
import { appliedStandardsSchema, standardsOfOtherKind } from '../environment/standards/applied-standard.ts';
import { contextBrokersSchema } from '../open-data/context-push/context-broker.ts';
import { publicationSchema } from '../open-data/publication.ts';
import { webhooksSchema } from '../routing/webhooks/webhook.ts';
import { codecNames } from '../telemetry/codecs/registry.ts';
import { hasOneEach, isConfigurable } from '../telemetry/corrections/correct-readings.ts';
import { sensorHealthLimitsSchema } from '../telemetry/health/limits.ts';
import { thresholdOverridesSchema } from '../telemetry/qartod/thresholds.ts';
import { type Quantity, quantityNames } from '../telemetry/quantity.ts';
import { scriptedCodecSchema, scriptReferenceSchema } from '../telemetry/scripted-codecs/scripted-codec.ts';
import { binServiceSchema } from '../waste/policy/bin-service.ts';
import { entityIdSchema, placedSchema, positionSchema, timeWindowSchema, wasteStreamSchema } from './basics.ts';
import { cityTravelSchema } from './city-travel.ts';
import { containerShapeSchema } from './container-shape.ts';
import { crewSchema } from './fleet/crew.ts';
import { disposalSiteSchema } from './fleet/disposal-site.ts';
import { sizeLimitsSchema } from './fleet/size.ts';
import { specialDaySchema } from './fleet/special-day.ts';
import { specialEventSchema } from './fleet/special-event.ts';
import { vehicleSchema } from './fleet/vehicle.ts';
import { zoneSchema } from './fleet/zone.ts';
import { stationClassSchema, stationCodeSchema } from './station-class.ts';

export type { CodecName } from '../telemetry/codecs/registry.ts';

/** What the registry holds. */
export {
  entityIdSchema,
  type Position,
  positionSchema,
  type TimeWindow,
  timeOfDaySchema,
  timeWindowSchema,
  type WasteStream,
  wasteStreamSchema,
} from './basics.ts';
export { type Crew, crewSchema } from './fleet/crew.ts';
export { type DisposalSite, disposalSiteSchema } from './fleet/disposal-site.ts';
export { type SpecialDay, specialDaySchema } from './fleet/special-day.ts';
export { type SpecialEventEntity, specialEventSchema } from './fleet/special-event.ts';
export { type Vehicle, vehicleSchema } from './fleet/vehicle.ts';
export { type Zone, zoneSchema } from './fleet/zone.ts';

/** An underground container as a level sensor sees it: looking down from under the lid. */
export const containerSchema = z.object({
  /** Distance from the sensor to the empty floor. */
  depthMm: z.number().positive(),
  /** Closest distance the sensor can report; at or under it the container counts as full. */
  blindZoneMm: z.number().min(0),
  capacityLitres: z.number().positive(),
  /** Straight walls when absent. */
  shape: containerShapeSchema.optional(),
});
export type Container = z.infer<typeof containerSchema>;

export const binSchema = placedSchema.extend({
  stream: wasteStreamSchema,
  container: containerSchema,
  /** Fill fraction at which the city wants the bin emptied, 0..1. */
  serviceLevel: z.number().min(0.1).max(1).default(0.8),
  /** Time for the crew to lift, empty and set back. */
  serviceSeconds: z.number().int().min(0).max(7_200).default(720),
  /** When a truck may stand there; absent = any time of the shift. */
  windows: z.array(timeWindowSchema).max(8).optional(),
  /** Rules of its own: overflow risk, hygiene, and the hour by which it is emptied. */
  service: binServiceSchema.optional(),
  /** The lift and the skills that emptying it takes, as trucks and crews name theirs; absent = any truck's. */
  lift: entityIdSchema.optional(),
  skills: z.array(entityIdSchema).max(16).optional(),
  /** The largest truck that gets there; a truck of unknown size does not. Absent = any. */
  access: sizeLimitsSchema.optional(),
});
export type Bin = z.infer<typeof binSchema>;

/** What an index must mind at a water: QĐ 1460/QĐ-TCMT, the groups that it demands and formula 5. */
const waterConcernsSchema = z.object({
  organicPollution: z.boolean().default(false),
  pesticides: z.boolean().default(false),
  heavyMetals: z.boolean().default(false),
});

const stationFieldsSchema = placedSchema.extend({
  kind: z.enum(['air', 'water']),
  /** Trạm tham khảo (TT 10/2021, Art. 29): may publish concentrations, not an index. */
  referenceStation: z.boolean().default(false),
  /** Says more than `referenceStation`; where the two differ, the station is a reference station (`stationClassOf`). */
  class: stationClassSchema.optional(),
  /** Who its files come from, `<province>_<facility>_<station>` (TT 10/2021, phụ lục 15). The sensor of this id keeps their readings. */
  fileCode: stationCodeSchema.optional(),
  /** What it is judged by; absent = QCVN 05 for air, nothing for water (`limitsFor`). */
  standards: appliedStandardsSchema.optional(),
  waterConcerns: waterConcernsSchema.optional(),
});

export const stationSchema = stationFieldsSchema.superRefine(({ kind, standards = [] }, context) => {
  for (const { standard } of standardsOfOtherKind(kind, standards)) {
    const message = `${standard} is not for stations of kind ${kind}`;
    context.addIssue({ code: 'custom', path: ['standards'], message });
  }
});
export type Station = z.infer<typeof stationSchema>;

/** Devices whose binary payloads we decode. */
export const codecSchema = z.enum(codecNames);

export const sensorSchema = z.object({
  id: entityIdSchema,
  kind: z.enum(['bin', 'air', 'water']),
  /** The bin or station it observes; absent while it lies in the workshop. */
  siteId: entityIdSchema.optional(),
  /** 16 hexadecimal digits, lower case, for LoRaWAN devices. */
  devEui: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .optional(),
  /** The maker's, by which a new device asks for its certificate; the id where absent. */
  serialNumber: z
    .string()
    .regex(/^[A-Za-z0-9:._-]{1,64}$/)
    .optional(),
  codec: z.union([codecSchema, scriptReferenceSchema]).optional(),
  /** How far apart the earlier readings lie that some devices repeat (TEK 766); as delivered when absent. */
  logIntervalSeconds: z.number().int().positive().max(604_800).optional(),
  /** How often it should report. */
  intervalSeconds: z.number().int().positive().max(604_800).default(900),
  status: z.enum(['active', 'retired']).default('active'),
  /** Limits of the quality tests by quantity, where they are not the usual ones. */
  thresholds: thresholdOverridesSchema.optional(),
  /** Corrections as `name@version`; corrected values are stored beside the raw ones. */
  corrections: z
    .array(z.string().refine(isConfigurable, 'is not a correction that we know'))
    .refine(hasOneEach, 'two corrections of one quantity')
    .optional(),
  /** From when on its silence, battery or clock is a problem, where that is not as usual. */
  health: sensorHealthLimitsSchema.optional(),
  /** Values that raise an alarm at once, in canonical units, where they are not the usual ones; `null` for none. */
  alarms: z.partialRecord(z.enum(quantityNames as [Quantity, ...Quantity[]]), z.number().nullable()).optional(),
});
export type Sensor = z.infer<typeof sensorSchema>;

export const depotSchema = placedSchema;
export type Depot = z.infer<typeof depotSchema>;

export const citySchema = z.object({
  id: entityIdSchema,
  name: z.string().min(1).max(200),
  /** IANA name, e.g. `Asia/Ho_Chi_Minh`. */
  timeZone: z.string().min(1),
  centre: positionSchema,
  travel: cityTravelSchema,
  /** Loose waste's density per stream, to turn litres into kilograms. */
  densityKgPerLitre: z.object({
    recyclable: z.number().positive(),
    food: z.number().positive(),
    other: z.number().positive(),
  }),
  /** Nightly plans are published when they are made; a dispatcher publishes them when absent. */
  publishPlansAtOnce: z.boolean().optional(),
  /** Streams that may ride on one truck at once; absent = none: what households sorted stays sorted (Art. 75). */
  mixableStreams: z
    .array(z.tuple([wasteStreamSchema, wasteStreamSchema]))
    .max(3)
    .optional(),
  /** How much data makes a valid mean, where that is not three quarters. */
  averaging: averagingPolicySchema.optional(),
  /** Quiet hours and escalation of notices; the usual ones when absent. */
  notices: noticeSettingsSchema.optional(),
  /** Publisher, contact and licence of its open data; its name, nobody and CC BY 4.0 when absent. */
  openData: publicationSchema.optional(),
  /** How bins were collected before, which savings are told against; none are told where it is not stated. */
  collectionsBefore: z
    .object({ perBinPerWeek: z.number().positive().max(50), name: z.string().min(1).max(200) })
    .optional(),
  /** Context brokers that are told of its bins and stations. */
  contextBrokers: contextBrokersSchema.optional(),
  /** Receivers that are told of plans. */
  webhooks: webhooksSchema.optional(),
});
export type City = z.infer<typeof citySchema>;

/** Every kind of entity with its schema: the registry validates with it on the way in and on the way out. */
export const entitySchemas = {
  city: citySchema,
  bin: binSchema,
  station: stationSchema,
  sensor: sensorSchema,
  depot: depotSchema,
  'disposal-site': disposalSiteSchema,
  vehicle: vehicleSchema,
  crew: crewSchema,
  zone: zoneSchema,
  'special-day': specialDaySchema,
  'special-event': specialEventSchema,
  codec: scriptedCodecSchema,
  recipient: recipientSchema,
} as const;

export type EntityKind = keyof typeof entitySchemas;
export type EntityOf<K extends EntityKind> = z.infer<(typeof entitySchemas)[K]>;
