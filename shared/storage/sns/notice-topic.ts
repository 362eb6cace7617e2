import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import type { NoticeTopic } from '../../environment/notices/notify.ts';

/** SNS takes ASCII subjects without line breaks, of fewer than 100 characters: letters lose their marks. */
const plainSubject = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, (letter) => (letter === 'đ' ? 'd' : 'D'))
    .replace(/[^\x20-\x7e]/g, ' ')
    .slice(0, 99);

/** The city's topic on SNS. Subscriptions choose by the attributes `recipient`, `group`, `severity` and `language`. */
export const snsNoticeTopic = ({
  client,
  topicArn,
}: {
  readonly client: SNSClient;
  readonly topicArn: string;
}): NoticeTopic => ({
  send: async ({ subject, body }, { recipient, severity }) => {
    const text = (StringValue: string) => ({ DataType: 'String', StringValue });
    await client.send(
      new PublishCommand({
        TopicArn: topicArn,
        Subject: plainSubject(subject),
        Message: `${subject}\n\n${body}`,
        MessageAttributes: {
          recipient: text(recipient.id),
          group: text(String(recipient.group)),
          severity: text(severity),
          language: text(recipient.language),
        },
      }),
    );
  },
});

export const openNoticeTopic = (topicArn: string): NoticeTopic =>
  snsNoticeTopic({ client: new SNSClient({}), topicArn });
