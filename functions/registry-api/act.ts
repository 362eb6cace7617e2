import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Hand } from '../../shared/city/editing/registry-editor.ts';
import { actingOfficer } from '../operations-api/identity.ts';
import type { RegistryParts } from './parts.ts';

/** Those who run collection; officers of the environment look on. */
const EDITORS = ['dispatcher', 'admin'];

/** Whose hand writes, now. @throws ProblemError 401 without a name, 403 for other groups. */
export const handOf = (
  { officerWithoutToken, clock }: RegistryParts,
  event: APIGatewayProxyEventV2,
  through: Hand['through'],
): Hand => ({ by: actingOfficer(event, officerWithoutToken, 'edit the registry', EDITORS), at: clock(), through });
