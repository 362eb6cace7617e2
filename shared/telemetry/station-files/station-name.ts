import { accept, quote, type Result, refuse } from '../refusal.ts';
import { instantOfStamp, stampOf } from './stamp.ts';

/** Who a station file comes from, as its name says: `BD_BAUB_NUOBBA_20221201000000.txt`. */
export type StationCode = {
  /** Two or three letters in the files that we know, e.g. `BD`. */
  readonly province: string;
  readonly facility: string;
  readonly station: string;
};

export type StationFileName = StationCode & {
  /** The instant in the name, UTC epoch milliseconds. Lines carry their own; after an outage they need not agree. */
  readonly at: number;
};

/** Lengths of the codes are nowhere laid down, so none is demanded. A sender ends its prefix with two underscores. */
const pattern = /^([A-Za-z0-9-]{1,32})_([A-Za-z0-9-]{1,32})_([A-Za-z0-9-]{1,32})_{1,2}(\d{14})\.txt$/i;

const codePart = /^[A-Za-z0-9-]{1,32}$/;

/**
 * Reads the name of a station file; folders before it are left aside. Refused as `invalid-payload` when it is not
 * `<province>_<facility>_<station>_<yyyyMMddHHmmss>.txt` or holds no instant of the zone.
 * Source: Thông tư 10/2021/TT-BTNMT, phụ lục 15, as three implementations agree on it.
 * @throws RangeError for a zone that the runtime does not know.
 */
export const readStationName = (path: string, timeZone: string): Result<StationFileName> => {
  const name = path.split(/[/\\]/).at(-1) ?? '';
  const match = pattern.exec(name);
  if (match === null) {
    return refuse('invalid-payload', `${quote(name)} is not <province>_<facility>_<station>_<yyyyMMddHHmmss>.txt`);
  }
  const [, province = '', facility = '', station = '', stamp = ''] = match;
  const at = instantOfStamp(stamp, timeZone);
  if (at === undefined) return refuse('invalid-payload', `${quote(name)}: ${quote(stamp)} is not a date and time`);
  return accept({ province, facility, station, at });
};

/**
 * The file name of a station and an instant (UTC epoch milliseconds, cut to the second).
 * @throws RangeError when a code holds anything but letters, digits and hyphens, or the instant cannot be written.
 */
export const stationFileName = ({ province, facility, station, at }: StationFileName, timeZone: string): string => {
  const codes = [province, facility, station];
  const wrong = codes.find((code) => !codePart.test(code));
  if (wrong !== undefined) throw new RangeError(`Not a station code: ${quote(wrong)}`);
  const stamp = stampOf(at, timeZone);
  if (stamp === undefined) throw new RangeError(`Not an instant of this century: ${at}`);
  return `${codes.join('_')}_${stamp}.txt`;
};

/** Air or water, as practice names stations: codes start with `KHI` (khí) or `NUO` (nước). `undefined` for any other. */
export const kindOfStationCode = ({ station }: StationCode): 'air' | 'water' | undefined => {
  const start = station.slice(0, 3).toUpperCase();
  if (start === 'KHI') return 'air';
  return start === 'NUO' ? 'water' : undefined;
};
