import { parseJson } from '../../../events/parse-json.ts';
import { type StationFilePut, stationFileEventSchema } from '../../../events/station-file-event.ts';
import { quote } from '../refusal.ts';
import { ingestStationFile, type StationFileOutcome, type StationFilePorts } from './ingest-station-file.ts';

/** A message of the station files' queue. */
export type QueuedFileEvent = { readonly messageId: string; readonly body: string };

export type StationFilesOutcome = {
  /** Messages that must come again: nothing of them is acknowledged. */
  readonly retry: readonly string[];
  readonly files: readonly StationFileOutcome[];
};

type Ports = StationFilePorts & {
  /** Hears of errors that send a message back to the queue. */
  readonly report: (problem: { readonly error: unknown; readonly messageIds: readonly string[] }) => void;
};

/** The files that an event names; `undefined` when it is no event of the bucket. */
const filesOf = (body: string): readonly StationFilePut[] | undefined =>
  stationFileEventSchema.safeParse(parseJson(body)).data;

const refuseMessage = async (ports: Ports, body: string): Promise<void> => {
  const reason = `the queue body is no event of an object that was created: ${quote(body)}`;
  const letter = { refusedAt: ports.clock(), code: 'not-a-file-event', reason, body } as const;
  const [notTaken] = await ports.refused.send([letter]);
  if (notTaken !== undefined)
    throw new Error('A refused event did not reach the dead letters', { cause: notTaken.error });
};

/** Takes the files of a batch of bucket events, one after the other. What fails for now comes again, and spoils no other's batch. */
export const createStationFilesIngest =
  (ports: Ports) =>
  async (messages: readonly QueuedFileEvent[]): Promise<StationFilesOutcome> => {
    const retry: string[] = [];
    const outcomes: StationFileOutcome[] = [];
    for (const { messageId, body } of messages) {
      try {
        const files = filesOf(body);
        if (files === undefined) await refuseMessage(ports, body);
        for (const file of files ?? []) outcomes.push(await ingestStationFile(ports, file));
      } catch (error) {
        retry.push(messageId);
        ports.report({ error, messageIds: [messageId] });
      }
    }
    return { retry, files: outcomes };
  };
