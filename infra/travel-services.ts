import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import * as z from 'zod';
import { planCollectionsEnvironmentSchema } from '../shared/lambda/environment.ts';
import type { CityFunction } from './city-function.ts';

const service = z.url({ protocol: /^https$/ }).optional();

/** What a deployment chooses of travel times: `-c osrmUrl=https://…` and so on (docs/travel.md). */
export const travelSettingsShape = {
  /** For a city whose profile does not say; the stored roads when absent. */
  travelSource: planCollectionsEnvironmentSchema.shape.TRAVEL_SOURCE.unwrap().optional(),
  osrmUrl: service,
  valhallaUrl: service,
  /** Lets planning ask Amazon Location, which bills every pair of places. */
  amazonLocation: z.enum(['on', 'off']).default('off'),
} as const;

export type TravelSettings = z.infer<z.ZodObject<typeof travelSettingsShape>>;

export const travelEnvironment = (settings: TravelSettings): Readonly<Record<string, string>> => ({
  ...(settings.travelSource && { TRAVEL_SOURCE: settings.travelSource }),
  ...(settings.osrmUrl && { OSRM_URL: settings.osrmUrl }),
  ...(settings.valhallaUrl && { VALHALLA_URL: settings.valhallaUrl }),
  AMAZON_LOCATION: settings.amazonLocation,
});

export const grantTravel = (planner: CityFunction, { amazonLocation }: TravelSettings): void => {
  if (amazonLocation !== 'on') return;
  const { partition, region } = Stack.of(planner);
  planner.lambda.addToRolePolicy(
    new PolicyStatement({
      actions: ['geo-routes:CalculateRouteMatrix', 'geo-routes:CalculateRoutes'],
      // The one resource there is: AWS's own provider, in no account.
      resources: [`arn:${partition}:geo-routes:${region}::provider/default`],
    }),
  );
};
