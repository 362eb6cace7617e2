import { describe, expect, it } from 'vitest';
import { eventsAnswer } from '../../functions/operations-api/bin-events.ts';
import { fillAnswer } from '../../functions/operations-api/bin-fill.ts';
import { forecastAnswer } from '../../functions/operations-api/bin-forecast.ts';
import { kpisAnswer } from '../../functions/operations-api/kpis.ts';
import { planAnswer, planSummaryAnswer } from '../../functions/operations-api/plan-answers.ts';
import { binSchema, citySchema, depotSchema, disposalSiteSchema, stationSchema } from '../../shared/city/entities.ts';
import { indexAnswer } from '../../shared/environment/indices/index-answer.ts';
import { kpiSources, sourceOf } from '../../shared/waste/kpis/sources.ts';
import { airQualityAt } from './support/fixture-air.ts';
import { bins, city, depots, disposalSites, NOW, stations } from './support/fixture-city.ts';
import { eventsOfWeek, forecastOf } from './support/fixture-forecast.ts';
import { kpisOf } from './support/fixture-kpis.ts';
import { failedSummary, planOf, requestedSummary, summaryOf } from './support/fixture-plan.ts';

describe('what the browser tests’ API answers', () => {
  it('is what the operations API’s own schemas accept, unchanged', () => {
    const plan = planOf('plan-1');
    expect(planAnswer.parse(plan)).toEqual(plan);
    for (const summary of [summaryOf(plan), requestedSummary('plan-2'), failedSummary('plan-3', 'why')]) {
      expect(planSummaryAnswer.parse(summary)).toEqual(summary);
    }
    for (const { fill } of bins) expect(fillAnswer.parse(fill)).toEqual(fill);
  });

  it('of forecasts is what the API’s schemas accept, unchanged', () => {
    for (const id of ['bin-001', 'bin-002']) {
      expect(forecastAnswer.parse(forecastOf(id, NOW))).toEqual(forecastOf(id, NOW));
    }
    const told = { binId: 'bin-001', events: eventsOfWeek(NOW) };
    expect(eventsAnswer.parse(told)).toEqual(told);
  });

  it('of the air is what an index’s schema accepts, unchanged', () => {
    for (const { id } of stations.filter(({ kind }) => kind === 'air')) {
      const quality = airQualityAt(id);
      for (const period of [quality?.hour, quality?.day]) {
        expect(indexAnswer.parse(period?.vnAqi)).toEqual(period?.vnAqi);
        expect(indexAnswer.parse(period?.usAqi)).toEqual(period?.usAqi);
      }
    }
  });

  it('of what collection achieves is what the schema accepts', () => {
    const sources = { figures: sourceOf, words: kpiSources };
    for (const by of ['day', 'truck', 'ward']) {
      const answer = kpisOf(new URLSearchParams({ from: '2026-11-16', to: '2026-11-22', by }));
      expect(kpisAnswer.parse({ ...answer, sources, timeZone: 'Asia/Ho_Chi_Minh', units: {} })).toMatchObject(answer);
    }
  });

  it('is a city that the registry could hold', () => {
    expect(() => citySchema.parse(city)).not.toThrow();
    for (const bin of bins) expect(() => binSchema.parse(bin)).not.toThrow();
    for (const station of stations) expect(() => stationSchema.parse(station)).not.toThrow();
    for (const depot of depots) expect(() => depotSchema.parse(depot)).not.toThrow();
    for (const site of disposalSites) expect(() => disposalSiteSchema.parse(site)).not.toThrow();
  });
});
