import type { Bin } from '../../city/entities.ts';
import type { Reading } from '../../telemetry/reading.ts';
import { type Doubt, type FillState, headsDisagree } from '../fill-state.ts';
import { believedLevel, eventsAsTheyStand, type FillEvent, type FillTrack, follow, NEW_TRACK } from '../fill-track.ts';
import { DISAGREEMENT, looksOf } from '../looks.ts';
import { percent } from '../words.ts';

const suddenRise = (from: number, to: number): Doubt => ({
  code: 'sudden-rise',
  reason: `it rose from ${percent(from)} to ${percent(to)} at once, which may be a hanging bag or condensation`,
  reasonVi: `mức đầy tăng đột ngột từ ${percent(from)} lên ${percent(to)}, có thể do túi rác mắc hoặc đọng hơi nước`,
});

/** What is doubtful about where a track stands. */
export const doubtOf = ({ perches, spread, heads }: FillTrack): Doubt | undefined => {
  const [perch] = perches;
  if (perch !== undefined) return suddenRise(perch.from, perches.at(-1)?.to ?? perch.to);
  const levels = Object.values(heads).map(({ level }) => level);
  return spread > DISAGREEMENT ? headsDisagree(Math.min(...levels), Math.max(...levels)) : undefined;
};

/** How full a track says a bin is; `undefined` before two looks agreed. A level is taken as of the last look that was believed. */
const fillOfTrack = (track: FillTrack): Extract<FillState, { status: 'known' }> | undefined => {
  const level = believedLevel(track);
  if (level === undefined) return undefined;
  const doubt = doubtOf(track);
  const fraction = Math.min(1, Math.max(0, level.level));
  return {
    status: 'known',
    fraction,
    measuredAt: level.at,
    flag: doubt === undefined ? 1 : 3,
    ...(doubt && { doubt }),
  };
};

/** How full a bin is by its readings of the last hours, false echoes, bags and open lids left out, and what happened in them. */
export const fillFromReadings = (
  bin: Pick<Bin, 'container'>,
  readings: readonly Reading[],
): { readonly fill: Extract<FillState, { status: 'known' }> | undefined; readonly events: readonly FillEvent[] } => {
  const followed = follow(NEW_TRACK, looksOf(bin.container, readings));
  return { fill: fillOfTrack(followed.track), events: eventsAsTheyStand(followed) };
};
