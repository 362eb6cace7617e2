import type { LorawanEnvelope } from '../../events/uplink-message.ts';
import type { Signal } from './envelopes/lorawan-frame.ts';

/** A LoRaWAN frame as it came, from which readings were made and can be made again. */
export type RawUplink = {
  readonly devEui: string;
  readonly sensorId: string;
  readonly network: LorawanEnvelope;
  /** Absent when the network does not say; such an uplink is nobody's copy. */
  readonly fCnt?: number;
  readonly fPort?: number;
  /** The frame, lower-case hexadecimal. */
  readonly hex: string;
  /** UTC epoch milliseconds. */
  readonly heardAt: number;
  /** UTC epoch milliseconds at the broker. */
  readonly receivedAt: number;
  readonly signal?: Signal;
  /** What decoded it, as `name@version`; absent while the sensor has no codec. */
  readonly codec?: string;
};

/** What became of keeping one uplink. */
export type Kept =
  /** The instant that counts for its readings: its own, or that of the copy that came before. */
  | { readonly ok: true; readonly heardAt: number }
  /** It could not be kept now; the others are not concerned. */
  | { readonly ok: false; readonly error: unknown };

/**
 * Where frames are kept beside their readings. A port. Several gateways hear one frame, devices repeat what nobody confirmed, and networks
 * deliver twice, each time with another time stamp: all copies of a frame count with the instant of the one that was kept
 * first, so that their readings have one identity, whichever of them is worked on when, and however often.
 */
export type RawUplinkStore = {
  /** Keeps them, and answers for each, in their order. Doing it twice changes nothing. */
  readonly keep: (uplinks: readonly RawUplink[]) => Promise<readonly Kept[]>;
  /** What a device sent, `from` ≤ heardAt < `to`, day by day (UTC). Epoch milliseconds. */
  readonly history: (query: {
    readonly devEui: string;
    readonly from: number;
    readonly to: number;
  }) => AsyncIterable<RawUplink>;
  /** Notes that uplinks of `history` have been decoded by another codec, `name@version`. */
  readonly restamp: (uplinks: readonly RawUplink[], codec: string) => Promise<void>;
};

/**
 * Two frames that are the same in counter, port and bytes are copies of one when they were heard within this time: eight
 * transmissions of a slow frame with the pauses that the duty cycle asks for. Further apart, the device has joined anew and counts from
 * the start again. (A device that joins anew within the time and sends the very same bytes loses nothing but an instant.)
 */
export const COPY_WINDOW_MS = 5 * 60_000;

/** How long frames are kept: a year, and time to notice. */
export const RAW_UPLINK_RETENTION_MS = 400 * 86_400_000;

/** Of the instants at which a frame was heard, the one that a copy heard at `heardAt` belongs to; `undefined` when it is no copy. */
export const copyOf = (instants: readonly number[], heardAt: number): number | undefined => {
  let nearest: number | undefined;
  for (const instant of instants) {
    const distance = Math.abs(instant - heardAt);
    if (distance <= COPY_WINDOW_MS && (nearest === undefined || distance < Math.abs(nearest - heardAt)))
      nearest = instant;
  }
  return nearest;
};
