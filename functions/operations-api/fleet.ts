import * as z from 'zod';
import { depotSchema, disposalSiteSchema, vehicleSchema } from '../../shared/city/entities.ts';
import { json } from '../../shared/lambda/answer.ts';
import { type Operation, operation } from '../../shared/lambda/operation.ts';
import type { OperationsParts } from './parts.ts';

const vehiclesAnswer = z.object({ vehicles: z.array(vehicleSchema.meta({ id: 'Vehicle' })) }).meta({ id: 'Vehicles' });
const depotsAnswer = z.object({ depots: z.array(depotSchema.meta({ id: 'Depot' })) }).meta({ id: 'Depots' });
const disposalSitesAnswer = z
  .object({ disposalSites: z.array(disposalSiteSchema.meta({ id: 'DisposalSite' })) })
  .meta({ id: 'DisposalSites' });

export const listVehicles = ({ registry }: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/vehicles',
    operationId: 'listVehicles',
    summary: 'Every truck with its capacity and shift',
    responses: { 200: { description: 'The trucks, by id', content: { 'application/json': vehiclesAnswer } } },
    handle: async () => json(vehiclesAnswer, { vehicles: [...(await registry.list('vehicle'))] }),
  });

export const listDepots = ({ registry }: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/depots',
    operationId: 'listDepots',
    summary: 'Where trucks start and end',
    responses: { 200: { description: 'The depots, by id', content: { 'application/json': depotsAnswer } } },
    handle: async () => json(depotsAnswer, { depots: [...(await registry.list('depot'))] }),
  });

export const listDisposalSites = ({ registry }: OperationsParts): Operation =>
  operation({
    method: 'GET',
    path: '/disposal-sites',
    operationId: 'listDisposalSites',
    summary: 'Where trucks empty',
    responses: { 200: { description: 'The sites, by id', content: { 'application/json': disposalSitesAnswer } } },
    handle: async () => json(disposalSitesAnswer, { disposalSites: [...(await registry.list('disposal-site'))] }),
  });
