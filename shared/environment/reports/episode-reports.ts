import { quantities } from '../../telemetry/quantity.ts';
import { breaks } from '../limit.ts';
import { brokenPeriods } from './exceedance-rows.ts';
import type { Covered } from './periods-covered.ts';
import type { EpisodeReport } from './report.ts';
import type { EpisodeInput, QuantityInput, StationInput } from './report-input.ts';
import { reportedBeside } from './reported-number.ts';

const iso = (at: number): string => new Date(at).toISOString();

const sameSeries = (a: EpisodeInput, b: EpisodeInput): boolean =>
  a.sensorId === b.sensorId && a.limit.limitId === b.limit.limitId;

const reportOf = (
  { episodeId, sensorId, limit, phase, handling, startsAt, acts }: EpisodeInput,
  input: QuantityInput,
  until: number,
  covered: Covered,
): EpisodeReport | undefined => {
  const broken = brokenPeriods(input, limit, covered).filter((each) => each.endsAt > startsAt && each.startsAt < until);
  const last = broken.at(-1);
  // It was on its way out when the report's period began.
  if (last === undefined) return undefined;
  const worst = broken.reduce((found, each) => (breaks(each.value, { ...limit, value: found.value }) ? each : found));
  return {
    episodeId,
    sensorId,
    quantity: limit.quantity,
    averagingPeriod: limit.averagingPeriod,
    standard: limit.standard,
    limit: limit.value,
    bound: limit.bound,
    unit: quantities[limit.quantity].unit,
    phase,
    handling,
    startsAt: iso(startsAt),
    lastBreachEndsAt: iso(last.endsAt),
    breaches: broken.length,
    worst: reportedBeside(worst.value, limit.value),
    worstEndsAt: iso(worst.endsAt),
    acts: acts.map(({ kind, at, by, cause, note }) => ({
      kind,
      at: iso(at),
      by,
      cause: cause ?? null,
      note: note ?? null,
    })),
  };
};

/** The episodes with a breach in the report, oldest first: each has the breaches from its start to the start of the next of its kind. */
export const episodeReports = ({ episodes, quantities: inputs }: StationInput, covered: Covered): EpisodeReport[] => {
  const inOrder = [...episodes].sort((a, b) => a.startsAt - b.startsAt || (a.episodeId < b.episodeId ? -1 : 1));
  return inOrder.flatMap((episode, index) => {
    const next = inOrder.slice(index + 1).find((each) => sameSeries(each, episode));
    const input = inputs.find(
      ({ sensorId, quantity }) => sensorId === episode.sensorId && quantity === episode.limit.quantity,
    );
    return (input && reportOf(episode, input, next?.startsAt ?? Number.POSITIVE_INFINITY, covered)) ?? [];
  });
};
