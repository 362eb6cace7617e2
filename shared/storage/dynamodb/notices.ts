import * as z from 'zod';
import type { Notice, NoticeStore } from '../../environment/notices/notify.ts';
import { batchWrite, getItem, type Key, queryItems, type TableOptions } from './items.ts';

const HELD = 'notices-held';

const sentKey = ({ episodeId, eventId, recipientId }: Notice): Key => ({
  pk: `notices-sent#${episodeId}`,
  sk: `${eventId}#${recipientId}`,
});
/** Events of an episode in their order: `<episodeId>~<seq>` does not sort by number. */
const heldKey = ({ episodeId, eventId, recipientId }: Notice): Key => ({
  pk: HELD,
  sk: `${recipientId}#${episodeId}#${(eventId.split('~').at(-1) ?? '').padStart(6, '0')}`,
});

const noticeSchema = z.object({ recipientId: z.string(), episodeId: z.string(), eventId: z.string() });

/** What was told to whom, and what waits for the morning, in DynamoDB. */
export const dynamodbNotices = (options: TableOptions): NoticeStore => ({
  isSent: async (notice) => (await getItem(options, sentKey(notice))) !== undefined,
  markSent: (notices, at) => batchWrite(options, { put: notices.map((notice) => ({ ...sentKey(notice), at })) }),
  hold: (notice) => batchWrite(options, { put: [{ ...heldKey(notice), notice }] }),
  held: async () => (await queryItems(options, HELD)).map((item) => noticeSchema.parse(item.notice)),
  release: (notices) => batchWrite(options, { remove: notices.map(heldKey) }),
});
