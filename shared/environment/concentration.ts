/** How gases in parts per billion, and in cubic metres of other temperature and pressure, become what the city keeps. */

/** The state of the air that a cubic metre is meant in. */
export type Conditions = { readonly celsius: number; readonly kilopascal: number };

/** 25 °C and 760 mmHg: the Nm³ of QCVN 05:2023/BTNMT (1.3.10), and what EPA's and WHO's conversions use. Ours everywhere. */
export const normalConditions: Conditions = { celsius: 25, kilopascal: 101.325 };

/** 293 K and 101.3 kPa, for gases in the European Union's directives (2008/50/EC, Annex VI, C). */
export const europeanConditions: Conditions = { celsius: 19.85, kilopascal: 101.3 };

/** J/(mol K), exact since the SI of 2019 (CODATA 2018). */
const GAS_CONSTANT = 8.314_462_618;
const ZERO_CELSIUS = 273.15;

const kelvin = ({ celsius }: Conditions): number => celsius + ZERO_CELSIUS;

const assertPhysical = (conditions: Conditions): void => {
  const isPhysical = kelvin(conditions) > 0 && conditions.kilopascal > 0 && Number.isFinite(kelvin(conditions));
  if (!isPhysical || !Number.isFinite(conditions.kilopascal)) {
    throw new RangeError(`No air is at ${conditions.celsius} °C and ${conditions.kilopascal} kPa`);
  }
};

/** Litres that a mole of ideal gas fills: V = R T / p; 24.465 at 25 °C and 760 mmHg. @throws RangeError for impossible conditions. */
export const molarVolumeLitres = (conditions: Conditions = normalConditions): number => {
  assertPhysical(conditions);
  return (GAS_CONSTANT * kelvin(conditions)) / conditions.kilopascal;
};

/** g/mol, from IUPAC's abridged standard atomic weights (H 1.008, C 12.011, N 14.007, O 15.999, S 32.06, F 18.998, Cl 35.45). */
export const molarMasses = {
  so2: 64.058,
  no2: 46.005,
  co: 28.01,
  o3: 47.997,
  ammonia: 17.031,
  hydrogenSulfide: 34.076,
  mercaptans: 48.103,
  benzene: 78.114,
  toluene: 92.141,
  xylene: 106.168,
  styrene: 104.152,
  formaldehyde: 30.026,
  acetaldehyde: 44.053,
  acrolein: 56.064,
  propionicAcid: 74.079,
  phenol: 94.113,
  naphthalene: 128.174,
  vinylChloride: 62.496,
  chloroform: 119.369,
  hydrogenChloride: 36.458,
  hydrogenFluoride: 20.006,
  hydrogenCyanide: 27.026,
  chlorine: 70.9,
} as const;

export type Gas = keyof typeof molarMasses;

export const isGas = (quantity: string): quantity is Gas => Object.hasOwn(molarMasses, quantity);

/**
 * µg/m³ from parts per billion by volume: c = x M / V, V being the molar volume in litres.
 * @throws RangeError for impossible conditions.
 */
export const microgramsFromPpb = (gas: Gas, ppb: number, conditions?: Conditions): number =>
  (ppb * molarMasses[gas]) / molarVolumeLitres(conditions);

/** The way back: ppb from µg/m³. @throws RangeError for impossible conditions. */
export const ppbFromMicrograms = (gas: Gas, micrograms: number, conditions?: Conditions): number =>
  (micrograms * molarVolumeLitres(conditions)) / molarMasses[gas];

/**
 * The same mass of gas in a cubic metre of other conditions: c₂ = c₁ · (T₁ / T₂) · (p₂ / p₁), for the mass in a cubic metre grows with
 * pressure and falls with temperature (ideal gas). An instrument's actual m³ becomes Nm³ with its own conditions as `from`. Particles'
 * limits are for actual conditions in Europe and Nm³ in Vietnam; the same formula serves.
 * @throws RangeError for impossible conditions.
 */
export const atConditions = (
  concentration: number,
  { from, to = normalConditions }: { readonly from: Conditions; readonly to?: Conditions },
): number => {
  assertPhysical(from);
  assertPhysical(to);
  return concentration * (kelvin(from) / kelvin(to)) * (to.kilopascal / from.kilopascal);
};
