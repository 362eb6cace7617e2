/** How the data stands: breaking the limit, breaking it worse than when it opened, on the good side but not for long enough, over. */
export const dataPhases = ['open', 'deepening', 'closing', 'closed'] as const;

/** Why a limit was broken, as the officer found; the note says more. */
export const episodeCauses = [
  'traffic',
  'industry',
  'construction',
  'burning',
  'weather',
  'wastewater',
  'instrument',
  'other',
  'unknown',
] as const;
export type EpisodeCause = (typeof episodeCauses)[number];

/** `merged` and `withdrawn` ones stay in the record: what they were is found in another, or late data proved it wrong. */
export const episodePhases = [...dataPhases, 'merged', 'withdrawn'] as const;
export type EpisodePhase = (typeof episodePhases)[number];

export const handlings = ['unacknowledged', 'acknowledged', 'reopened'] as const;
export type Handling = (typeof handlings)[number];

export const eventKinds = [
  'opened',
  'deepened',
  'closing',
  'resumed',
  'closed',
  'merged',
  'withdrawn',
  'reinstated',
  'acknowledged',
  'reopened',
  'escalated',
] as const;
export type EpisodeEventKind = (typeof eventKinds)[number];
