import { contextSecretId } from '../../../events/context-push.ts';
import { pushOnce } from '../../../functions/push-context/work.ts';
import { contextBrokerSchema } from '../../../shared/open-data/context-push/context-broker.ts';
import type { RefusedEntity } from '../../../shared/open-data/context-push/ports.ts';
import { httpBrokerDoor } from '../../../shared/storage/context-broker/http-door.ts';
import { memoryPushLedger } from '../../support/memory-push-ledger.ts';
import type { NgsiBroker } from '../../support/ngsi-broker.ts';
import { MINUTE, NOW, openNgsiCity } from '../../support/ngsi-city.ts';
import { aReading, city as cityProfile } from '../../support/small-city.ts';

export const BIN_1 = 'urn:ngsi-ld:WasteContainer:tdm:bin-1';
export const DAY = 24 * 60 * MINUTE;

/** A city that tells one broker, with a clock that stands where it is put. */
export const openPushCity = async (
  broker: NgsiBroker,
  settings: object = {},
  { origins = [broker.origin], timeoutMs = 30_000 } = {},
) => {
  const city = await openNgsiCity();
  const contextBrokers = [contextBrokerSchema.parse({ id: 'ioc', endpoint: broker.endpoint, ...settings })];
  await city.registry.put('city', { ...cityProfile, contextBrokers });
  const ledger = memoryPushLedger();
  const refused: RefusedEntity[] = [];
  const asked: string[] = [];
  const clock = { at: NOW };
  let runs = 0;
  const work = pushOnce({
    ...city,
    ledger,
    refusals: { send: async (more) => void refused.push(...more) },
    door: httpBrokerDoor({
      cityId: 'tdm',
      origins: new Set(origins),
      secrets: {
        get: async (id) => {
          asked.push(id);
          return 'Bearer s3cret';
        },
      },
      secretId: (origin) => contextSecretId('phosach/tdm/context/', origin),
      timeoutMs,
    }),
    clock: () => clock.at,
    random: () => 0,
    newRunId: () => {
      runs += 1;
      return `run-${runs}`;
    },
  });
  const sweep = () => work([{ messageId: '1', body: '{"kind":"sweep"}' }]);
  /** The fill of bin 1 in percent, as it is known some minutes from the start. */
  const fill = (minutes: number, percent: number) =>
    city.sensorStates.record([aReading('b1', 'fillDistance', NOW + minutes * MINUTE, 1_000 - percent * 10)]);
  return { ...city, ledger, refused, asked, clock, work, sweep, fill };
};
