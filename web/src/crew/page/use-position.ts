import { useEffect, useState } from 'preact/hooks';
import type { Position } from '../../../../shared/city/entities.ts';

const PATIENCE_MS = 15_000;
/** A truck stands at a bin for minutes. */
const OLD_MS = 30_000;

export type Whereabouts =
  | { readonly status: 'unasked' | 'asking' | 'unknown' }
  | { readonly status: 'known'; readonly position: Position };

/** Where the phone is, asked for only while it is wanted; it stays on the phone. Where it may not or cannot tell, `unknown`. */
export const usePosition = (isWanted: boolean): Whereabouts => {
  const [whereabouts, setWhereabouts] = useState<Whereabouts>({ status: 'unasked' });
  useEffect(() => {
    if (!isWanted) return undefined;
    if (!navigator.geolocation) {
      setWhereabouts({ status: 'unknown' });
      return undefined;
    }
    let isGone = false;
    const tell = (told: Whereabouts): void => {
      if (!isGone) setWhereabouts(told);
    };
    tell({ status: 'asking' });
    navigator.geolocation.getCurrentPosition(
      ({ coords: { latitude, longitude } }) => tell({ status: 'known', position: { latitude, longitude } }),
      () => tell({ status: 'unknown' }),
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: OLD_MS },
    );
    return () => {
      isGone = true;
    };
  }, [isWanted]);
  return whereabouts;
};
