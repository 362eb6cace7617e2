import type { FeaturePorts } from '../../shared/open-data/features/ports.ts';

/** What the features API stands on. */
export type FeaturesParts = FeaturePorts & {
  readonly cityId: string;
  /** Where the public finds the city; absent: where the request says it was sent. */
  readonly publicUrl?: string | undefined;
};

export const BASE_PATH = '/ogc';
