import { useEffect, useRef, useState } from 'preact/hooks';
import type { Zone } from '../../../../shared/city/fleet/zone.ts';
import { type Problem, problemOf } from '../../api/problem.ts';
import {
  getRegistered,
  listRegistered,
  type RegistryKind,
  registryKinds,
  type SeenEntity,
  type WireEntity,
} from '../../api/registry.ts';
import { type FleetWords, useFleetWords } from '../../i18n/fleet-words.ts';
import { useLocale } from '../../i18n/language.ts';
import { bansOf, useZoneWords } from '../../i18n/zone-words.ts';
import { useResource } from '../../state/resource.ts';
import { ProblemNotice } from '../trouble-notice.tsx';
import { EntityForm } from './entity-form.tsx';
import { RulesForm } from './rules-form.tsx';
import { TablePanel } from './table-panel.tsx';

const REFRESH_MS = 5 * 60_000;

const textOf = (entity: WireEntity, member: string): string | undefined => {
  const value = entity[member];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** What tells entities of a kind apart beside their names. */
const detailOf = (entity: WireEntity, w: FleetWords): string =>
  [
    entity.id,
    textOf(entity, 'plate'),
    textOf(entity, 'type'),
    textOf(entity, 'date'),
    entity.status === 'unavailable' ? w.option.unavailable : undefined,
    textOf(entity, 'ward'),
  ]
    .filter((part) => part !== undefined)
    .join(' · ');

/** What a zone forbids, without opening it. */
const ZoneBans = ({ zone }: { readonly zone: WireEntity }) => {
  const locale = useLocale();
  const w = useZoneWords();
  const { area, bans } = zone as WireEntity & Pick<Zone, 'area' | 'bans'>;
  return (
    <>
      {area === 'city' && <span class="quiet">{w.wholeCity}</span>}
      {bansOf({ bans }, locale).map((ban) => (
        <span key={ban}>{ban}</span>
      ))}
    </>
  );
};

type EntityListProps = {
  readonly kind: RegistryKind;
  readonly items: readonly WireEntity[];
  readonly onEdit: (id: string) => void;
};

const EntityList = ({ kind, items, onEdit }: EntityListProps) => {
  const w = useFleetWords();
  const { f } = useLocale();
  if (items.length === 0) return <p class="quiet">{w.nothing}</p>;
  return (
    <>
      <p class="quiet">{w.count(f.count(items.length))}</p>
      <ul class="fleet-list">
        {items.map((item) => (
          <li key={item.id}>
            <button type="button" class="fleet-entity" onClick={() => onEdit(item.id)}>
              <strong>{textOf(item, 'name') ?? item.id}</strong>
              <span class="quiet">{detailOf(item, w)}</span>
              {kind === 'zones' && <ZoneBans zone={item} />}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
};

/** Lists that cannot be empty begin with a part to be filled in. */
const firstParts: Readonly<Partial<Record<RegistryKind, object>>> = { zones: { bans: [{}] }, crews: { members: [{}] } };

/** Loads what is to be edited, with the version that is seen. */
const useEditing = (kind: RegistryKind) => {
  const [seen, setSeen] = useState<SeenEntity>();
  const [problem, setProblem] = useState<Problem>();
  const edit = (id: string): void => {
    setProblem(undefined);
    setSeen(undefined);
    getRegistered(kind, id).then(setSeen, (error: unknown) => setProblem(problemOf(error)));
  };
  const add = (): void => setSeen({ entity: { id: '', ...firstParts[kind] }, etag: undefined });
  return { seen, problem, edit, add, close: () => setSeen(undefined) };
};

/** What can be looked at here: a kind of what is registered, or the rules of the whole city. */
const topics = [...registryKinds, 'city-rules'] as const;
type Topic = (typeof topics)[number];

const isTopic = (value: string): value is Topic => topics.some((topic) => topic === value);

type TopicPickerProps = { readonly topic: Topic; readonly onPick: (topic: Topic) => void };

const TopicPicker = ({ topic, onPick }: TopicPickerProps) => {
  const w = useFleetWords();
  return (
    <label class="field is-wide">
      <span>{w.kinds}</span>
      <select
        value={topic}
        onChange={({ currentTarget }) => isTopic(currentTarget.value) && onPick(currentTarget.value)}
      >
        {topics.map((each) => (
          <option key={each} value={each}>
            {each === 'city-rules' ? w.cityRules : w.kind[each]}
          </option>
        ))}
      </select>
    </label>
  );
};

/** One kind of what is registered: its list, the form for one of them, its table. */
const KindPanel = ({ kind }: { readonly kind: RegistryKind }) => {
  const w = useFleetWords();
  const { t } = useLocale();
  const list = useResource(`registry/${kind}`, (signal) => listRegistered(kind, signal), REFRESH_MS);
  const { seen, problem, edit, add, close } = useEditing(kind);
  const [said, setSaid] = useState<string>();
  const addButton = useRef<HTMLButtonElement>(null);
  const known = {
    depots: useResource(kind === 'vehicles' ? 'registry/depots' : undefined, () => listRegistered('depots')).data ?? [],
    zones: useResource(kind === 'vehicles' ? 'registry/zones' : undefined, () => listRegistered('zones')).data ?? [],
    vehicles:
      useResource(kind === 'crews' || kind === 'zones' ? 'registry/vehicles' : undefined, () =>
        listRegistered('vehicles'),
      ).data ?? [],
  };
  useEffect(() => {
    if (said !== undefined) addButton.current?.focus();
  }, [said]);
  const done = (words?: string): void => {
    close();
    setSaid(words);
    list.reload();
  };
  if (seen !== undefined) {
    const { etag, entity } = seen;
    return (
      <EntityForm
        key={`${kind} ${entity.id} ${etag}`}
        kind={kind}
        seen={seen}
        known={known}
        onDone={done}
        onReload={() => edit(entity.id)}
      />
    );
  }
  return (
    <>
      {said !== undefined && (
        <p class="notice is-good" role="status">
          {said}
        </p>
      )}
      {problem && <ProblemNotice problem={problem} />}
      {list.problem && <ProblemNotice problem={list.problem} onRetry={list.reload} />}
      <button ref={addButton} type="button" class="button" onClick={add}>
        {w.add}
      </button>
      {list.data === undefined && !list.problem && <p class="quiet">{t.loading}</p>}
      {list.data && <EntityList kind={kind} items={list.data} onEdit={edit} />}
      <TablePanel kind={kind} onImported={list.reload} />
    </>
  );
};

/** Fleet and rules: everything that the planner keeps to, to look at and to change. */
export const FleetTab = () => {
  const w = useFleetWords();
  const [topic, setTopic] = useState<Topic>('vehicles');
  return (
    <div class="fleet-tab">
      <h2>{w.heading}</h2>
      <TopicPicker topic={topic} onPick={setTopic} />
      {topic === 'city-rules' ? <RulesForm /> : <KindPanel key={topic} kind={topic} />}
    </div>
  );
};
