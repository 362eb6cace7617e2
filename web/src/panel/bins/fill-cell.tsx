import type { BinWithFill } from '../../api/wire.ts';
import { useLocale } from '../../i18n/language.ts';
import { MarkerIcon } from '../../map/marker-icon.tsx';
import { binMarker } from '../../map/marker-shapes.ts';
import { fillState, fractionOf, silentSinceOf } from '../../state/fill-look.ts';
import { isDoubtful } from './fill-words.ts';

/** The marker as it stands on the map, the number, and in words what is special about it. */
export const FillCell = ({ bin }: { bin: BinWithFill }) => {
  const { t, f } = useLocale();
  const state = fillState(bin);
  return (
    <span class={`fill is-${state}`}>
      <MarkerIcon shape={binMarker(fractionOf(bin.fill), silentSinceOf(bin.fill) !== undefined)} size={26} />
      <span>
        {bin.fill.status === 'known' ? f.percent(bin.fill.fraction) : t.noDataShort}
        {state === 'over' && <span class="visually-hidden"> ({t.stateOver})</span>}
        {isDoubtful(bin.fill) && (
          <span class="doubt" title={t.doubtful}>
            <span aria-hidden="true"> ⚠</span>
            <span class="visually-hidden"> {t.doubtful}</span>
          </span>
        )}
      </span>
    </span>
  );
};
