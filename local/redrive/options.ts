import { parseArgs } from 'node:util';
import { refusalCodes } from '../../events/refused-message.ts';
import type { DeadLetterCode } from './dead-letter.ts';

const codes: readonly DeadLetterCode[] = [...refusalCodes, 'gave-up'];

export const redriveUsage = `npm run redrive -- [options]

Sends messages of the dead-letter queue back to the uplink queue, once the cause of their refusal is mended.

  --list               only show them: time, code, topic, id, reason, payload
  --dry-run            show what would be sent back, and send nothing
  --code CODE          only those refused for this: ${codes.join(', ')}
  --sensor ID          only those of this sensor (a DevEui for LoRaWAN envelopes)
  --station-files      the station files' dead letters instead; sent back, the file of each is read again
  --limit N            at most so many
  --raw DIR            write each one's raw payload to DIR/<message id>.bin
  --queue-url URL      the dead-letter queue and the uplink queue on AWS (with your own
  --target-url URL     AWS credentials); without them, those of the city running here`;

export type RedriveArguments = {
  readonly action: 'list' | 'dry-run' | 'send-back';
  readonly code?: DeadLetterCode;
  readonly sensor?: string;
  /** The queues of station files instead of the uplinks'. */
  readonly stationFiles?: true;
  readonly limit?: number;
  readonly rawDirectory?: string;
  readonly urls?: { readonly queueUrl: string; readonly targetUrl: string };
};

/** Something on the command line that cannot be meant. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const readCode = (text: string): DeadLetterCode => {
  const code = codes.find((known) => known === text);
  if (code === undefined) throw new UsageError(`--code ${text}: not one of ${codes.join(', ')}`);
  return code;
};

const readLimit = (text: string): number => {
  const limit = Number(text);
  if (!Number.isSafeInteger(limit) || limit < 1) throw new UsageError(`--limit ${text}: not a whole number from 1 on`);
  return limit;
};

const parse = (args: readonly string[]) => {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const options = {
    list: flag,
    'dry-run': flag,
    help: flag,
    code: text,
    sensor: text,
    'station-files': flag,
    limit: text,
    raw: text,
    'queue-url': text,
    'target-url': text,
  };
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};

/**
 * What the command line asks for; `undefined` when it asks for help.
 * @throws UsageError naming what is wrong.
 */
export const readRedriveArguments = (args: readonly string[]): RedriveArguments | undefined => {
  const { list, help, code, sensor, limit, raw, ...values } = parse(args);
  if (help) return undefined;
  const queueUrl = values['queue-url'];
  const targetUrl = values['target-url'];
  const changes = !list && !values['dry-run'];
  if (queueUrl === undefined && targetUrl !== undefined) throw new UsageError('--target-url needs --queue-url');
  if (queueUrl !== undefined && targetUrl === undefined && changes)
    throw new UsageError('--queue-url needs --target-url');
  return {
    action: list ? 'list' : changes ? 'send-back' : 'dry-run',
    ...(values['station-files'] && { stationFiles: true as const }),
    ...(code !== undefined && { code: readCode(code) }),
    ...(sensor !== undefined && { sensor }),
    ...(limit !== undefined && { limit: readLimit(limit) }),
    ...(raw !== undefined && { rawDirectory: raw }),
    ...(queueUrl !== undefined && { urls: { queueUrl, targetUrl: targetUrl ?? '' } }),
  };
};
