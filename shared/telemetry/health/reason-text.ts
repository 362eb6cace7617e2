import type { HealthReason } from './sensor-health.ts';

const round = (value: number): string => String(Math.round(value * 100) / 100);

const duration = (seconds: number): { readonly en: string; readonly vi: string } => {
  const [count, en, vi] =
    seconds < 120
      ? [seconds, 's', 'giây']
      : seconds < 7_200
        ? [seconds / 60, 'min', 'phút']
        : [seconds / 3_600, 'h', 'giờ'];
  const shown = String(Math.round(count * 10) / 10);
  return { en: `${shown} ${en}`, vi: `${shown.replace('.', ',')} ${vi}` };
};

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

const vietnamese = (value: number): string => round(value).replace('.', ',');

/** Why a sensor has a problem, for a person, in English and Vietnamese. Days are UTC. */
export const reasonText = (reason: HealthReason): { readonly en: string; readonly vi: string } => {
  switch (reason.code) {
    case 'no-message': {
      const limit = duration(reason.limitSeconds);
      return { en: `No message for more than ${limit.en}`, vi: `Không có bản tin nào trong hơn ${limit.vi}` };
    }
    case 'never-heard':
      return { en: 'Never heard since it was registered', vi: 'Chưa từng gửi bản tin nào kể từ khi đăng ký' };
    case 'battery-low': {
      const { value, limit, unit } = reason;
      return {
        en: `Battery at ${round(value)} ${unit}, below ${round(limit)} ${unit}`,
        vi: `Pin còn ${vietnamese(value)} ${unit}, dưới mức ${vietnamese(limit)} ${unit}`,
      };
    }
    case 'battery-says-low':
      return { en: 'The device says that its battery is low', vi: 'Thiết bị báo pin yếu' };
    case 'battery-fading': {
      const { value, unit, emptyAt } = reason;
      return {
        en: `Battery at ${round(value)} ${unit} and sinking: empty about ${day(emptyAt)}`,
        vi: `Pin còn ${vietnamese(value)} ${unit} và đang giảm: hết vào khoảng ${day(emptyAt)}`,
      };
    }
    case 'clock-ahead': {
      const by = duration(reason.seconds);
      return { en: `Its clock is ${by.en} ahead`, vi: `Đồng hồ chạy nhanh ${by.vi}` };
    }
    case 'clock-behind': {
      const by = duration(reason.seconds);
      return {
        en: `Measurements arrive ${by.en} old: its clock is behind, or it sends late`,
        vi: `Số liệu đến muộn ${by.vi}: đồng hồ chạy chậm hoặc thiết bị gửi trễ`,
      };
    }
  }
};
