import type { LorawanEnvelope } from '../../../events/uplink-message.ts';
import { readAwsLorawan } from './aws-lorawan.ts';
import { readChirpstack } from './chirpstack.ts';
import { type EnvelopeReader, field } from './lorawan-frame.ts';
import { readLoriot } from './loriot.ts';
import { readThingpark } from './thingpark.ts';
import { findMessage, readThingsStack } from './things-stack.ts';

/** A reader for every network whose envelopes we take off. */
export const envelopeReaders: Readonly<Record<LorawanEnvelope, EnvelopeReader>> = {
  'aws-lorawan': readAwsLorawan,
  chirpstack: readChirpstack,
  tts: readThingsStack,
  loriot: readLoriot,
  thingpark: readThingpark,
};

/** Whose envelope this is, by the fields that only one network writes; `undefined` when it is none of theirs. */
export const envelopeOf = (payload: unknown): LorawanEnvelope | undefined => {
  const has = (name: string): boolean => field(payload, name) !== undefined;
  if (has('WirelessMetadata')) return 'aws-lorawan';
  if (has('deviceInfo') || has('devEUI')) return 'chirpstack';
  if (findMessage(payload) !== undefined) return 'tts';
  if (has('cmd') && has('EUI')) return 'loriot';
  const names = typeof payload === 'object' && payload !== null ? Object.keys(payload) : [];
  return names.some((name) => name.startsWith('DevEUI_')) ? 'thingpark' : undefined;
};
