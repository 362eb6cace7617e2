import type { City } from '../../city/entities.ts';
import type { TravelEnvironment } from '../../lambda/environment.ts';
import { chooseTravel, type TravelOffers } from '../../routing/travel/choose-travel.ts';
import { storedRoadTravel } from '../../routing/travel/roads/stored-roads.ts';
import type { TravelTimes } from '../../routing/travel/travel-times.ts';
import { openRoadFiles } from '../s3/road-files.ts';
import { amazonLocationTravelTimes } from './amazon-location.ts';
import { osrmTravelTimes } from './osrm.ts';
import type { AwsCredentials } from './sign-v4.ts';
import { valhallaTravelTimes } from './valhalla.ts';

const credentialsOf = (source: NodeJS.ProcessEnv): AwsCredentials | undefined => {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = source;
  if (!accessKeyId || !secretAccessKey) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
};

const withoutSlash = (url: string): string => url.replace(/\/+$/, '');

/** The travel times that this deployment can offer, for a city to choose among; one call for the life of a function. */
export const openTravel = (
  environment: TravelEnvironment,
  source: NodeJS.ProcessEnv = process.env,
): ((city: City) => TravelTimes) => {
  const { ROADS_BUCKET: bucket, OSRM_URL: osrm, VALHALLA_URL: valhalla } = environment;
  const region = environment.AMAZON_LOCATION === 'on' ? source.AWS_REGION : undefined;
  const roads = bucket === undefined ? undefined : storedRoadTravel(openRoadFiles(bucket));
  const offers: TravelOffers = {
    ...(roads && { roads: ({ travel }) => roads(travel) }),
    ...(osrm && {
      osrm: ({ travel }) =>
        osrmTravelTimes({ url: withoutSlash(osrm), tableSize: environment.OSRM_TABLE_SIZE }, travel),
    }),
    ...(valhalla && { valhalla: ({ travel }) => valhallaTravelTimes({ url: withoutSlash(valhalla) }, travel) }),
    ...(region && {
      'amazon-location': ({ travel }) =>
        amazonLocationTravelTimes({ region, credentials: () => credentialsOf(source) }, travel),
    }),
  };
  return (city) => chooseTravel(city, offers, environment.TRAVEL_SOURCE);
};
