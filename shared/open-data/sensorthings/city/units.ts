/**
 * The units of `quantities`, as UCUM writes them (ucum.org, "The Unified Code for Units of Measure"). A unit that is not here fails
 * the test that walks all quantities, not a request.
 */
const ucum: Readonly<Record<string, readonly [name: string, code: string]>> = {
  '1': ['one', '1'],
  '%': ['percent', '%'],
  '‰': ['per mille', '[ppth]'],
  mm: ['millimetre', 'mm'],
  '°C': ['degree Celsius', 'Cel'],
  'µg/m³': ['microgram per cubic metre', 'ug/m3'],
  'µg/L': ['microgram per litre', 'ug/L'],
  'mg/L': ['milligram per litre', 'mg/L'],
  pH: ['pH', '[pH]'],
  V: ['volt', 'V'],
  mV: ['millivolt', 'mV'],
  ppm: ['parts per million', '[ppm]'],
  ppb: ['parts per billion', '[ppb]'],
  hPa: ['hectopascal', 'hPa'],
  lx: ['lux', 'lx'],
  'µS/cm': ['microsiemens per centimetre', 'uS/cm'],
  NTU: ['nephelometric turbidity unit', '{NTU}'],
  'MPN/100 mL': ['most probable number per 100 millilitres', '{MPN}/(100.mL)'],
};

/** 18-088, 8.2.4: `definition` names where the unit is defined. */
export type UnitOfMeasurement = { readonly name: string; readonly symbol: string; readonly definition: string };

/** @throws Error for a unit that nobody has entered here. */
export const unitOfMeasurement = (unit: string): UnitOfMeasurement => {
  const known = ucum[unit];
  if (known === undefined) throw new Error(`The unit ${unit} has no UCUM code yet`);
  const [name, code] = known;
  return { name, symbol: code, definition: `http://www.opengis.net/def/uom/UCUM/${encodeURIComponent(code)}` };
};
