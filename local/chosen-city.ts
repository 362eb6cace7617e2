import type { Registry } from '../shared/city/registry.ts';
import { readEnvironment, type StoresEnvironment, storesEnvironmentSchema } from '../shared/lambda/environment.ts';
import { openStores } from '../shared/storage/open.ts';
import { cityEnvironment, phosachHome, readRunning } from './home.ts';

/** Where a command finds its city: the running one, or with `--cloud` the one in AWS that the environment names. */
export const chosenCity = (cloud: boolean): StoresEnvironment => {
  if (!cloud) Object.assign(process.env, cityEnvironment(readRunning(phosachHome())));
  return readEnvironment(storesEnvironmentSchema);
};

/** Its registry. */
export const chosenRegistry = (cloud: boolean): Registry => openStores(chosenCity(cloud)).registry;
