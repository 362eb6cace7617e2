import { accept, type Result } from '../refusal.ts';
import { refuseAt } from './frame.ts';
import { type Decode, latestOfEach, type Measurement } from './measurement.ts';

type Length = (frame: Buffer, at: number) => number;

/** A channel's data: how many bytes, and what they say; without `read` they are the device's own affairs. */
export type Channel = {
  readonly bytes: number | Length;
  readonly read?: (frame: Buffer, at: number) => Measurement | readonly Measurement[];
};

/** Channels by id and type, in hexadecimal. */
export type ChannelTable = Readonly<Record<string, Channel>>;

const bytesOf = ({ bytes }: Channel, frame: Buffer, at: number): number =>
  typeof bytes === 'number' ? bytes : bytes(frame, at);

export const silent = (bytes: number | Length): Channel => ({ bytes });

/** The value, then whether a threshold set in the device was crossed: the city judges by its own. */
export const withAlarm = (channel: Channel & { readonly bytes: number }): Channel => ({
  ...channel,
  bytes: channel.bytes + 1,
});

/** Sent once after joining: protocol, hardware, firmware and TSL version, serial number, class, reset, power. */
export const deviceInformation: ChannelTable = {
  ff01: silent(1),
  ff09: silent(2),
  ff0a: silent(2),
  ffff: silent(2),
  ff16: silent(8),
  ff0f: silent(1),
  fffe: silent(1),
  ff0b: silent(1),
};

/** The device repeats a setting that it was given (intervals, thresholds, modes), under one of two ids; bytes by type. */
export const settings = (bytesByType: Readonly<Record<string, number | Length>>): ChannelTable =>
  Object.fromEntries(
    Object.entries(bytesByType).flatMap(([type, bytes]) =>
      [`fe${type}`, `ff${type}`].map((key): [string, Channel] => [key, silent(bytes)]),
    ),
  );

/**
 * What a Milesight frame says: channels one after another, each an id, a type and its data, little endian. Of a quantity that
 * comes twice (periodic value and alarm in one frame) the later one counts. Anything that is not in the device's manual refuses
 * the frame and names the byte, counted from 0.
 */
export const milesight = (device: string, channels: ChannelTable): Decode => {
  const table = new Map(Object.entries(channels).map(([key, channel]) => [Number.parseInt(key, 16), channel]));
  return (frame): Result<readonly Measurement[]> => {
    const measurements: Measurement[] = [];
    for (let at = 0; at < frame.length; ) {
      if (frame.length - at < 2) return refuseAt(at, 'one byte is left over');
      const channel = table.get(frame.readUInt16BE(at));
      if (channel === undefined) {
        const key = frame.toString('hex', at, at + 2);
        return refuseAt(at, `${device} has no channel ${key.slice(0, 2)} of type ${key.slice(2)}`);
      }
      const data = at + 2;
      const left = frame.length - data;
      const bytes = bytesOf(channel, frame, data);
      if (left < bytes) {
        const key = frame.toString('hex', at, data);
        return refuseAt(data, `channel ${key} has ${bytes} bytes of data, ${left} are there`);
      }
      const said = channel.read?.(frame, data);
      if (said !== undefined) measurements.push(...('quantity' in said ? [said] : said));
      at = data + bytes;
    }
    return accept(latestOfEach(measurements));
  };
};
