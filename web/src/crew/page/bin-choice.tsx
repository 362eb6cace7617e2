import { useMemo } from 'preact/hooks';
import type { Position } from '../../../../shared/city/entities.ts';
import { type OverflowWords, useOverflowWords } from '../overflow-words.ts';
import type { CrewState } from '../state/crew.ts';
import { type BinNear, type BinPlace, nearestBins } from '../state/nearest-bins.ts';
import { stopStatuses } from '../state/stop-status.ts';
import { useCrewWords } from '../words.ts';
import { usePosition, type Whereabouts } from './use-position.ts';

/** As many as a screen holds beside the button. */
const MOST = 6;

export type BinsAround = {
  readonly bins: readonly BinNear[];
  readonly whereabouts: Whereabouts;
  /** The stop that stands in for where the phone is. */
  readonly near?: string | undefined;
  /** The city's bins have not been loaded yet. */
  readonly isRouteOnly: boolean;
};

type Place = { readonly name: string; readonly position?: Position | undefined };

/** Bins of the route, which the phone has in any case. */
const binsOfRoute = ({ plan }: CrewState): readonly BinPlace[] =>
  (plan?.route?.route.stops ?? []).flatMap(({ kind, id, name, position }) =>
    kind === 'bin' && id !== undefined && position !== undefined ? [{ id, name, position }] : [],
  );

/** The stop where the crew probably is: the next one that it has not reported. */
const stopAhead = ({ plan, entries }: CrewState): Place | undefined => {
  const done = stopStatuses(plan ?? { reports: [] }, entries);
  const bins = (plan?.route?.route.stops ?? []).filter(({ kind }) => kind === 'bin');
  return bins.find(({ id = '' }) => !done.has(id)) ?? bins.at(-1);
};

/** The bins to choose from: near the phone, near the next stop where nobody knows where it is, or those that hold a text. */
export const useBinsAround = (state: CrewState, isWanted: boolean, text: string): BinsAround => {
  const whereabouts = usePosition(isWanted);
  const known = state.places?.bins;
  const route = useMemo(() => binsOfRoute(state), [state.plan]);
  const stop = whereabouts.status === 'known' ? undefined : stopAhead(state);
  const from = whereabouts.status === 'known' ? whereabouts.position : stop?.position;
  const bins = useMemo(
    () => (isWanted ? nearestBins(known ?? route, { text, from, most: MOST }) : []),
    [isWanted, known, route, text, from?.latitude, from?.longitude],
  );
  return { bins, whereabouts, near: stop?.position && stop.name, isRouteOnly: known === undefined };
};

const headingOf = ({ whereabouts, near }: BinsAround, text: string, words: OverflowWords): string => {
  if (whereabouts.status === 'asking') return words.asking;
  if (text.trim() !== '') return words.found;
  if (whereabouts.status === 'known') return words.nearYou;
  return near === undefined ? words.byName : words.nearStop(near);
};

type BinChoiceProps = {
  readonly around: BinsAround;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly binId: string | undefined;
  readonly onBin: (binId: string) => void;
};

export const BinChoice = ({ around, text, onText, binId, onBin }: BinChoiceProps) => {
  const { f } = useCrewWords();
  const words = useOverflowWords();
  // From a stop that stands in for the phone, metres would say nothing.
  const isKnown = around.whereabouts.status === 'known';
  const away = (metres: number | undefined): string | undefined =>
    isKnown && metres !== undefined ? words.metres(f.count(Math.round(metres / 10) * 10)) : undefined;
  const about = ({ id, ward, metres }: BinNear): string =>
    [id, ward, away(metres)].filter((part) => part !== undefined).join(' · ');
  return (
    <>
      <label class="field">
        <span>{words.search}</span>
        <input
          type="search"
          autocomplete="off"
          value={text}
          onInput={({ currentTarget }) => onText(currentTarget.value)}
        />
      </label>
      {around.isRouteOnly && <p>{words.onlyRoute}</p>}
      <p role="status">{headingOf(around, text, words)}</p>
      <fieldset class="bin-choice">
        <legend class="visually-hidden">{words.choose}</legend>
        {around.bins.map((bin) => (
          <label key={bin.id}>
            <input type="radio" name="overflowing" checked={bin.id === binId} onChange={() => onBin(bin.id)} />
            <span>
              <strong>{bin.name}</strong>
              <span class="quiet">{about(bin)}</span>
            </span>
          </label>
        ))}
        {around.bins.length === 0 && <p>{words.none}</p>}
      </fieldset>
    </>
  );
};
