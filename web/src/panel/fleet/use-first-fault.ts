import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { FieldError } from '../../api/problem.ts';

/** Leads to the first field at fault: on a phone it may be screens away from the button that was pressed. */
export const useFirstFault = (errors: readonly FieldError[]): RefObject<HTMLFormElement | null> => {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (errors.length === 0) return;
    const first = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    const target = first?.matches('fieldset') ? first.querySelector<HTMLElement>('input') : first;
    target?.focus();
  }, [errors]);
  return form;
};
