import type { Quantity } from '../quantity.ts';

/** What a station observes: `Temp` is the water's at one and the air's at the other. */
export type StationKind = 'air' | 'water';

/** How a quantity is written in a station file: symbol (Table 34) and unit (Tables 1 and 2 of the circular). */
type Notation = { readonly symbol: string; readonly unit: string; readonly alsoWritten?: readonly string[] };

/**
 * Thông tư 10/2021/TT-BTNMT, phụ lục 15, bảng 34. PM2.5 has a comma there. `DO` is not in the excerpt of the table that we know, but in
 * Art. 26 among what a water station must measure. `PM` is total dust.
 */
const notations: Readonly<Record<StationKind, Partial<Record<Quantity, Notation>>>> = {
  air: {
    airTemperature: { symbol: 'Temp', unit: '°C', alsoWritten: ['temperature'] },
    relativeHumidity: { symbol: 'RH', unit: '%', alsoWritten: ['hum', 'humidity'] },
    pm25: { symbol: 'PM2,5', unit: 'µg/Nm3' },
    pm10: { symbol: 'PM10', unit: 'µg/Nm3' },
    tsp: { symbol: 'PM', unit: 'µg/Nm3', alsoWritten: ['tsp'] },
    so2: { symbol: 'SO2', unit: 'µg/Nm3' },
    no2: { symbol: 'NO2', unit: 'µg/Nm3' },
    co: { symbol: 'CO', unit: 'µg/Nm3' },
    o3: { symbol: 'O3', unit: 'µg/Nm3' },
    hydrogenSulfide: { symbol: 'H2S', unit: 'µg/Nm3' },
    ammonia: { symbol: 'NH3', unit: 'µg/Nm3' },
  },
  water: {
    waterTemperature: { symbol: 'Temp', unit: '°C', alsoWritten: ['temperature'] },
    ph: { symbol: 'pH', unit: '-' },
    dissolvedOxygen: { symbol: 'DO', unit: 'mg/L' },
    tss: { symbol: 'TSS', unit: 'mg/L' },
    cod: { symbol: 'COD', unit: 'mg/L' },
    ammonium: { symbol: 'NH4', unit: 'mg/L', alsoWritten: ['nh4n', 'nnh4'] },
    totalPhosphorus: { symbol: 'TP', unit: 'mg/L' },
    totalNitrogen: { symbol: 'TN', unit: 'mg/L' },
    toc: { symbol: 'TOC', unit: 'mg/L' },
  },
};

/** Symbols of Table 34 for which the city keeps no quantity. */
const unkept = new Set(['Flow', 'Color', 'Cl', 'P', 'NO', 'O2', 'VHg'].map((symbol) => symbol.toLowerCase()));

/** One spelling for `PM2,5`, `PM2.5`, `PM-2-5`, `pm 2_5` and `PM₂.₅`; of `PM10` and `PM-10`; of `NH4+` and `NH4`. */
const normalize = (symbol: string): string =>
  symbol
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_.,+-]/g, '');

const bySymbol = (kind: StationKind): ReadonlyMap<string, Quantity> => {
  const table = new Map<string, Quantity>();
  for (const [quantity, { symbol, alsoWritten = [] }] of Object.entries(notations[kind])) {
    for (const spelling of [symbol, ...alsoWritten]) table.set(normalize(spelling), quantity as Quantity);
  }
  return table;
};

const tables = { air: bySymbol('air'), water: bySymbol('water') };

const MAX_SYMBOL_CHARACTERS = 32;

/** The quantity that a symbol names at a station of this kind; `undefined` when it names none that the city keeps. */
export const quantityOfSymbol = (symbol: string, kind: StationKind): Quantity | undefined =>
  symbol.length > MAX_SYMBOL_CHARACTERS ? undefined : tables[kind].get(normalize(symbol));

/** True for a symbol that the circular knows and the city does not keep at stations of any kind. */
export const isUnkeptSymbol = (symbol: string): boolean =>
  symbol.length <= MAX_SYMBOL_CHARACTERS && unkept.has(normalize(symbol));

/** What a station file can tell of at a station of this kind. */
export const quantitiesOfKind = (kind: StationKind): readonly Quantity[] => Object.keys(notations[kind]) as Quantity[];

/** How a quantity is written in a file of a station of this kind; `undefined` when the circular has no symbol for it there. */
export const notationOf = (quantity: Quantity, kind: StationKind): Notation | undefined => notations[kind][quantity];
