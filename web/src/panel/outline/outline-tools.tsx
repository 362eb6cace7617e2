import { useState } from 'preact/hooks';
import { useLocale } from '../../i18n/language.ts';
import { useZoneWords } from '../../i18n/zone-words.ts';
import { useMapWork, useSketch } from '../../map/map-work.ts';
import { type Corner, cornersOf, crossingIn, textOfCorners } from './outline-text.ts';

type OutlineToolsProps = {
  /** What stands in the text field beside: corners by line, or GeoJSON. */
  readonly text: string;
  readonly onChange: (text: string) => void;
};

/** Says where an outline crosses itself: what lies inside it then, nobody can tell. */
const Crossing = ({ text }: Pick<OutlineToolsProps, 'text'>) => {
  const w = useZoneWords();
  const crossing = crossingIn(text);
  return crossing === undefined ? null : (
    <p class="field-error" role="alert">
      {w.crosses(crossing[1].toFixed(4), crossing[0].toFixed(4))}
    </p>
  );
};

/** Draws the corners that a text names on the map, and writes those that are clicked there into it. */
export const OutlineTools = ({ text, onChange }: OutlineToolsProps) => {
  const w = useZoneWords();
  const { f } = useLocale();
  const { isDrawable, middle, uncover } = useMapWork();
  const [isDrawing, setDrawing] = useState(false);
  const known = cornersOf(text);
  const corners = known ?? [];
  const add = (corner: Corner): void => onChange(textOfCorners([...corners, corner]));
  useSketch({ corners, ...(isDrawing && { onCorner: add }) });
  if (!isDrawable)
    return (
      <>
        <Crossing text={text} />
        <p class="quiet">{w.noMap}</p>
      </>
    );
  const toggle = (): void => {
    if (!isDrawing) uncover();
    setDrawing(!isDrawing);
  };
  const addMiddle = (): void => {
    const corner = middle();
    if (corner !== undefined) add(corner);
  };
  return (
    <div class="outline-tools">
      <button type="button" class="button is-small" aria-pressed={isDrawing} onClick={toggle}>
        {isDrawing ? w.stopDrawing : w.draw}
      </button>
      {isDrawing && (
        <button type="button" class="button is-small" onClick={addMiddle}>
          {w.addMiddle}
        </button>
      )}
      {isDrawing && corners.length > 0 && (
        <>
          <button type="button" class="button is-small" onClick={() => onChange(textOfCorners(corners.slice(0, -1)))}>
            {w.removeLast}
          </button>
          <button type="button" class="button is-small" onClick={() => onChange('')}>
            {w.removeAll}
          </button>
        </>
      )}
      <Crossing text={text} />
      <p class="quiet" role="status">
        {isDrawing && (known === undefined ? w.replaces : w.drawHint)}{' '}
        {corners.length > 0 && w.corners(f.count(corners.length))}
      </p>
    </div>
  );
};
