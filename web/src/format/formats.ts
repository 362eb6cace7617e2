/** Numbers and instants in one language and one time zone. Instants are ISO 8601 or epoch milliseconds. */
export type Formats = {
  /** The city's, an IANA name. */
  readonly timeZone: string;
  readonly count: (value: number) => string;
  /** At most `digits` decimals; three significant ones for what is small. */
  readonly number: (value: number, digits?: number) => string;
  /** 0..1 as a whole percentage. */
  readonly percent: (fraction: number) => string;
  readonly kilometres: (metres: number) => string;
  readonly hours: (seconds: number) => string;
  readonly minutes: (seconds: number) => string;
  readonly litres: (litres: number) => string;
  readonly money: (vnd: number) => string;
  readonly time: (instant: string | number) => string;
  readonly timeWithSeconds: (instant: string | number) => string;
  readonly dateTime: (instant: string | number) => string;
  readonly weekday: (instant: string | number) => string;
  /** A calendar day `YYYY-MM-DD`, which has no time zone. */
  readonly day: (date: string) => string;
  /** How long before `now`, in words. */
  readonly ago: (instant: string | number, now: number) => string;
};

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const agoWith =
  (relative: Intl.RelativeTimeFormat) =>
  (instant: string | number, now: number): string => {
    const seconds = Math.max(0, Math.round((now - new Date(instant).getTime()) / 1_000));
    if (seconds < MINUTE) return relative.format(0, 'minute');
    if (seconds < HOUR) return relative.format(-Math.floor(seconds / MINUTE), 'minute');
    if (seconds < 2 * DAY) return relative.format(-Math.floor(seconds / HOUR), 'hour');
    return relative.format(-Math.floor(seconds / DAY), 'day');
  };

const unit = (locale: string, name: string, fractionDigits: number): ((value: number) => string) => {
  const format = new Intl.NumberFormat(locale, { style: 'unit', unit: name, maximumFractionDigits: fractionDigits });
  // A number and its unit stay on one line.
  return (value) => format.format(value).replaceAll(' ', '\u00a0');
};

const instantFormat = (locale: string, options: Intl.DateTimeFormatOptions): ((instant: string | number) => string) => {
  const format = new Intl.DateTimeFormat(locale, options);
  return (instant) => format.format(new Date(instant));
};

const timeFormats = (locale: string, timeZone: string) => {
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone } as const;
  const dayFormat = instantFormat(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'numeric',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return {
    time: instantFormat(locale, clock),
    timeWithSeconds: instantFormat(locale, { ...clock, second: '2-digit' }),
    dateTime: instantFormat(locale, { ...clock, day: '2-digit', month: '2-digit' }),
    weekday: instantFormat(locale, { weekday: 'short', timeZone }),
    day: (date: string) => dayFormat(`${date}T00:00:00Z`),
  };
};

/** @param locale BCP 47 tag. @param timeZone the city's IANA time zone. */
export const formatsFor = (locale: string, timeZone: string): Formats => {
  const count = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency: 'VND', maximumFractionDigits: 0 });
  const kilometres = unit(locale, 'kilometer', 1);
  const hours = unit(locale, 'hour', 1);
  const minutes = unit(locale, 'minute', 0);
  const litres = unit(locale, 'liter', 0);
  return {
    timeZone,
    count: (value) => count.format(value),
    number: (value, digits = 1) =>
      new Intl.NumberFormat(
        locale,
        Math.abs(value) < 1 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: digits },
      ).format(value),
    percent: (fraction) => percent.format(fraction),
    kilometres: (metres) => kilometres(metres / 1_000),
    hours: (seconds) => hours(seconds / HOUR),
    minutes: (seconds) => minutes(seconds / MINUTE),
    litres,
    money: (vnd) => money.format(vnd),
    ...timeFormats(locale, timeZone),
    ago: agoWith(new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' })),
  };
};
