import type { Registry } from '../../city/registry.ts';
import type { OverflowReportStore } from '../../waste/overflow/overflow-report.ts';
import { type TakenReport, takeOverflowReport, withdrawOverflowReport } from '../../waste/overflow/take-report.ts';
import {
  type CrewOverflow,
  type CrewOverflowTakenBack,
  type CrewOverflowWord,
  crewOverflowWordSchema,
} from './crew-overflow.ts';
import { type Refusal, refusal } from './refusals.ts';

export type OverflowWordParts = {
  readonly overflowReports: OverflowReportStore;
  readonly registry: Pick<Registry, 'get'>;
};

type Arrival = { readonly receivedAt: number; readonly reportedBy: string };
type Taken = { readonly status: 'accepted' | 'known'; readonly word: CrewOverflowWord };

/** Said for the crew, which was not asked: it tapped the wrong bin, or looked again. */
const TAKEN_BACK = 'taken back by the crew';

const refusalOf = ({ code }: Extract<TakenReport, { status: 'refused' }>, word: CrewOverflow): Refusal => {
  const seen = new Date(word.at).toISOString();
  if (code === 'unknown-bin') return refusal(code, word.binId);
  if (code === 'id-reused') return refusal(code, word.reportId);
  return refusal(code === 'too-old' ? code : 'clock-ahead', seen);
};

const takeOverflow = async (
  parts: OverflowWordParts,
  word: CrewOverflow,
  { receivedAt, reportedBy }: Arrival,
  aheadMs: number,
): Promise<Taken | Refusal> => {
  const { kind: _kind, at: seenAt, sequence: _sequence, note, ...said } = word;
  const told = { ...said, ...(note && { note }), seenAt, channel: 'crew', reportedBy } as const;
  const taken = await takeOverflowReport(parts, told, receivedAt, aheadMs);
  return taken.status === 'refused' ? refusalOf(taken, word) : { status: taken.status, word };
};

const takeBack = async (
  parts: OverflowWordParts,
  word: CrewOverflowTakenBack,
  { receivedAt, reportedBy }: Arrival,
): Promise<Taken | Refusal> => {
  const known = await parts.overflowReports.get(word.overflowId);
  if (known?.channel !== 'crew' || known.reportedBy !== reportedBy) return refusal('unknown-report', word.overflowId);
  await withdrawOverflowReport(parts, word.overflowId, { at: receivedAt, by: reportedBy, why: TAKEN_BACK });
  return { status: known.withdrawn === undefined ? 'accepted' : 'known', word };
};

/**
 * Takes in what a crew says of an overflowing bin: it becomes a report like any other (`takeOverflowReport`), once for each id. Refused where
 * it is no such word, there is no such bin, it was seen further ahead than `aheadMs` or longer ago than a report counts, or nobody of
 * this name reported what is taken back.
 */
export const takeOverflowWord = async (
  parts: OverflowWordParts,
  sent: unknown,
  arrival: Arrival,
  aheadMs: number,
): Promise<Taken | Refusal> => {
  const { data: word, error } = crewOverflowWordSchema.safeParse(sent);
  if (error !== undefined) {
    const faults = error.issues.map(({ path, message }) => [...path.map(String), message].join(': '));
    return refusal('not-a-report', faults.join('; '));
  }
  if (word.at > 8.64e15) return refusal('not-a-report', 'at: no instant');
  return word.kind === 'overflow' ? takeOverflow(parts, word, arrival, aheadMs) : takeBack(parts, word, arrival);
};
