/** What somebody may still ask for. */
export type Standing = {
  /** Units left, rounded down; never below zero. */
  readonly remaining: number;
  /** Seconds until the bucket is full again. */
  readonly fullInSeconds: number;
  /** Seconds until there is a whole unit; 0 while there is one. */
  readonly retryInSeconds: number;
};

export type TokenBuckets = {
  /** How a key stands, without taking anything. */
  readonly standing: (key: string, at: number) => Standing;
  /** Takes units, below zero too: what a request cost is known when it was answered. */
  readonly take: (key: string, units: number, at: number) => Standing;
};

export type BucketSettings = {
  /** Units of a full bucket, which is also what flows in during one window. */
  readonly quota: number;
  readonly windowSeconds: number;
  /** Keys remembered at most; the longest unused is forgotten first. */
  readonly mostKeys?: number;
};

/**
 * Token buckets by key, in memory: each fills steadily with `quota` units a window. A bucket that is full again is the same as one
 * nobody ever used. Debts end at one quota: whoever stops asking may ask again two windows later at the latest.
 */
export const tokenBuckets = ({ quota, windowSeconds, mostKeys = 20_000 }: BucketSettings): TokenBuckets => {
  const perMs = quota / (windowSeconds * 1_000);
  const kept = new Map<string, { readonly units: number; readonly at: number }>();

  const unitsOf = (key: string, at: number): number => {
    const known = kept.get(key);
    return known === undefined ? quota : Math.min(quota, known.units + Math.max(0, at - known.at) * perMs);
  };
  const told = (units: number): Standing => ({
    remaining: Math.max(0, Math.floor(units)),
    fullInSeconds: Math.ceil((quota - units) / perMs / 1_000),
    retryInSeconds: units >= 1 ? 0 : Math.max(1, Math.ceil((1 - units) / perMs / 1_000)),
  });
  return {
    standing: (key, at) => told(unitsOf(key, at)),
    take: (key, units, at) => {
      const left = Math.max(-quota, unitsOf(key, at) - units);
      // Deleted and set anew, a key becomes the youngest of the map.
      kept.delete(key);
      kept.set(key, { units: left, at });
      const oldest = kept.size > mostKeys ? kept.keys().next().value : undefined;
      if (oldest !== undefined) kept.delete(oldest);
      return told(left);
    },
  };
};
