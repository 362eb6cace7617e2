import type { Line } from './travel-times.ts';

/**
 * Google's encoded polyline (developers.google.com/maps/documentation/utilities/polylinealgorithm): differences of coordinates in
 * five bits a letter. With five decimals a point is within a metre, with six (OSRM's `polyline6`, Valhalla's shapes) within 0.1 m.
 */
export type PolylineDecimals = 5 | 6;

const FIRST_LETTER = 63;
const MORE = 0x20;

const encodeNumber = (value: number): string => {
  let rest = value < 0 ? ~(value << 1) : value << 1;
  let text = '';
  while (rest >= MORE) {
    text += String.fromCharCode(((rest & 0x1f) | MORE) + FIRST_LETTER);
    rest >>>= 5;
  }
  return text + String.fromCharCode(rest + FIRST_LETTER);
};

export const encodePolyline = (line: Line, decimals: PolylineDecimals = 5): string => {
  const scale = 10 ** decimals;
  let [longitude, latitude] = [0, 0];
  let text = '';
  for (const point of line) {
    const [nextLongitude, nextLatitude] = [Math.round(point[0] * scale), Math.round(point[1] * scale)];
    text += encodeNumber(nextLatitude - latitude) + encodeNumber(nextLongitude - longitude);
    [longitude, latitude] = [nextLongitude, nextLatitude];
  }
  return text;
};

/** The points of a text; one that is cut off or is none ends where it stops making sense. */
export const decodePolyline = (text: string, decimals: PolylineDecimals = 5): Line => {
  const scale = 10 ** decimals;
  const numbers: number[] = [];
  let [value, shift] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charCodeAt(at) - FIRST_LETTER;
    if (letter < 0 || letter > 0x3f || shift > 30) break;
    value |= (letter & 0x1f) << shift;
    shift += 5;
    if (letter >= MORE) continue;
    numbers.push(value & 1 ? ~(value >>> 1) : value >>> 1);
    [value, shift] = [0, 0];
  }
  const line: (readonly [number, number])[] = [];
  let [longitude, latitude] = [0, 0];
  for (let at = 0; at + 1 < numbers.length; at += 2) {
    latitude += numbers[at] as number;
    longitude += numbers[at + 1] as number;
    line.push([longitude / scale, latitude / scale]);
  }
  return line;
};
