import type { EntityKind } from '../entities.ts';
import type { EditableKind } from './registry-editor.ts';

/** What is edited, in English words. */
export const kindWords: Readonly<Record<EditableKind, string>> = {
  bin: 'bin',
  vehicle: 'truck',
  crew: 'crew',
  depot: 'depot',
  'disposal-site': 'disposal site',
  zone: 'zone',
  'special-day': 'special day',
  'special-event': 'special event',
};

/** Kinds that nobody edits are called what they are. */
export const kindInWords = (kind: EntityKind): string => (kind in kindWords ? kindWords[kind as EditableKind] : kind);
