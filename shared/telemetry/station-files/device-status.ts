import type { Quality } from '../reading.ts';

/** Thông tư 10/2021/TT-BTNMT, phụ lục 15: 00 đang đo, 01 hiệu chuẩn, 02 báo lỗi thiết bị. */
export type DeviceStatus = 'measuring' | 'calibrating' | 'fault';

const codes: Readonly<Record<DeviceStatus, string>> = { measuring: '00', calibrating: '01', fault: '02' };

const statuses: ReadonlyMap<string, DeviceStatus> = new Map(
  Object.entries(codes).map(([status, code]) => [code, status as DeviceStatus]),
);

/** The status of a two-digit code (one digit where a logger drops the zero); `undefined` for any other text. */
export const statusOfCode = (code: string): DeviceStatus | undefined =>
  statuses.get(code.length === 1 ? `0${code}` : code);

export const codeOfStatus = (status: DeviceStatus): string => codes[status];

/**
 * What the device's own word makes of a value. Measuring passes; the span gas or buffer of a calibration and whatever a broken device says
 * are no measurement of the city and fail, so that no mean takes them in. The other tests may still say worse.
 */
const qualities: Readonly<Record<DeviceStatus, Quality>> = {
  measuring: { flag: 1, test: 'device-status' },
  calibrating: { flag: 4, test: 'device-calibrating' },
  fault: { flag: 4, test: 'device-fault' },
};

/**
 * The quality of a line by its status. Without a value it is missing: for the device's reason where it gives one, else for `missing`, the
 * reader's.
 */
export const qualityOfStatus = (status: DeviceStatus, missing?: string): Quality => {
  if (missing === undefined) return qualities[status];
  return { flag: 9, test: status === 'measuring' ? missing : qualities[status].test };
};

/**
 * The status under which a stored reading is written: calibrating or fault when that is what its quality says, fault when there is no value for
 * whatever reason, else measuring. Our own tests are no status of the device.
 */
export const statusOfQuality = ({ flag, test }: Quality): DeviceStatus => {
  if (test === qualities.calibrating.test) return 'calibrating';
  return flag === 9 || test === qualities.fault.test ? 'fault' : 'measuring';
};
