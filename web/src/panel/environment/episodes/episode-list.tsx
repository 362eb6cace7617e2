import { useState } from 'preact/hooks';
import { getEpisodes, type WireEpisode } from '../../../api/episodes.ts';
import { useEpisodeWords } from '../../../i18n/episode-words.ts';
import { useLocale } from '../../../i18n/language.ts';
import { placeHref } from '../../../state/place.ts';
import { useResource } from '../../../state/resource.ts';
import { ProblemNotice } from '../../trouble-notice.tsx';
import { quantityLabel } from '../quantity-label.ts';
import { EpisodeMarks, useSpan } from './episode-head.tsx';

/** What waits for somebody comes first; the rest on demand. */
const SHOWN_AT_FIRST = 4;

const REFRESH_MS = 60_000;

const EpisodeItem = ({ episode }: { readonly episode: WireEpisode }) => {
  const w = useEpisodeWords();
  const { f, language } = useLocale();
  const span = useSpan(episode);
  const { episodeId, stationName, limit, peak, unit } = episode;
  return (
    <li class="episode">
      <p class="exceedance-head">
        <a href={placeHref({ tab: 'environment', episodeId })}>
          <strong>{quantityLabel(limit.quantity, language)}</strong> · {stationName}
        </a>
      </p>
      <EpisodeMarks episode={episode} />
      <p>
        {w.peak} <strong class="exceedance-value">{`${f.number(peak.value)} ${unit}`}</strong> ·{' '}
        {w.means[limit.averagingPeriod]} · {limit.bound === 'max' ? '≤' : '≥'} {f.number(limit.value)}
      </p>
      <p class="quiet">
        {span} · {limit.standard}
      </p>
    </li>
  );
};

const waits = ({ phase, handling }: WireEpisode): boolean =>
  handling !== 'acknowledged' && phase !== 'merged' && phase !== 'withdrawn';

export const EpisodeList = ({ now }: { readonly now: number }) => {
  const w = useEpisodeWords();
  const { t, f } = useLocale();
  const [isComplete, setComplete] = useState(false);
  const { data, problem, reload } = useResource('episodes', (signal) => getEpisodes(now, signal), REFRESH_MS);
  const sorted = data && [...data.filter(waits), ...data.filter((episode) => !waits(episode))];
  const shown = isComplete ? sorted : sorted?.slice(0, SHOWN_AT_FIRST);
  const hidden = (sorted?.length ?? 0) - (shown?.length ?? 0);
  return (
    <section class="exceedances episodes">
      <h2>{w.heading}</h2>
      {problem && <ProblemNotice problem={problem} onRetry={reload} />}
      {data === undefined && !problem && <p class="quiet">{t.loading}</p>}
      {data?.length === 0 && <p class="notice">{w.none}</p>}
      {shown !== undefined && shown.length > 0 && (
        <ul class="plain-list">
          {shown.map((episode) => (
            <EpisodeItem key={episode.episodeId} episode={episode} />
          ))}
        </ul>
      )}
      {hidden > 0 && (
        <button type="button" class="button is-small" onClick={() => setComplete(true)}>
          {w.more(f.count(hidden))}
        </button>
      )}
    </section>
  );
};
