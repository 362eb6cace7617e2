import type { Registry } from '../../shared/city/registry.ts';
import { type ContextBroker, contextBrokersSchema } from '../../shared/open-data/context-push/context-broker.ts';
import type { PushLedger } from '../../shared/open-data/context-push/ports.ts';
import { registeredCity } from '../registered-city.ts';
import { standingWords } from '../standing-words.ts';
import type { ContextCommand } from './options.ts';

type Change = Exclude<ContextCommand, { readonly command: 'help' }>;
type Ports = {
  readonly registry: Pick<Registry, 'get' | 'put'>;
  readonly pushLedger: Pick<PushLedger, 'told' | 'record' | 'standing'>;
};

const save = async (ports: Ports, cityId: string, brokers: readonly ContextBroker[]): Promise<void> => {
  const city = await registeredCity(ports.registry, cityId);
  await ports.registry.put('city', { ...city, contextBrokers: contextBrokersSchema.parse(brokers) });
};

/** Everything is told anew; which entities the broker knows stays known, so that it hears of those that go. */
const forgetStates = async ({ pushLedger }: Ports, brokerId: string): Promise<void> => {
  const told = await pushLedger.told(brokerId);
  await pushLedger.record(
    brokerId,
    told.map(({ entityId }) => ({ entityId, digest: '', toldAt: 0 })),
  );
};

const list = async (ports: Ports, cityId: string): Promise<readonly string[]> => {
  const { contextBrokers = [] } = await registeredCity(ports.registry, cityId);
  if (contextBrokers.length === 0) return ['No context broker is told of anything.'];
  return Promise.all(
    contextBrokers.map(async ({ id, endpoint, mode, types }) => {
      const [standing, told] = await Promise.all([ports.pushLedger.standing(id), ports.pushLedger.told(id)]);
      const refused = told.filter((each) => each.refused).length;
      const known = `${told.length - refused} entities told, ${refused} refused`;
      return [id, mode, endpoint, types.join('+'), known, standingWords(standing)].join('  ');
    }),
  );
};

/**
 * Does what a line of `npm run context` says; answers what to print.
 * @throws Error when it names what is not there.
 */
export const changeBrokers = async (ports: Ports, cityId: string, change: Change): Promise<readonly string[]> => {
  const { contextBrokers = [] } = await registeredCity(ports.registry, cityId);
  switch (change.command) {
    case 'add': {
      const { broker } = change;
      await forgetStates(ports, broker.id);
      await save(ports, cityId, [...contextBrokers.filter(({ id }) => id !== broker.id), broker]);
      return [
        `${broker.id} is told of everything within a minute, if the deployment lets the city call ${new URL(broker.endpoint).origin}.`,
      ];
    }
    case 'remove': {
      const others = contextBrokers.filter(({ id }) => id !== change.id);
      if (others.length === contextBrokers.length) throw new Error(`There is no context broker ${change.id}`);
      await save(ports, cityId, others);
      return [`${change.id} is told no more. What it knows stays with it.`];
    }
    case 'list':
      return list(ports, cityId);
  }
};
