import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SQSClient } from '@aws-sdk/client-sqs';
import { CityNotRunningError, cityEnvironment, phosachHome, readRunning } from '../home.ts';
import { type DeadLetter, rawPayload, showDeadLetter } from '../redrive/dead-letter.ts';
import { type RedriveArguments, readRedriveArguments, redriveUsage, UsageError } from '../redrive/options.ts';
import { type DeadLetterQueue, type RedriveSummary, redrive } from '../redrive/redrive.ts';
import { sqsDeadLetters } from '../redrive/sqs-dead-letters.ts';

const openQueue = ({ urls, stationFiles }: RedriveArguments): DeadLetterQueue => {
  if (urls !== undefined) return sqsDeadLetters(new SQSClient({}), urls);
  const city = readRunning(phosachHome());
  Object.assign(process.env, cityEnvironment(city));
  const { queues } = city;
  return sqsDeadLetters(
    new SQSClient({}),
    stationFiles
      ? { queueUrl: queues.stationFilesDeadLetter, targetUrl: queues.stationFiles }
      : { queueUrl: queues.deadLetter, targetUrl: queues.uplinks },
  );
};

/** Message ids are SQS's own, but they become file names here. */
const writeRaw = async (directory: string, letter: DeadLetter): Promise<void> => {
  await mkdir(directory, { recursive: true });
  const name = letter.held.messageId.replaceAll(/[^A-Za-z0-9-]/g, '_');
  await writeFile(join(directory, `${name}.bin`), rawPayload(letter));
};

const describe = (action: RedriveArguments['action'], summary: RedriveSummary): string => {
  const { seen, matched, sentBack, sameAgain, failed } = summary;
  const looked = `${seen} messages looked at, ${matched} match`;
  if (action === 'list') return `${looked}.`;
  if (action === 'dry-run') return `${looked} and would be sent back.`;
  const again = sameAgain > 0 ? `, ${sameAgain} left that say the same as one sent back` : '';
  return `${looked}, ${sentBack} sent back${again}${failed > 0 ? `, ${failed} failed` : ''}.`;
};

const run = async (options: RedriveArguments): Promise<void> => {
  const { rawDirectory } = options;
  const summary = await redrive(openQueue(options), {
    ...options,
    onLetter: async (letter) => {
      console.log(showDeadLetter(letter));
      if (rawDirectory !== undefined) await writeRaw(rawDirectory, letter);
    },
    onFailure: ({ held }, error) => console.error(`${held.messageId} stays in the dead-letter queue:`, error),
  });
  console.log(describe(options.action, summary));
  if (summary.failed > 0) process.exitCode = 1;
};

try {
  const options = readRedriveArguments(process.argv.slice(2));
  if (options === undefined) console.log(redriveUsage);
  else await run(options);
} catch (error) {
  if (error instanceof UsageError) console.error(`${error.message}\n\n${redriveUsage}`);
  else console.error(error instanceof CityNotRunningError ? error.message : error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
