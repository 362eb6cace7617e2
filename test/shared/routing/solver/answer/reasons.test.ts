import { describe, expect, it } from 'vitest';
import { type CollectionProblem, collectionProblemSchema } from '../../../../../shared/routing/problem.ts';
import { createReasons } from '../../../../../shared/routing/solver/answer/reasons.ts';
import { compileModel } from '../../../../../shared/routing/solver/model/compile-model.ts';
import { problem as street } from '../../checker-street.ts';

type Change = { readonly stop?: object; readonly vehicle?: object; readonly site?: object; readonly problem?: object };

/** The street with changes to the far stop, the truck, the landfill or the rest. */
const changed = ({ stop, vehicle, site, problem }: Change): CollectionProblem =>
  collectionProblemSchema.parse({
    ...street,
    stops: street.stops.map((each) => (each.id === 'far' ? { ...each, ...stop } : each)),
    vehicles: street.vehicles.map((each) => ({ ...each, ...vehicle })),
    disposalSites: street.disposalSites.map((each) => ({ ...each, ...site })),
    ...problem,
  });

const reasonFor = (problem: CollectionProblem) => createReasons(compileModel(problem))(1);

const morning: [number, number] = [7 * 3_600 + 1_800, 8 * 3_600];
const hours = { shift: [6 * 3_600, 12 * 3_600] };
const afternoon: [number, number] = [15 * 3_600, 16 * 3_600];

describe('why nobody serves a stop', () => {
  it.each<[string, Change, string, string]>([
    [
      'no stream',
      { vehicle: { streams: ['food'] } },
      'no truck may carry other waste',
      'không xe nào được chở rác khác',
    ],
    ['no lift', { stop: { lift: 'crane' } }, 'no truck for it has crane', 'không xe phù hợp nào có crane'],
    [
      'no skills',
      { stop: { lift: 'crane', skills: ['keys'] }, vehicle: { lifts: ['crane'] } },
      'no truck for it has crane, keys',
      'không xe phù hợp nào có crane, keys',
    ],
    [
      'a zone that is closed to all',
      { stop: { zone: 'old town' }, vehicle: { zones: [] }, problem: { zones: [{ id: 'old town' }] } },
      'no truck with what it needs may enter zone old town',
      'không xe phù hợp nào được vào khu vực old town',
    ],
    [
      'more load than the truck it is kept for holds',
      { stop: { vehicleId: 'truck' }, vehicle: { capacity: { litres: 10, kg: 50 } } },
      'its 60 litres (30 kg) are more than any truck for it holds',
      '60 lít (30 kg) vượt sức chứa của mọi xe phù hợp',
    ],
    [
      'too much load',
      { stop: { load: { litres: 101, kg: 30 } } },
      'its 101 litres (30 kg) are more than any truck for it holds',
      '101 lít (30 kg) vượt sức chứa của mọi xe phù hợp',
    ],
    [
      'no site for its stream',
      { stop: { stream: 'recyclable' }, site: { streams: ['other'] } },
      'no disposal site takes recyclable waste',
      'không nơi xử lý nào nhận rác tái chế',
    ],
    [
      'a shift that is too short',
      { vehicle: { shift: [0, 700] } },
      'no truck can go there, empty and be back within its shift',
      'không xe nào kịp đi, đổ rác và về trong ca',
    ],
    [
      'a window that is missed',
      { stop: { windows: [afternoon] }, vehicle: hours },
      'cannot be reached inside its time window 15:00–16:00',
      'không thể đến trong khung giờ 15:00–16:00',
    ],
    [
      'windows of its zone that are missed',
      {
        stop: { zone: 'market' },
        vehicle: hours,
        problem: { zones: [{ id: 'market', windows: [afternoon, [61_200, 62_000]] }] },
      },
      'cannot be reached inside its time window 15:00–16:00, 17:00–17:13',
      'không thể đến trong khung giờ 15:00–16:00, 17:00–17:13',
    ],
    [
      'a full fleet',
      { stop: { windows: [morning] }, vehicle: hours },
      'no truck has time or room left in its shift',
      'không xe nào còn thời gian hoặc chỗ chứa trong ca',
    ],
    [
      'a prize that is not worth it',
      { stop: { prize: 3 } },
      'can wait: going there now costs more than it saves',
      'có thể chờ: đi bây giờ tốn hơn phần tiết kiệm được',
    ],
  ])('is said in both languages: %s', (_, change, english, vietnamese) => {
    expect(reasonFor(changed(change))).toEqual({ stopId: 'far', reason: english, reasonVi: vietnamese });
  });

  it('is the few trucks with what it needs, where others could be there in time', () => {
    const crane = { ...street.vehicles[0], id: 'crane', lifts: ['crane'], shift: [9 * 3_600, 12 * 3_600] };
    const plain = { ...street.vehicles[0], ...hours };
    const problem = changed({
      stop: { lift: 'crane', windows: [morning] },
      problem: { vehicles: [plain, crane] },
    });
    expect(reasonFor(problem)).toEqual({
      stopId: 'far',
      reason: 'no truck with crane can be there in 07:30–08:00',
      reasonVi: 'không xe nào có crane kịp đến trong khung giờ 07:30–08:00',
    });
  });

  it('is the truck that it is kept for, where that may not go there', () => {
    const other = { ...street.vehicles[0], id: 'other', lifts: ['crane'] };
    const problem = changed({
      stop: { lift: 'crane', vehicleId: 'truck' },
      problem: { vehicles: [street.vehicles[0], other] },
    });
    expect(reasonFor(problem)).toEqual({
      stopId: 'far',
      reason: 'it is kept for truck truck, which cannot take it',
      reasonVi: 'được giữ cho xe truck, nhưng xe này không nhận được',
    });
  });
});
