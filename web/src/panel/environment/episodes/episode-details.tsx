import { useLayoutEffect, useRef } from 'preact/hooks';
import { tellingPeriod } from '../../../../../shared/environment/episodes/telling-period.ts';
import { getEpisode, type WireEpisodeDetail } from '../../../api/episodes.ts';
import { isNotFound } from '../../../api/problem.ts';
import { useEpisodeWords } from '../../../i18n/episode-words.ts';
import { useLocale } from '../../../i18n/language.ts';
import { placeHref } from '../../../state/place.ts';
import { useResource } from '../../../state/resource.ts';
import { ProblemNotice } from '../../trouble-notice.tsx';
import { quantityLabel } from '../quantity-label.ts';
import { EpisodeActs } from './episode-acts.tsx';
import { EpisodeMarks, useSpan } from './episode-head.tsx';
import { PeriodTable } from './period-table.tsx';

const Facts = ({ episode }: { readonly episode: WireEpisodeDetail }) => {
  const w = useEpisodeWords();
  const { t, f } = useLocale();
  const { limit, peak, unit, breaches, valid, closedBecause } = episode;
  const facts: readonly (readonly [string, string])[] = [
    [w.peak, `${f.number(peak.value)} ${unit}, ${t.periodEnds(f.dateTime(peak.periodEndsAt))}`],
    [
      limit.bound === 'max' ? w.limitAtMost : w.limitAtLeast,
      `${f.number(limit.value)} ${unit} · ${w.means[limit.averagingPeriod]}`,
    ],
    [w.decision, `${limit.standard} · ${limit.decision}`],
    [w.periodsBroken, w.breaches(f.count(breaches), f.count(valid))],
  ];
  return (
    <>
      <dl class="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {!limit.verified && <p class="notice">{w.unverified}</p>}
      {closedBecause === 'no-data' && <p class="notice">{w.closedForWantOfData}</p>}
      {closedBecause === 'limit-ended' && <p class="notice">{w.closedWithLimit}</p>}
    </>
  );
};

const Trail = ({ episode }: { readonly episode: WireEpisodeDetail }) => {
  const w = useEpisodeWords();
  const { f } = useLocale();
  return (
    <section>
      <h3>{w.trail}</h3>
      <ol class="episode-trail">
        {episode.events.map(({ eventId, kind, at, by, note, cause, data }) => (
          <li key={eventId}>
            <time dateTime={at}>{f.dateTime(at)}</time> <strong>{w.kinds[kind]}</strong> ·{' '}
            {by === 'system' ? w.bySystem : by} · {f.number(tellingPeriod({ kind, data }, episode.limit).value)}{' '}
            {episode.unit}
            {cause !== undefined && <> · {w.causes[cause]}</>}
            {note !== undefined && <p class="quiet">{note}</p>}
          </li>
        ))}
      </ol>
    </section>
  );
};

export const EpisodeDetails = ({ episodeId, now }: { readonly episodeId: string; readonly now: number }) => {
  const w = useEpisodeWords();
  const { t, f, language } = useLocale();
  const heading = useRef<HTMLHeadingElement>(null);
  const { data, problem, reload } = useResource(episodeId, (signal) => getEpisode(episodeId, signal));
  const isLoaded = data !== undefined;
  // Before the next paint: the focus must never fall back to the page's beginning.
  useLayoutEffect(() => {
    if (isLoaded) heading.current?.focus();
  }, [isLoaded]);
  const back = (
    <a class="back-link" href={placeHref({ tab: 'environment' })}>
      ← {w.back}
    </a>
  );
  if (data === undefined) {
    const absent = isNotFound(problem) ? (
      <p class="notice is-problem">{w.notFound}</p>
    ) : (
      <p class="quiet">{t.loading}</p>
    );
    return (
      <article>
        {back}
        {problem && !isNotFound(problem) ? <ProblemNotice problem={problem} onRetry={reload} /> : absent}
      </article>
    );
  }
  return (
    <article class="episode-details">
      {back}
      <h2 ref={heading} tabIndex={-1}>
        {quantityLabel(data.limit.quantity, language)} · {data.stationName}
      </h2>
      <EpisodeMarks episode={data} />
      <Span episode={data} />
      <Facts episode={data} />
      <EpisodeActs key={data.handling} episode={data} onDone={reload} />
      <Trail episode={data} />
      <PeriodTable episode={data} />
      <p class="quiet">{f.ago(data.changedAt, now)}</p>
    </article>
  );
};

const Span = ({ episode }: { readonly episode: WireEpisodeDetail }) => <p>{useSpan(episode)}</p>;
