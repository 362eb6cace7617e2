import { describe, expect, it } from 'vitest';
import { readStationCommand } from '../../../../local/station/options.ts';
import { registerStation } from '../../../../local/station/register.ts';
import { memoryRegistry } from '../../../support/memory-stores.ts';
import { aBin } from '../../../support/small-city.ts';

const add = (registry: ReturnType<typeof memoryRegistry>, line: string) => {
  const command = readStationCommand(`add ${line}`.split(' '));
  if (command.command !== 'add') throw new Error('not an add');
  return registerStation(registry, command);
};
const place = '--latitude 10.98 --longitude 106.65';

describe('station add', () => {
  it('enters a station, its class, its file code and the sensor that keeps what its files say', async () => {
    const registry = memoryRegistry();
    await add(registry, `bba --kind water ${place} --code bd_baub_nuobba --class reference`);
    expect(await registry.get('station', 'bba')).toMatchObject({
      kind: 'water',
      class: 'reference',
      referenceStation: true,
      fileCode: 'BD_BAUB_NUOBBA',
    });
    expect(await registry.get('sensor', 'BD_BAUB_NUOBBA')).toEqual({
      id: 'BD_BAUB_NUOBBA',
      kind: 'water',
      siteId: 'bba',
      intervalSeconds: 300,
      status: 'active',
    });
  });

  it('changes what is said of a station and nothing else', async () => {
    const registry = memoryRegistry();
    await add(registry, `bba --kind water ${place} --class reference`);
    expect(await add(registry, 'bba --class automatic --code BD_BAUB_NUOBBA')).toMatchObject({ replaced: true });
    expect(await registry.get('station', 'bba')).toMatchObject({
      name: 'bba',
      referenceStation: false,
      position: { latitude: 10.98, longitude: 106.65 },
    });
  });

  it('names what the station is judged by, with each unverified value that the city accepts', async () => {
    const registry = memoryRegistry();
    const tss = 'qcvn-08-2023-b-tss-single-100';
    const standards = `--standard qcvn08-2023:B --standard qcvn08-mt-2015:B1 --accept-unverified ${tss}`;
    await add(registry, `bba --kind water ${place} ${standards} --concern pesticides`);
    expect((await registry.get('station', 'bba'))?.standards).toEqual([
      { standard: 'qcvn08-2023', class: 'B', acceptUnverified: [tss] },
      { standard: 'qcvn08-mt-2015', class: 'B1' },
    ]);
    expect((await registry.get('station', 'bba'))?.waterConcerns).toEqual({
      organicPollution: false,
      pesticides: true,
      heavyMetals: false,
    });
    await add(registry, 'bba --standard none');
    expect((await registry.get('station', 'bba'))?.standards).toEqual([]);
  });

  it.each([
    ['new', '--kind is missing'],
    ['new --kind air', '--latitude and --longitude are missing'],
    ['bba --kind air', 'bba is a water station already'],
    [`other --kind water ${place} --code BD_BAUB_NUOBBA`, 'BD_BAUB_NUOBBA is the file code of the station bba'],
    [`other --kind water ${place} --code S_E_N`, 'S_E_N is a air sensor of no site already'],
    [`bin-1 --kind air ${place}`, 'bin-1 is a bin'],
    ['bba --code BD_BAUB', '--code: <province>_<facility>_<station>'],
    ['bba --class good', '--class: '],
    ['bba --standard qcvn99', '--standard: “qcvn99” is no standard that we know'],
    ['bba --standard qcvn08-2023', '--standard: qcvn08-2023 needs a class: one of A'],
    ['bba --standard qcvn05', 'qcvn05 is not for stations of kind water'],
    ['bba --concern rats', '--concern: '],
    ['bba --accept-unverified x', '--accept-unverified: needs the --standard'],
    ['bba --standard qcvn08-2023:A --accept-unverified x', '--accept-unverified: no limit of these standards: x'],
    ['bba --latitude 10', 'belong together'],
    ['bba --latitude x --longitude 1', '--latitude: '],
  ])('%s is refused and changes nothing', async (line, reason) => {
    const registry = memoryRegistry({
      bin: [aBin('bin-1')],
      sensor: [{ id: 'S_E_N', kind: 'air', intervalSeconds: 900, status: 'active' }],
    });
    await add(registry, `bba --kind water ${place} --code BD_BAUB_NUOBBA`);
    const before = [await registry.list('station'), await registry.list('sensor')];
    await expect(async () => add(registry, line)).rejects.toThrow(reason);
    expect([await registry.list('station'), await registry.list('sensor')]).toEqual(before);
  });
});
