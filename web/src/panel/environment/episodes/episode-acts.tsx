import { useState } from 'preact/hooks';
import { type EpisodeCause, episodeCauses } from '../../../../../shared/environment/episodes/vocabulary.ts';
import { acknowledgeEpisode, reopenEpisode, type WireEpisode } from '../../../api/episodes.ts';
import { useEpisodeWords } from '../../../i18n/episode-words.ts';
import { useSending } from '../../../state/use-sending.ts';
import { ProblemNotice } from '../../trouble-notice.tsx';

type ActsProps = { readonly episode: WireEpisode; readonly onDone: () => void };

const AcknowledgeForm = ({ episode, onDone }: ActsProps) => {
  const w = useEpisodeWords();
  const [cause, setCause] = useState<EpisodeCause | ''>('');
  const [note, setNote] = useState('');
  const { isSending, problem, submit } = useSending(
    () => (cause === '' ? Promise.resolve() : acknowledgeEpisode(episode.episodeId, { cause, note })),
    onDone,
  );
  const choose = (value: string): void => setCause(episodeCauses.find((known) => known === value) ?? '');
  return (
    <form class="episode-form" onSubmit={submit}>
      <h3>{w.acknowledgeHeading}</h3>
      <label class="field">
        <span>{w.cause}</span>
        <select required value={cause} onChange={({ currentTarget }) => choose(currentTarget.value)}>
          <option value="">{w.chooseCause}</option>
          {episodeCauses.map((known) => (
            <option key={known} value={known}>
              {w.causes[known]}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>{w.note}</span>
        <textarea
          required
          rows={3}
          maxLength={2_000}
          value={note}
          onInput={({ currentTarget }) => setNote(currentTarget.value)}
        />
      </label>
      {problem && <ProblemNotice problem={problem} />}
      <button type="submit" class="button is-primary" aria-disabled={isSending}>
        {isSending ? w.sending : w.acknowledge}
      </button>
    </form>
  );
};

const ReopenForm = ({ episode, onDone }: ActsProps) => {
  const w = useEpisodeWords();
  const [note, setNote] = useState('');
  const { isSending, problem, submit } = useSending(() => reopenEpisode(episode.episodeId, { note }), onDone);
  return (
    <form class="episode-form" onSubmit={submit}>
      <label class="field">
        <span>{w.reopenHint}</span>
        <input required maxLength={2_000} value={note} onInput={({ currentTarget }) => setNote(currentTarget.value)} />
      </label>
      {problem && <ProblemNotice problem={problem} />}
      <button type="submit" class="button" aria-disabled={isSending}>
        {isSending ? w.sending : w.reopen}
      </button>
    </form>
  );
};

/** What an officer can do about an episode; nothing about one that is part of another or was disproved. */
export const EpisodeActs = (props: ActsProps) => {
  const { phase, handling } = props.episode;
  if (phase === 'merged' || phase === 'withdrawn') return null;
  return handling === 'acknowledged' ? <ReopenForm {...props} /> : <AcknowledgeForm {...props} />;
};
