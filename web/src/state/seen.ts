import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

/** Close enough that what is loaded is there by the time it is scrolled to. */
const MARGIN = '300px';

/** Whether an element has come (almost) into view: a long list loads what is looked at. */
export const useSeen = (): { readonly ref: RefObject<HTMLElement | null>; readonly isSeen: boolean } => {
  const ref = useRef<HTMLElement>(null);
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    if (ref.current === null || isSeen) return undefined;
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && setSeen(true),
      { rootMargin: MARGIN },
    );
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [isSeen]);
  return { ref, isSeen };
};
