import { isObservable, type Quantity, quantities, quantityNames } from '../../shared/telemetry/quantity.ts';
import { quantityOfSymbol } from '../../shared/telemetry/station-files/symbols.ts';
import { toCanonical } from '../../shared/telemetry/units.ts';
import type { MappedColumn } from '../replay/options.ts';

export type Kind = 'air' | 'water';

/** What heads columns in files from laboratories, portals and other countries, beside our own names and the symbols of TT 10/2021. */
const alsoCalled: Readonly<Record<Kind, Readonly<Record<string, Quantity>>>> = {
  air: {
    temp: 'airTemperature',
    humidity: 'relativeHumidity',
    rh: 'relativeHumidity',
    ozone: 'o3',
    nh3: 'ammonia',
    h2s: 'hydrogenSulfide',
    pm1: 'pm1',
    pressure: 'airPressure',
    co2: 'co2',
  },
  water: {
    nhietdo: 'waterTemperature',
    bod: 'bod5',
    no3: 'nitrate',
    no3n: 'nitrate',
    nno3: 'nitrate',
    no2: 'nitrite',
    no2n: 'nitrite',
    nno2: 'nitrite',
    po4: 'phosphate',
    po4p: 'phosphate',
    ppo4: 'phosphate',
    nh4n: 'ammonium',
    nnh4: 'ammonium',
    coliform: 'totalColiform',
    coliforms: 'totalColiform',
    ecoli: 'eColi',
    as: 'arsenic',
    cd: 'cadmium',
    pb: 'lead',
    cr6: 'chromium6',
    crvi: 'chromium6',
    cu: 'copper',
    zn: 'zinc',
    hg: 'mercury',
    fe: 'iron',
    mn: 'manganese',
    ni: 'nickel',
    cl: 'chloride',
    cn: 'cyanide',
    ec: 'conductivity',
    ddt: 'totalDdt',
    ddts: 'totalDdt',
  },
};

/** Letters and digits only, folded: `N-NH4+`, `N NH₄` and `n_nh4` are one. */
const fold = (text: string): string =>
  text
    .replace(/[đĐ]/g, 'd')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');

const byName: ReadonlyMap<string, Quantity> = new Map(
  // What is worked out, such as an index, is no measurement to judge.
  quantityNames
    .filter(isObservable)
    .flatMap((name) =>
      [name, quantities[name].nameEn, quantities[name].nameVi].map((spelling) => [fold(spelling), name] as const),
    ),
);

const quantityCalled = (name: string, kind: Kind): Quantity | undefined => {
  const folded = fold(name);
  const special = Object.hasOwn(alsoCalled[kind], folded) ? alsoCalled[kind][folded] : undefined;
  const found = special ?? quantityOfSymbol(name, kind) ?? byName.get(folded);
  if (found === undefined) return undefined;
  const { kind: its } = quantities[found];
  return its === kind || its === 'device' ? found : undefined;
};

/** `PM2.5 (µg/m³)`, `SO2 [ppb]`: what is measured, and in what unit. */
const withUnit = /^(.*?)\s*[[(]\s*([^\])]+?)\s*[\])]\s*$/;

export type RecognizedColumn =
  | ({ readonly status: 'taken' } & MappedColumn)
  | { readonly status: 'unknown-unit'; readonly column: string; readonly quantity: Quantity; readonly unit: string }
  | { readonly status: 'unknown'; readonly column: string };

/** What a column's heading says it holds, at a place of this kind. A unit that does not fit is told, never guessed over. */
export const recognizeColumn = (column: string, kind: Kind): RecognizedColumn => {
  const whole = quantityCalled(column, kind);
  if (whole !== undefined) return { status: 'taken', column, quantity: whole };
  const [, name = '', unit = ''] = withUnit.exec(column) ?? [];
  const quantity = quantityCalled(name, kind);
  if (quantity === undefined) return { status: 'unknown', column };
  if (toCanonical(quantity, 1, unit) === undefined) return { status: 'unknown-unit', column, quantity, unit };
  return { status: 'taken', column, quantity, unit };
};

/** Whether a file is about air or water: by more of its columns; air when neither has more. */
export const kindOfColumns = (header: readonly string[]): Kind => {
  const taken = (kind: Kind): number =>
    header.filter((column) => recognizeColumn(column, kind).status === 'taken').length;
  return taken('water') > taken('air') ? 'water' : 'air';
};
