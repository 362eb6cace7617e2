import type { RegistryEditor } from '../../shared/city/editing/registry-editor.ts';
import type { Registry } from '../../shared/city/registry.ts';

/** What the registry's API stands on. */
export type RegistryParts = {
  readonly cityId: string;
  /** What refers to what is edited. */
  readonly registry: Pick<Registry, 'list' | 'get'>;
  readonly editor: RegistryEditor;
  /** Who acts where nobody shows a token: on one machine, where nobody is asked for one. */
  readonly officerWithoutToken?: string;
  /** UTC epoch milliseconds. */
  readonly clock: () => number;
};
