import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { readEnvironment, reportsApiEnvironmentSchema } from '../../shared/lambda/environment.ts';
import { openStores } from '../../shared/storage/open.ts';
import { reportsApi } from './app.ts';
import { DRIVER_SHEETS_PATH, driverSheetsApi } from './driver-sheets.ts';

const environment = readEnvironment(reportsApiEnvironmentSchema);

const parts = { ...openStores(environment), cityId: environment.CITY_ID, clock: Date.now };
const [reports, driverSheets] = [reportsApi(parts), driverSheetsApi(parts)];

export const handler = (event: APIGatewayProxyEventV2, context: Context) =>
  event.rawPath.startsWith(DRIVER_SHEETS_PATH) ? driverSheets(event, context) : reports(event, context);
