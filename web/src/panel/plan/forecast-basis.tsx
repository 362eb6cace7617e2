import type { WirePlan } from '../../api/wire.ts';
import { useLocale } from '../../i18n/language.ts';
import { useMarkWords } from '../../i18n/mark-words.ts';

/** What the plan's forecasts rest on, as long as some bins have too short a history of their own: a city's first nights. */
export const ForecastBasis = ({ plan: { forecasts } }: { readonly plan: WirePlan }) => {
  const { f } = useLocale();
  const w = useMarkWords();
  if (forecasts === undefined || forecasts.similarBins + forecasts.assumed === 0) return null;
  const { ownHistory, similarBins, assumed } = forecasts;
  return <p class="notice">{w.forecasts(f.count(ownHistory), f.count(similarBins), f.count(assumed))}</p>;
};
