import type { Unserved } from '../solution.ts';
import { evaluateRoute } from './evaluate-route.ts';
import type { Evaluation } from './evaluation.ts';
import type { Model } from './model.ts';

/** Why a stop is served by nobody, in a dispatcher's words, English and Vietnamese. */
type Words = Pick<Unserved, 'reason' | 'reasonVi'>;

const streamNames: Readonly<Record<string, readonly [en: string, vi: string]>> = {
  recyclable: ['recyclable', 'rác tái chế'],
  food: ['food', 'rác thực phẩm'],
  other: ['other', 'rác khác'],
};

const streamName = (stream: string): readonly [en: string, vi: string] => streamNames[stream] ?? [stream, stream];

/** Seconds since midnight as a clock shows them; past 24:00 it starts again. */
const clockTime = (seconds: number): string => {
  const minutes = Math.floor(seconds / 60) % 1_440;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
};

const streamReason = (model: Model, node: number): Words | undefined => {
  const stop = model.problem.stops[node];
  if (stop === undefined) return undefined;
  const [en, vi] = streamName(stop.stream);
  const carriers = model.problem.vehicles.filter((vehicle) => vehicle.streams?.includes(stop.stream) ?? true);
  if (carriers.length === 0) {
    return { reason: `no truck may carry ${en} waste`, reasonVi: `không xe nào được chở ${vi}` };
  }
  const takers = model.disposals.filter((site) => site.accepts[model.stream[node] as number] === 1);
  if (model.disposals.length > 0 && takers.length === 0) {
    return { reason: `no disposal site takes ${en} waste`, reasonVi: `không nơi xử lý nào nhận ${vi}` };
  }
  const roomy = carriers.filter(
    ({ capacity }) => capacity.litres >= stop.load.litres - 1e-6 && capacity.kg >= stop.load.kg - 1e-6,
  );
  if (roomy.length > 0) return undefined;
  return {
    reason: `its ${Math.round(stop.load.litres)} litres are more than any truck for it holds`,
    reasonVi: `${Math.round(stop.load.litres)} lít vượt sức chứa của mọi xe phù hợp`,
  };
};

const timeReason = (evaluation: Evaluation, node: number): Words | undefined => {
  const { model } = evaluation;
  evaluation.sequence[0] = node;
  if (model.types.some((type) => evaluateRoute(evaluation, type, 1) < Number.POSITIVE_INFINITY)) return undefined;
  const windows = model.problem.stops[node]?.windows ?? [];
  if (windows.length === 0) {
    return {
      reason: 'no truck can go there, empty and be back within its shift',
      reasonVi: 'không xe nào kịp đi, đổ rác và về trong ca',
    };
  }
  const spans = windows.map(([from, to]) => `${clockTime(from)}–${clockTime(to)}`).join(', ');
  return {
    reason: `cannot be reached inside its time window ${spans}`,
    reasonVi: `không thể đến trong khung giờ ${spans}`,
  };
};

/** The reason for one stop that the best solution leaves out. */
export const unservedReason = (evaluation: Evaluation, node: number): Unserved => {
  const { model } = evaluation;
  const stop = model.problem.stops[node];
  const words: Words =
    streamReason(model, node) ??
    timeReason(evaluation, node) ??
    (stop?.prize === undefined
      ? {
          reason: 'no truck has time or room left in its shift',
          reasonVi: 'không xe nào còn thời gian hoặc chỗ chứa trong ca',
        }
      : {
          reason: 'can wait: going there now costs more than it saves',
          reasonVi: 'có thể chờ: đi bây giờ tốn hơn phần tiết kiệm được',
        });
  return { stopId: stop?.id ?? '', ...words };
};
