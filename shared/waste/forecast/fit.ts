import { type Exposure, exposureOf } from './exposure.ts';
import { ASSUMED, groupOf } from './group.ts';
import { type BinHistory, settled } from './history.ts';
import { HOUR_MS, type LocalHours } from './hours.ts';
import type { Piece } from './piece.ts';
import { addSums, FLAT, type Profile, type ProfileSums, profileOf, profileOfPieces } from './profile.ts';
import { type BinModel, type Group, rateOf, samplesOf } from './rate.ts';

/** A bin with what makes others similar to it: its waste stream, and within it its ward. */
export type BinToFit = {
  readonly id: string;
  readonly stream: string;
  readonly ward?: string | undefined;
  readonly history: BinHistory;
};

export type FittedBin = {
  readonly model: BinModel;
  readonly exposure: Exposure;
  readonly group: Group;
  /** The `groupKey` of that group, and hours of pure filling that the model rests on. */
  readonly groupKey: string;
  readonly hoursSeen: number;
};

/** What bins of a group share. Plain JSON. */
export type FittedGroup = { readonly profile: Profile; readonly group: Group };

/** Names a group: the city's (no stream), a stream's, a ward's of a stream. */
export const groupKey = (stream = '', ward = ''): string => `${stream}|${ward}`;

export type FittedCity = {
  readonly bins: ReadonlyMap<string, FittedBin>;
  /** For a bin that was registered since: its stream's wide model, or the city's. */
  readonly newBin: (stream: string) => FittedBin;
  /** By `groupKey`. */
  readonly groups: ReadonlyMap<string, FittedGroup>;
};

/** Pieces reach back so far, and forecasts ahead. */
const BACK_MS = 120 * 24 * HOUR_MS;
const AHEAD_MS = 60 * 24 * HOUR_MS;

type Prepared = BinToFit & { readonly pieces: readonly Piece[]; readonly sums: ProfileSums };
type Level = { readonly profile: Profile; readonly exposure: Exposure; readonly group: Group };

/** A bin's pieces with its rate per hour of the clock; one piece alone tells nothing of its hours. */
const withRate = ({ pieces }: Prepared): readonly (Piece & { readonly rate: number })[] => {
  const time = pieces.reduce((sum, { from, to }) => sum + (to - from) / HOUR_MS, 0);
  const rate = pieces.reduce((sum, { increment }) => sum + increment, 0) / time;
  return pieces.length < 2 || !(rate > 0) ? [] : pieces.map((piece) => ({ ...piece, rate }));
};

const levelOf = (bins: readonly Prepared[], parent: Level, hours: LocalHours, at: number): Level => {
  const sums = addSums(bins.map((bin) => bin.sums));
  const seenByTheHour = sums.hourTime.some((time) => time > 0);
  // Known from collections alone: the city's profile is worked out of whole fillings, and all groups share it.
  const fromPieces = !seenByTheHour && parent.profile === FLAT;
  const profile = fromPieces ? profileOfPieces(bins.flatMap(withRate), hours) : profileOf(sums, parent.profile);
  const exposure = exposureOf(profile, hours, at - BACK_MS, at + AHEAD_MS);
  const samples = bins.map(({ pieces }) => samplesOf(pieces, exposure, at));
  return { profile, exposure, group: groupOf(samples, parent.group) };
};

const asNew = ({ exposure, group }: Level, key: string): FittedBin => ({
  model: modelWithout(group),
  exposure,
  group,
  groupKey: key,
  hoursSeen: 0,
});

/** The model of a bin that has shown nothing yet: its group's rate, and the group's whole variety. */
export const modelWithout = (group: Group): BinModel => {
  const { own: _own, ownTime: _time, ...model } = rateOf([], group);
  return model;
};

const modelOf = (pieces: readonly Piece[], exposure: Exposure, group: Group, at: number): BinModel => {
  const { own: _own, ownTime: _time, ...model } = rateOf(samplesOf(pieces, exposure, at), group);
  return model;
};

const byKey = <T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> =>
  Map.groupBy(items, key);

/**
 * Every bin's model at an instant, from its history and, as far as that is short, from those like it: the ward's bins of the same
 * stream lean on the stream's, the stream's on the city's, the city's on what is assumed of any. The order of the bins does
 * not matter. `hoursOf`: a ward's own clock, where it has market days of its own.
 */
export const fitCity = (
  bins: readonly BinToFit[],
  hours: LocalHours,
  at: number,
  hoursOf: (ward?: string) => LocalHours = () => hours,
): FittedCity => {
  const prepared = bins
    .map((bin): Prepared => ({ ...bin, ...settled(bin.history, hoursOf(bin.ward)) }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const nothing: Level = { profile: FLAT, exposure: exposureOf(FLAT, hours, at, at), group: ASSUMED };
  const city = levelOf(prepared, nothing, hours, at);
  const streams = new Map<string, Level>();
  const groups = new Map<string, FittedGroup>([[groupKey(), { profile: city.profile, group: city.group }]]);
  const fitted = new Map<string, FittedBin>();
  for (const [stream, ofStream] of byKey(prepared, (bin) => bin.stream)) {
    const level = levelOf(ofStream, city, hours, at);
    streams.set(stream, level);
    groups.set(groupKey(stream), { profile: level.profile, group: level.group });
    for (const [ward, ofWard] of byKey(ofStream, (bin) => bin.ward ?? '')) {
      const { exposure, group, profile } = ward === '' ? level : levelOf(ofWard, level, hoursOf(ward), at);
      groups.set(groupKey(stream, ward), { profile, group });
      for (const { id, pieces } of ofWard) {
        const hoursSeen = pieces.reduce((sum, { from, to }) => sum + (to - from) / HOUR_MS, 0);
        const model = modelOf(pieces, exposure, group, at);
        fitted.set(id, { model, exposure, group, groupKey: groupKey(stream, ward), hoursSeen });
      }
    }
  }
  return {
    bins: fitted,
    newBin: (stream) => {
      const own = streams.get(stream);
      return own === undefined ? asNew(city, groupKey()) : asNew(own, groupKey(stream));
    },
    groups,
  };
};
