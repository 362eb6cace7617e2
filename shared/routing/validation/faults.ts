/** One thing that is wrong with a problem: where (JSON Pointer, RFC 6901) and what. */
export type ProblemFault = { readonly pointer: string; readonly detail: string };

/** Takes a fault at the place that `path` leads to. */
export type ReportAt = (path: readonly PropertyKey[], detail: string) => void;

/** As many faults as anybody reads: a matrix can have millions. */
const MOST_FAULTS = 100;

const pointerOf = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

/** A list of faults that stops growing at a hundred. */
export const faultList = (): { readonly faults: readonly ProblemFault[]; readonly report: ReportAt } => {
  const faults: ProblemFault[] = [];
  const report: ReportAt = (path, detail) => {
    if (faults.length < MOST_FAULTS) faults.push({ pointer: pointerOf(path), detail });
  };
  return { faults, report };
};
