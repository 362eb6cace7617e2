import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Mailbox, openMailbox } from '../../../../local/sns/mailbox.ts';
import { mailboxPage } from '../../../../local/sns/mailbox-page.ts';
import { type SnsEndpoint, startSnsEndpoint } from '../../../../local/sns/sns-endpoint.ts';
import type { Recipient } from '../../../../shared/environment/notices/recipient.ts';
import { snsNoticeTopic } from '../../../../shared/storage/sns/notice-topic.ts';
import { testAwsConfiguration } from '../../../support/dynamodb.ts';

const topicArn = 'arn:aws:sns:local:000000000000:phosach-notices';
const recipient: Recipient = { id: 'officer', name: 'Lan', language: 'vi', severities: ['hazard'], group: 2 };

describe('the local SNS endpoint', () => {
  let home: string;
  let mailbox: Mailbox;
  let endpoint: SnsEndpoint;
  let client: SNSClient;
  const posted: { Subject: string; Message: string }[] = [];
  const webhook = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    posted.push(JSON.parse(body));
    response.end();
  });

  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'phosach-sns-'));
    mailbox = openMailbox(home);
    await new Promise<void>((resolve) => webhook.listen(0, '127.0.0.1', resolve));
    const { port } = webhook.address() as AddressInfo;
    endpoint = await startSnsEndpoint({
      mailbox,
      webhook: `http://127.0.0.1:${port}`,
      log: () => undefined,
      clock: () => 7,
    });
    client = new SNSClient({ ...testAwsConfiguration, endpoint: endpoint.url, maxAttempts: 1 });
  });
  afterEach(async () => {
    client.destroy();
    await endpoint.close();
    webhook.closeAllConnections();
    await new Promise((resolve) => webhook.close(resolve));
    rmSync(home, { recursive: true });
  });

  it('takes letters of our topic from the real client, keeps them over a restart, and posts them', async () => {
    const topic = snsNoticeTopic({ client, topicArn });
    await topic.send(
      { subject: 'BÁO ĐỘNG: Bụi PM2.5', body: 'Giá trị: 300 & <hơn>' },
      { recipient, severity: 'hazard' },
    );
    await topic.send({ subject: 'Kết thúc', body: 'x' }, { recipient, severity: 'hazard' });
    const letters = openMailbox(home).list();
    expect(letters.map(({ subject }) => subject)).toEqual(['Ket thuc', 'BAO DONG: Bui PM2.5']);
    expect(letters[1]).toMatchObject({
      at: 7,
      topicArn,
      message: 'BÁO ĐỘNG: Bụi PM2.5\n\nGiá trị: 300 & <hơn>',
      attributes: { recipient: 'officer', group: '2', severity: 'hazard', language: 'vi' },
    });
    await expect.poll(() => posted.map(({ Subject }) => Subject).sort()).toEqual(['BAO DONG: Bui PM2.5', 'Ket thuc']);
    expect(mailboxPage(letters)).toContain('Giá trị: 300 &amp; &lt;hơn&gt;');
  });

  it('refuses what SNS refuses, and keeps nothing of it', async () => {
    for (const [Subject, Message] of [
      ['dòng', 'x'],
      ['two\nlines', 'x'],
      ['ok', ''],
      ['ok', 'x'.repeat(300_000)],
    ] as const) {
      await expect(client.send(new PublishCommand({ TopicArn: topicArn, Subject, Message }))).rejects.toThrow(
        /parameter/i,
      );
    }
    expect(mailbox.list()).toEqual([]);
  });

  it('reads on behind a line that a killed city left half written', async () => {
    appendFileSync(join(home, 'mailbox.jsonl'), '{"messageId":"cut');
    await snsNoticeTopic({ client, topicArn }).send({ subject: 'a', body: 'b' }, { recipient, severity: 'hazard' });
    expect(mailbox.list()).toHaveLength(1);
  });
});
