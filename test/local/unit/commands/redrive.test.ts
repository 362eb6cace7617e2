import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SQSClient } from '@aws-sdk/client-sqs';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RefusedMessage } from '../../../../events/refused-message.ts';
import { openQueues, type Queues } from '../../../../local/queues/queues.ts';
import { type SqsEndpoint, startSqsEndpoint } from '../../../../local/queues/sqs-endpoint.ts';
import { type DeadLetter, rawPayload, readDeadLetter, showDeadLetter } from '../../../../local/redrive/dead-letter.ts';
import { readRedriveArguments } from '../../../../local/redrive/options.ts';
import { type RedriveOptions, redrive } from '../../../../local/redrive/redrive.ts';
import { sqsDeadLetters } from '../../../../local/redrive/sqs-dead-letters.ts';
import { deviceUplink, lorawanUplink } from '../../../shared/telemetry/uplinks.ts';

const AT = Date.parse('2026-11-22T01:00:00Z');

const held = (body: string) => ({ messageId: 'm-1', receipt: 'r-1', body, sentAt: AT + 1 });

const refusal = (body: string, code: RefusedMessage['code'] = 'not-json', reason = 'starts with "x"'): string =>
  JSON.stringify({ refusedAt: AT, code, reason, body } satisfies RefusedMessage);

describe('a dead letter', () => {
  it('is shown with time, code, topic, reason and payload', () => {
    const letter = readDeadLetter(held(refusal(deviceUplink('air-1', '{"measuredAt":\n1', AT).body)));
    expect(showDeadLetter(letter)).toBe(
      [
        '2026-11-22T01:00:00.000Z  not-json  phosach/uplink/air-1  m-1',
        '  reason: starts with "x"',
        '  payload, 16 bytes: {"measuredAt":',
        '    1',
      ].join('\n'),
    );
  });

  it.each([
    ['bytes that are no text', Buffer.from([0xff, 0x00, 0x7b]), '3 bytes: 0xff007b'],
    ['text that would move the cursor', Buffer.from('\u001b[2Jx'), '5 bytes: 0x1b5b324a78'],
    ['text that would turn the line around', Buffer.from('a\u202eb'), '5 bytes: 0x61e280ae62'],
    ['much text', Buffer.alloc(131_072, 'R'), `131072 bytes: ${'R'.repeat(400)}…`],
    ['many bytes', Buffer.alloc(200), `200 bytes: 0x${'00'.repeat(64)}…`],
    ['Vietnamese', Buffer.from('Thủ Dầu Một'), 'Thủ Dầu Một'],
  ])('shows %s', (_, payload, shown) => {
    expect(showDeadLetter(readDeadLetter(held(refusal(deviceUplink('air-1', payload, AT).body))))).toContain(shown);
  });

  it('may be a bare body that SQS moved after its last delivery', () => {
    const uplink = deviceUplink('air-1', '{}', AT);
    expect(readDeadLetter(held(uplink.body))).toMatchObject({ code: 'gave-up', at: AT + 1, original: uplink.body });
  });

  it('may be anything, and keeps its bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.string({ unit: 'binary' }), (bytes, body) => {
        const letter = readDeadLetter(held(refusal(deviceUplink('air-1', Buffer.from(bytes), AT).body)));
        expect(rawPayload(letter).equals(Buffer.from(bytes))).toBe(true);
        expect(readDeadLetter(held(body)).original).toBe(body);
        expect(readDeadLetter(held(refusal(body, 'not-a-rule-message'))).original).toBe(body);
      }),
    );
  });
});

describe('redriving', () => {
  let directory: string;
  let queues: Queues;
  let sqs: SqsEndpoint;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'redrive-'));
    const settings = { visibilitySeconds: 30, retentionSeconds: 1_209_600 };
    const definitions = ['uplinks', 'dead'].map((name) => ({ name, ...settings }));
    queues = openQueues({ file: join(directory, 'queues.sqlite'), queues: definitions });
    sqs = await startSqsEndpoint({ queues });
  });
  afterEach(async () => {
    await sqs.close();
    await queues.close();
    await rm(directory, { recursive: true });
  });

  const deadLetters = () =>
    sqsDeadLetters(
      new SQSClient({
        region: 'ap-southeast-1',
        endpoint: sqs.url,
        credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      }),
      { queueUrl: sqs.queueUrl('dead'), targetUrl: sqs.queueUrl('uplinks'), waitSeconds: 0 },
    );

  const run = async (options: Partial<RedriveOptions> = {}, queue = deadLetters()) => {
    const letters: DeadLetter[] = [];
    const failures: unknown[] = [];
    const summary = await redrive(queue, {
      action: 'send-back',
      onLetter: (letter) => void letters.push(letter),
      onFailure: (_, error) => failures.push(error),
      ...options,
    });
    return { summary, letters, failures };
  };

  const bodiesOf = async (queue: string): Promise<readonly string[]> => {
    const bodies: string[] = [];
    for (;;) {
      const messages = await queues.receive(queue);
      if (messages.length === 0) return bodies.sort();
      bodies.push(...messages.map(({ body }) => body));
    }
  };

  it('sends the original bodies back, of refused and of moved messages, and empties the dead letters', async () => {
    const uplinks = Array.from({ length: 23 }, (_, i) => deviceUplink('air-1', `rubbish ${i}`, AT).body);
    for (const [i, body] of uplinks.entries()) await queues.send('dead', i % 2 === 0 ? refusal(body) : body);
    const before = Date.now() - 60_000;
    const { summary, letters } = await run();
    expect(letters.filter(({ code, at }) => (code === 'gave-up' ? at > before : at === AT))).toHaveLength(23);
    expect(summary).toEqual({ seen: 23, matched: 23, sentBack: 23, sameAgain: 0, failed: 0 });
    expect(await bodiesOf('uplinks')).toEqual([...uplinks].sort());
    expect(queues.counts('dead')).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it.each(['list', 'dry-run'] as const)('changes nothing with %s, and holds nothing back', async (action) => {
    for (let i = 0; i < 12; i += 1) await queues.send('dead', refusal(`body ${i}`));
    const { summary, letters } = await run({ action });
    expect(summary).toMatchObject({ seen: 12, matched: 12, sentBack: 0 });
    expect(letters).toHaveLength(12);
    expect(queues.counts('dead')).toMatchObject({ visible: 12, inFlight: 0 });
    expect(queues.counts('uplinks')).toMatchObject({ visible: 0 });
  });

  it('sends only what is asked for', async () => {
    const one = deviceUplink('air-1', 'a', AT).body;
    const two = deviceUplink('air-2', 'b', AT).body;
    const frame = lorawanUplink('24E124713D000042', '0367', AT).body;
    await queues.send('dead', refusal(one));
    await queues.send('dead', refusal(two, 'unknown-sensor'));
    await queues.send('dead', refusal(frame, 'undecodable-frame'));
    await queues.send('dead', two);
    const listed = async (options: Partial<RedriveOptions>) =>
      (await run({ action: 'list', ...options })).letters.map(({ original }) => original).sort();
    expect(await listed({ code: 'unknown-sensor' })).toEqual([two]);
    expect(await listed({ code: 'gave-up' })).toEqual([two]);
    expect(await listed({ sensor: 'air-2' })).toEqual([two, two]);
    expect(await listed({ sensor: '24e124713d000042' })).toEqual([frame]);
    expect(await listed({ sensor: 'air-2', code: 'not-json' })).toEqual([]);

    expect((await run({ sensor: 'air-1' })).summary).toMatchObject({ seen: 4, matched: 1, sentBack: 1 });
    expect(await bodiesOf('uplinks')).toEqual([one]);
    expect(queues.counts('dead')).toMatchObject({ visible: 3, inFlight: 0 });
    expect((await run({ limit: 2 })).summary).toMatchObject({ matched: 2 });
  });

  it('ends although what it sends back is refused again at once', async () => {
    const queue = deadLetters();
    for (let i = 0; i < 3; i += 1) await queues.send('dead', refusal(`body ${i}`));
    const refusing = {
      ...queue,
      sendBack: async (body: string) => {
        await queue.sendBack(body);
        await queues.send('dead', refusal(body));
      },
    };
    expect((await run({}, refusing)).summary).toMatchObject({ sentBack: 3, sameAgain: 3 });
    expect(queues.counts('dead')).toMatchObject({ visible: 3, inFlight: 0 });
  });

  it('keeps a message in the dead letters until the uplink queue has taken it', async () => {
    await queues.send('dead', refusal('one'));
    await queues.send('dead', refusal('two'));
    const queue = deadLetters();
    const failing = {
      ...queue,
      sendBack: async (body: string) => {
        if (body === 'one') throw new Error('the uplink queue is gone');
        await queue.sendBack(body);
      },
    };
    const { summary, failures } = await run({}, failing);
    expect(summary).toMatchObject({ sentBack: 1, failed: 1 });
    expect(failures).toMatchObject([{ message: 'the uplink queue is gone' }]);
    expect(await bodiesOf('dead')).toEqual([refusal('one')]);
  });

  it('works from the command line, raw bytes included', async () => {
    const rubbish = Buffer.from([0xff, 0x00, 0x7b]);
    const messageId = await queues.send('dead', refusal(deviceUplink('air-1', rubbish, AT).body));
    const script = fileURLToPath(new URL('../../../../local/commands/redrive.ts', import.meta.url));
    const raw = join(directory, 'raw');
    const args = [script, '--list', '--raw', raw, '--queue-url', sqs.queueUrl('dead')];
    const env = { ...process.env, AWS_REGION: 'x', AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x' };
    const stdout = await new Promise<string>((resolve, reject) => {
      execFile(process.execPath, args, { env: { ...env, AWS_ENDPOINT_URL_SQS: sqs.url } }, (error, out, err) =>
        error ? reject(new Error(err)) : resolve(out),
      );
    });
    expect(stdout).toContain('0xff007b');
    expect(stdout).toContain('1 messages looked at, 1 match.');
    expect(await readFile(join(raw, `${messageId}.bin`))).toEqual(rubbish);
  });
});

describe('the command line', () => {
  it('sends back unless told otherwise', () => {
    expect(readRedriveArguments([])).toEqual({ action: 'send-back' });
    expect(readRedriveArguments(['--dry-run', '--limit', '5'])).toEqual({ action: 'dry-run', limit: 5 });
    expect(readRedriveArguments(['--list', '--code', 'gave-up'])).toEqual({ action: 'list', code: 'gave-up' });
    expect(readRedriveArguments(['--station-files'])).toEqual({ action: 'send-back', stationFiles: true });
    expect(readRedriveArguments(['--help'])).toBeUndefined();
  });

  it.each([
    [['--code', 'broken'], '--code broken'],
    [['--limit', '0'], '--limit 0'],
    [['--queue-url', 'https://sqs/dead'], '--queue-url needs --target-url'],
    [['--target-url', 'https://sqs/uplinks'], '--target-url needs --queue-url'],
    [['--all'], '--all'],
    [['everything'], 'everything'],
  ])('refuses %j', (args, fault) => {
    expect(() => readRedriveArguments(args)).toThrow(fault);
  });
});
