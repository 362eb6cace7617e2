import { colourOfFraction, NO_DATA_COLOUR } from '../state/fill-look.ts';

/** A marker as paths in a 28 × 28 box, so that the map's canvas and the lists' SVG draw the same thing. */
export type MarkerShape = readonly MarkerPart[];

export type MarkerPart = {
  /** SVG path data. */
  readonly d: string;
  readonly fill?: string;
  readonly stroke?: string;
  readonly width?: number;
  readonly dash?: readonly [number, number];
};

export const MARKER_BOX = 28;

const INK = '#14231f';
const HALO: MarkerPart = { d: 'M3.5 3.500h21l-2.2 22h-16.600z', stroke: '#ffffff', width: 5 };

const TOP = 7;
const BOTTOM = 25;

/** Half the bin's width at a height: its walls lean outwards towards the top. */
const halfWidth = (y: number): number => 7.6 + ((BOTTOM - y) / (BOTTOM - TOP)) * 1.6;

const wall = (from: number): string => {
  const upper = halfWidth(from);
  const lower = halfWidth(BOTTOM);
  return `M${14 - upper} ${from}h${2 * upper}L${14 + lower} ${BOTTOM}h${-2 * lower}z`;
};

const surfaceLine = (y: number): string => `M${14 - halfWidth(y)} ${y}h${2 * halfWidth(y)}`;

const LID = 'M3.5 6.500h21M11 6.500v-3h6v3';

/** Levels that are told apart, 0 to 10. */
export const fillLevel = (fraction: number): number => Math.round(Math.min(1, Math.max(0, fraction)) * 10);

const knownBin = (fraction: number): MarkerShape => {
  const level = fillLevel(fraction) / 10;
  const surface = BOTTOM - level * (BOTTOM - TOP);
  return [
    HALO,
    { d: wall(TOP), fill: '#ffffff' },
    ...(level > 0 ? [{ d: wall(surface), fill: colourOfFraction(fraction) }] : []),
    ...(level > 0 && level < 1 ? [{ d: surfaceLine(surface), stroke: INK, width: 1.2 }] : []),
    { d: wall(TOP), stroke: INK, width: 1.8 },
    { d: LID, stroke: INK, width: 2.2 },
  ];
};

/** Hollow, hatched, dashed, with a question mark: nothing about it looks like an empty bin. */
const unknownBin: MarkerShape = [
  HALO,
  { d: wall(TOP), fill: '#e7eaec' },
  { d: 'M6 13l6-6M6.5 19l12-12M7 25l15-15M13.5 25l8-8M19 25l2.2-2.2', stroke: '#b6bdc4', width: 1.2 },
  { d: wall(TOP), stroke: NO_DATA_COLOUR, width: 1.8, dash: [3, 2.2] },
  { d: LID, stroke: NO_DATA_COLOUR, width: 2.2, dash: [3, 2.2] },
  { d: 'M11 13.300a3 3 0 1 1 4.3 2.700c-1 .5-1.3 1-1.3 2.100M14 21.500v.2', stroke: '#ffffff', width: 4.4 },
  { d: 'M11 13.300a3 3 0 1 1 4.3 2.700c-1 .5-1.3 1-1.3 2.100M14 21.500v.2', stroke: '#30363d', width: 2.3 },
];

/** A level of some hours ago: pale under a hatch, its walls dashed as those of a bin that nobody knows. */
const silentBin = (fraction: number): MarkerShape => [
  ...knownBin(fraction).filter(({ stroke }) => stroke !== INK),
  { d: 'M6 13l6-6M6.5 19l12-12M7 25l15-15M13.5 25l8-8M19 25l2.2-2.2', stroke: '#ffffff', width: 1.6 },
  { d: wall(TOP), stroke: '#ffffff', width: 2.4 },
  { d: wall(TOP), stroke: NO_DATA_COLOUR, width: 1.8, dash: [3, 2.2] },
  { d: LID, stroke: NO_DATA_COLOUR, width: 2.2, dash: [3, 2.2] },
];

/**
 * @param fraction 0..1, or `undefined` where nobody knows.
 * @param isSilent its sensors are: the level is an old one.
 */
export const binMarker = (fraction: number | undefined, isSilent = false): MarkerShape => {
  if (fraction === undefined) return unknownBin;
  return isSilent ? silentBin(fraction) : knownBin(fraction);
};

/** A warning triangle: somebody saw the bin overflow. */
export const reportMarker: MarkerShape = [
  { d: 'M14 2.500l12.5 22h-25z', fill: '#b3261e', stroke: '#ffffff', width: 2.6 },
  { d: 'M14 10v7M14 20.500v.4', stroke: '#ffffff', width: 3 },
];

const AIR = '#274690';
const WATER = '#0a6a8a';

export const placeMarkers = {
  air: [
    { d: 'M14 2a12 12 0 1 1 0 24a12 12 0 1 1 0-24z', fill: '#ffffff', stroke: AIR, width: 2.2 },
    { d: 'M7.5 12h8.500a2.5 2.5 0 1 0-2.5-2.500M7.5 16h11a2.5 2.5 0 1 1-2.5 2.500M7.5 20h5', stroke: AIR, width: 2 },
  ],
  water: [
    {
      d: 'M14 2c4 5.5 8.5 9.5 8.5 14.800a8.5 8.5 0 0 1-17 0c0-5.3 4.5-9.3 8.5-14.800z',
      fill: '#ffffff',
      stroke: WATER,
      width: 2.2,
    },
    { d: 'M9 15.500q2.5-2 5 0t5 0M9 19.500q2.5-2 5 0t5 0', stroke: WATER, width: 2 },
  ],
  depot: [
    { d: 'M14 2.500l11.5 8.500v14.500h-23v-14.500z', fill: '#0b3d33', stroke: '#ffffff', width: 2 },
    { d: 'M8 25v-9h12v9M8 19.500h12', stroke: '#ffffff', width: 2 },
  ],
  disposal: [
    { d: 'M3 3h22v22h-22z', fill: '#43302b', stroke: '#ffffff', width: 2 },
    { d: 'M14 7v8M10 12l4 4l4-4M8 17v4h12v-4', stroke: '#ffffff', width: 2.2 },
  ],
} as const satisfies Record<string, MarkerShape>;
