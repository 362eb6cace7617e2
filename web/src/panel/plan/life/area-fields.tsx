import type { BinWithFill } from '../../../api/wire.ts';
import { usePlanLifeWords } from '../../../i18n/plan-life-words.ts';
import { useSketch } from '../../../map/map-work.ts';
import { OutlineTools } from '../../outline/outline-tools.tsx';
import { Choice, Text } from './controls.tsx';
import { areaOf, type EventDraft } from './event-draft.ts';

type AreaFieldsProps = {
  readonly draft: EventDraft;
  readonly bins: readonly BinWithFill[];
  readonly set: (more: Partial<EventDraft>) => void;
};

/** A bin and a radius, which the map shows. */
const AroundBin = ({ draft, bins, set }: AreaFieldsProps) => {
  const w = usePlanLifeWords();
  const area = areaOf(draft, bins);
  useSketch({ corners: [], circle: area !== undefined && 'centre' in area ? area : undefined });
  return (
    <>
      <Choice label={w.areaCentre} value={draft.binId} options={bins} onChoose={(binId) => set({ binId })} />
      <Text label={w.radius} type="number" value={draft.radius} onType={(radius) => set({ radius })} />
    </>
  );
};

/** Corners, typed or clicked on the map. */
const Outlined = ({ draft, set }: AreaFieldsProps) => {
  const w = usePlanLifeWords();
  return (
    <div class="outline-field">
      <label class="field is-wide">
        <span>{w.areaOutline}</span>
        <textarea
          rows={4}
          spellcheck={false}
          value={draft.outline}
          onInput={({ currentTarget }) => set({ outline: currentTarget.value })}
        />
      </label>
      <p class="quiet">{w.areaOutlineHint}</p>
      <OutlineTools text={draft.outline} onChange={(outline) => set({ outline })} />
    </div>
  );
};

/** Where nobody gets: around a bin, or as drawn. */
export const AreaFields = (props: AreaFieldsProps) => {
  const w = usePlanLifeWords();
  const { draft, set } = props;
  return (
    <>
      <label class="field is-wide">
        <span>{w.areaBy}</span>
        <select
          value={draft.areaBy}
          onChange={({ currentTarget }) => set({ areaBy: currentTarget.value === 'outline' ? 'outline' : 'bin' })}
        >
          <option value="bin">{w.areaByBin}</option>
          <option value="outline">{w.areaByOutline}</option>
        </select>
      </label>
      {draft.areaBy === 'bin' ? <AroundBin {...props} /> : <Outlined {...props} />}
    </>
  );
};
