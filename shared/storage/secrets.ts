import * as z from 'zod';
import { StoreUnavailableError } from '../telemetry/reading-store.ts';

/** Secrets by their ids. A port. */
export type SecretStore = {
  /** @throws StoreUnavailableError when it cannot be had now. */
  readonly get: (secretId: string) => Promise<string>;
};

export type SecretsExtension = {
  /** Where the extension listens on this machine. */
  readonly port: number;
  /** The function's session token, which the extension wants to see. */
  readonly sessionToken: string;
};

const TIMEOUT_MS = 3_000;

const answerSchema = z.object({ SecretString: z.string().min(1) });

/**
 * AWS Secrets Manager by way of the AWS Parameters and Secrets Lambda Extension: HTTP on this machine, cached there for five minutes, so
 * that a new secret works without a deployment and no request of ours waits for one. The local city answers the same call.
 */
export const secretsExtension = ({ port, sessionToken }: SecretsExtension): SecretStore => ({
  get: async (secretId) => {
    const url = `http://localhost:${port}/secretsmanager/get?secretId=${encodeURIComponent(secretId)}`;
    try {
      const response = await fetch(url, {
        headers: { 'X-Aws-Parameters-Secrets-Token': sessionToken },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (!response.ok) throw new Error(`The secrets extension answers ${response.status}`);
      return answerSchema.parse(await response.json()).SecretString;
    } catch (error) {
      throw new StoreUnavailableError(`The secret ${secretId} cannot be read`, { cause: error });
    }
  },
});
