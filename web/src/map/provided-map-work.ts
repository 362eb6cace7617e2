import { useMemo, useRef, useState } from 'preact/hooks';
import type { Corner } from '../panel/outline/outline-text.ts';
import type { MapWork, Sketch } from './map-work.ts';

type Middle = () => Corner | undefined;

/** What the panel's forms are given to work with the map (`work`), and what the map is given of it: their sketch, and whom to tell that it is there. */
export const useProvidedMapWork = (uncover: () => void) => {
  const middle = useRef<Middle>(() => undefined);
  const [isDrawable, setDrawable] = useState(false);
  const [sketch, setSketch] = useState<Sketch>();
  const work: MapWork = useMemo(
    () => ({ isDrawable, middle: () => middle.current(), show: setSketch, uncover }),
    [isDrawable],
  );
  const onReady = (ask: Middle): void => {
    middle.current = ask;
    setDrawable(true);
  };
  return { work, map: { sketch, onReady, onGone: () => setDrawable(false) } };
};
