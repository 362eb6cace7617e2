import type { HostConfig } from '../../api/wire.ts';

const KEPT = 'phosach.crew.config';
/** A page in the cab is not kept waiting for what it knows already. */
const PATIENCE_MS = 4_000;

const kept = (): HostConfig => {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? '{}');
  } catch {
    return {};
  }
};

/** What the host configures; without a network what it did the last time, so that a crew stays signed in. */
export const hostConfig = async (): Promise<HostConfig> => {
  try {
    const response = await fetch('/config.json', { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!response.ok && response.status !== 404) return kept();
    const config: HostConfig = response.ok ? await response.json() : {};
    localStorage.setItem(KEPT, JSON.stringify(config));
    return config;
  } catch {
    return kept();
  }
};
