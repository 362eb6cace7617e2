import { createContext } from 'preact';
import { useContext, useEffect, useRef } from 'preact/hooks';
import type { Corner } from '../panel/outline/outline-text.ts';

export type Circle = {
  readonly centre: { readonly latitude: number; readonly longitude: number };
  readonly radiusMetres: number;
};

/** What a form shows on the map, and whether the map's clicks are its. */
export type Sketch = {
  /** Corners of an area in their order. */
  readonly corners: readonly Corner[];
  readonly circle?: Circle | undefined;
  /** Takes the place that was clicked; without it the map's clicks mean what they always do. */
  readonly onCorner?: ((corner: Corner) => void) | undefined;
};

/** How the panel and the map beside it work together. */
export type MapWork = {
  /** Whether there is a map to draw on. */
  readonly isDrawable: boolean;
  /** The middle of what the map shows. */
  readonly middle: () => Corner | undefined;
  readonly show: (sketch: Sketch | undefined) => void;
  /** On a phone the lists may hide the map. */
  readonly uncover: () => void;
};

const nothing = (): undefined => undefined;

export const MapWorkContext = createContext<MapWork>({
  isDrawable: false,
  middle: nothing,
  show: nothing,
  uncover: nothing,
});

export const useMapWork = (): MapWork => useContext(MapWorkContext);

/** Shows a sketch for as long as the one who draws it is there. */
export const useSketch = ({ corners, circle, onCorner }: Sketch): void => {
  const { show } = useMapWork();
  const take = useRef(onCorner);
  take.current = onCorner;
  const key = JSON.stringify([corners, circle, onCorner !== undefined]);
  useEffect(() => {
    const taking = onCorner === undefined ? {} : { onCorner: (corner: Corner) => take.current?.(corner) };
    show({ corners, circle, ...taking });
    // The key says it all: objects are made anew with every render.
  }, [key]);
  useEffect(() => () => show(undefined), []);
};
