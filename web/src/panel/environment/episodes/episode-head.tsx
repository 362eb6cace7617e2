import type { WireEpisode } from '../../../api/episodes.ts';
import { useEpisodeWords } from '../../../i18n/episode-words.ts';
import { useLocale } from '../../../i18n/language.ts';

/** How it stands, as the data shows it and as people handled it: in words, never by colour alone. */
export const EpisodeMarks = ({ episode }: { readonly episode: WireEpisode }) => {
  const w = useEpisodeWords();
  const { phase, handling } = episode;
  const isOver = phase === 'closed' || phase === 'merged' || phase === 'withdrawn';
  const isHandled = handling === 'acknowledged';
  return (
    <p class="episode-marks">
      <span class={isOver ? 'mark' : 'mark is-live'}>{w.phases[phase]}</span>
      <span class={isHandled ? 'mark is-handled' : 'mark is-waiting'}>{w.handlings[handling]}</span>
    </p>
  );
};

export const useSpan = (episode: WireEpisode): string => {
  const w = useEpisodeWords();
  const { f } = useLocale();
  const from = f.dateTime(episode.startsAt);
  const isLive = ['open', 'deepening', 'closing'].includes(episode.phase);
  return isLive ? w.stillOn(from) : w.since(from, f.dateTime(episode.lastBreachEndsAt));
};
