import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeServer, listen } from '../http/listening.ts';
import type { Mailbox, MailboxLetter } from './mailbox.ts';

export type SnsEndpointOptions = {
  readonly mailbox: Mailbox;
  /** Posted to as SNS does for HTTPS subscriptions, with three tries. */
  readonly webhook?: string | undefined;
  readonly log: (line: string) => void;
  readonly clock?: () => number;
};

export type SnsEndpoint = { readonly url: string; readonly close: () => Promise<void> };

/** SNS's limit for a message. */
const MAX_BYTES = 256 * 1_024;
const WEBHOOK_TRIES = 3;
const WEBHOOK_TIMEOUT_MS = 5_000;

const readForm = async (request: IncomingMessage): Promise<URLSearchParams> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
};

/** `MessageAttributes.entry.1.Name`, `MessageAttributes.entry.1.Value.StringValue`: how the query protocol writes a map. */
const attributesIn = (form: URLSearchParams): Record<string, string> => {
  const attributes: Record<string, string> = {};
  for (let entry = 1; ; entry += 1) {
    const name = form.get(`MessageAttributes.entry.${entry}.Name`);
    if (name === null) return attributes;
    attributes[name] = form.get(`MessageAttributes.entry.${entry}.Value.StringValue`) ?? '';
  }
};

const faultOf = (form: URLSearchParams): readonly [code: string, message: string] | undefined => {
  if (form.get('Action') !== 'Publish') return ['InvalidAction', `No such action: ${form.get('Action')}`];
  const message = form.get('Message') ?? '';
  if (!form.get('TopicArn')?.startsWith('arn:')) return ['InvalidParameter', 'Invalid parameter: TopicArn'];
  if (message === '') return ['InvalidParameter', 'Invalid parameter: Empty message'];
  if (Buffer.byteLength(message) > MAX_BYTES) return ['InvalidParameter', 'Invalid parameter: Message too long'];
  const subject = form.get('Subject');
  // https://docs.aws.amazon.com/sns/latest/api/API_Publish.html: ASCII, no line breaks, fewer than 100 characters.
  if (subject !== null && !/^[\x21-\x7e][\x20-\x7e]{0,98}$/.test(subject))
    return ['InvalidParameter', 'Invalid parameter: Subject'];
  return undefined;
};

const NAMESPACE = 'http://sns.amazonaws.com/doc/2010-03-31/';
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const post = async ({ webhook, log }: SnsEndpointOptions, letter: MailboxLetter): Promise<void> => {
  if (webhook === undefined) return;
  const body = JSON.stringify({
    Type: 'Notification',
    MessageId: letter.messageId,
    TopicArn: letter.topicArn,
    Subject: letter.subject,
    Message: letter.message,
    Timestamp: new Date(letter.at).toISOString(),
    MessageAttributes: Object.fromEntries(
      Object.entries(letter.attributes).map(([name, Value]) => [name, { Type: 'String', Value }]),
    ),
  });
  for (let attempt = 1; attempt <= WEBHOOK_TRIES; attempt += 1) {
    try {
      const headers = { 'content-type': 'application/json', 'x-amz-sns-message-type': 'Notification' };
      const signal = AbortSignal.timeout(WEBHOOK_TIMEOUT_MS);
      const response = await fetch(webhook, { method: 'POST', headers, body, signal });
      if (response.ok) return;
      log(`webhook: ${letter.messageId} was answered ${response.status}`);
    } catch (error) {
      log(`webhook: ${letter.messageId} did not arrive: ${String(error)}`);
    }
    await sleep(500 * attempt, undefined, { ref: false });
  }
};

/**
 * What our functions ask of SNS (`Publish`, query protocol), for the real SDK client: every letter lies in the mailbox before it is
 * acknowledged, and goes to the webhook where one is configured. Answers on the loopback interface only and checks no signature.
 */
export const startSnsEndpoint = async (options: SnsEndpointOptions): Promise<SnsEndpoint> => {
  const { mailbox, clock = Date.now, log } = options;
  const server = createServer(async (request, response) => {
    const reply = (status: number, xml: string): void => {
      response.writeHead(status, { 'content-type': 'text/xml' }).end(xml);
    };
    try {
      const form = await readForm(request);
      const fault = faultOf(form);
      if (fault !== undefined) {
        const [code, message] = fault;
        const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error>`;
        return reply(
          400,
          `<ErrorResponse xmlns="${NAMESPACE}">${error}<RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
        );
      }
      const letter: MailboxLetter = {
        messageId: randomUUID(),
        at: clock(),
        topicArn: form.get('TopicArn') ?? '',
        subject: form.get('Subject') ?? '',
        message: form.get('Message') ?? '',
        attributes: attributesIn(form),
      };
      mailbox.put(letter);
      void post(options, letter);
      const result = `<PublishResult><MessageId>${letter.messageId}</MessageId></PublishResult>`;
      const metadata = `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>`;
      reply(200, `<PublishResponse xmlns="${NAMESPACE}">${result}${metadata}</PublishResponse>`);
    } catch (error) {
      log(`sns: ${String(error)}`);
      reply(
        500,
        `<ErrorResponse xmlns="${NAMESPACE}"><Error><Type>Receiver</Type><Code>InternalError</Code></Error></ErrorResponse>`,
      );
    }
  });
  const port = await listen(server, 0, '127.0.0.1');
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => closeServer(server),
  };
};
