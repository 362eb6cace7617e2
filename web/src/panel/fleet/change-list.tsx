import { useState } from 'preact/hooks';
import { listChanges, type RegistryKind } from '../../api/registry.ts';
import { useFleetWords } from '../../i18n/fleet-words.ts';
import { useLocale } from '../../i18n/language.ts';
import { useResource } from '../../state/resource.ts';
import { ProblemNotice } from '../trouble-notice.tsx';

/** Who changed an entity and when, asked for when somebody unfolds it. */
export const ChangeList = ({ kind, id }: { readonly kind: RegistryKind; readonly id: string }) => {
  const w = useFleetWords();
  const { t, f } = useLocale();
  const [isOpen, setOpen] = useState(false);
  const key = isOpen ? `changes/${kind}/${id}` : undefined;
  const { data, problem, reload } = useResource(key, (signal) => listChanges(kind, id, signal));
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{w.changes}</summary>
      {problem && <ProblemNotice problem={problem} onRetry={reload} />}
      {isOpen && data === undefined && !problem && <p class="quiet">{t.loading}</p>}
      {data?.length === 0 && <p class="quiet">{w.noChanges}</p>}
      <ul class="change-list">
        {data?.map(({ at, by, act, through }) => (
          <li key={at}>{w.change({ when: f.dateTime(at), who: by, act, through })}</li>
        ))}
      </ul>
    </details>
  );
};
