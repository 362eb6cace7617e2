import { beforeEach, describe, expect, it } from 'vitest';
import { ngsiLdApi, operationsOf } from '../../../functions/ngsi-ld-api/app.ts';
import { conformingCaller } from '../../support/conforming-caller.ts';
import { NOW, openNgsiCity } from '../../support/ngsi-city.ts';

let call: ReturnType<typeof conformingCaller>;
beforeEach(async () => {
  const parts = { ...(await openNgsiCity()), clock: () => NOW };
  call = conformingCaller(ngsiLdApi(parts), operationsOf(parts), '/ngsi-ld/v1');
});

const get = async (path: string) => {
  const answer = await call({ url: `/ngsi-ld/v1${path}` });
  expect(answer.status, answer.body).toBe(200);
  return answer.json();
};

describe('Types', () => {
  it('are listed, described, and counted', async () => {
    const typeList = ['AirQualityObserved', 'WasteContainer', 'WaterQualityObserved'];
    expect(await get('/types')).toMatchObject({ type: 'EntityTypeList', typeList });
    const details = await get('/types?details=true');
    expect(details[1]).toMatchObject({
      id: 'https://smartdatamodels.org/dataModel.WasteManagement/WasteContainer',
      typeName: 'WasteContainer',
      attributeNames: expect.arrayContaining(['fillingLevel', 'location']),
    });
    expect(await get('/types/WasteContainer')).toMatchObject({
      type: 'EntityTypeInfo',
      entityCount: 3,
      attributeDetails: expect.arrayContaining([
        {
          id: 'https://smartdatamodels.org/dataModel.WasteManagement/fillingLevel',
          type: 'Attribute',
          attributeName: 'fillingLevel',
          attributeTypes: ['Property'],
        },
      ]),
    });
    expect((await call({ url: '/ngsi-ld/v1/types/Vehicle' })).status).toBe(404);
  });
});

describe('The @context', () => {
  it('has a meaning for every name that an answer holds, and fetches nothing', async () => {
    const { '@context': all } = await get('/context.jsonld');
    expect(JSON.stringify(all)).not.toContain('ngsi-ld-core-context');
    for (const entity of await get('/entities?idPattern=.&options=sysAttrs')) {
      const { '@context': own } = await get(`/contexts/${entity.type}.jsonld`);
      for (const name of Object.keys(entity)) {
        expect(own, name).toHaveProperty(name);
        const scoped = all[entity.type]['@context'];
        expect(scoped[name] ?? all[name], name).toEqual(own[name]);
      }
      expect(all[entity.type]['@id']).toBe(own[entity.type]);
    }
  });

  it('keeps apart what two models call by one name', async () => {
    const { '@context': all } = await get('/context.jsonld');
    expect(all).not.toHaveProperty('temperature');
    expect(all.WasteContainer['@context'].temperature).toBe(
      'https://smartdatamodels.org/dataModel.WasteManagement/temperature',
    );
    expect(all.WaterQualityObserved['@context'].temperature).toBe(
      'https://smartdatamodels.org/dataModel.WaterQuality/temperature',
    );
  });
});
