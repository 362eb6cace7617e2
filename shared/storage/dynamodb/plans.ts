import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import * as z from 'zod';
import { type Plan, type PlanSummary, planSchema, planSummarySchema } from '../../routing/plan.ts';
import type { PlanStore } from '../../routing/plan-store.ts';
import { keysetCursor, sortableInstant, sortKeyOf } from '../cursor.ts';
import {
  batchGet,
  batchWrite,
  getItem,
  type Item,
  type Key,
  putItem,
  queryItems,
  queryPages,
  type TableOptions,
} from './items.ts';

/** An item may have 400 KB; a body that needs several pieces is cut well below. */
const PIECE_BYTES = 350_000;
const MAX_PAGE = 100;

const LIST_PARTITION = 'plans';
const LIST_KEY = /^\d{15}#.+$/;

const compress = promisify(gzip);
const decompress = promisify(gunzip);

/**
 * Plans in DynamoDB. The summary item is the truth about a plan. Its place in the list is written before it and believed only
 * when the summary agrees; the pieces of its body are written before it and found only through it. So whatever a writer that
 * dies halfway leaves behind, nobody sees it.
 */
export const dynamodbPlans = (options: TableOptions): PlanStore => {
  const readSummary = async (planId: string): Promise<StoredSummary | undefined> => {
    const item = await getItem(options, summaryKey(planId));
    return item && storedSummary.parse(item);
  };

  /** Unless the plan is there already: a planned one never changes. */
  const writeOutcome = async (stored: StoredSummary): Promise<void> => {
    await enlist(stored.summary);
    await putItem(
      options,
      { ...summaryKey(stored.summary.planId), ...stored },
      {
        ConditionExpression: 'attribute_not_exists(pk) OR #summary.#status <> :planned',
        ExpressionAttributeNames: { '#summary': 'summary', '#status': 'status' },
        ExpressionAttributeValues: { ':planned': 'planned' },
      },
    );
  };

  const enlist = (summary: PlanSummary): Promise<boolean> =>
    putItem(options, { pk: LIST_PARTITION, sk: listKey(summary), planId: summary.planId });

  return {
    request: async (summary) => {
      const valid = planSummarySchema.parse(summary);
      if ((await readSummary(valid.planId)) !== undefined) return false;
      await enlist(valid);
      return putItem(
        options,
        { ...summaryKey(valid.planId), summary: valid },
        { ConditionExpression: 'attribute_not_exists(pk)' },
      );
    },

    complete: async (plan) => {
      const valid = planSchema.parse(plan);
      if ((await readSummary(valid.planId))?.summary.status === 'planned') return;
      const body = await compress(JSON.stringify(valid));
      const digest = createHash('sha256').update(body).digest('hex').slice(0, 16);
      const pieces = piecesOf(valid.planId, digest, body);
      await batchWrite(options, { put: pieces });
      await writeOutcome({ summary: summaryOf(valid), body: { digest, pieces: pieces.length } });
    },

    fail: async (summary) => writeOutcome({ summary: planSummarySchema.parse(summary) }),

    summary: async (planId) => (await readSummary(planId))?.summary,

    get: async (planId) => {
      const body = (await readSummary(planId))?.body;
      return body && readBody(options, planId, body);
    },

    list: (page) => listPlans(options, page),
  };
};

const storedSummary = z.object({
  summary: planSummarySchema,
  body: z.object({ digest: z.string(), pieces: z.int().positive() }).optional(),
});
type StoredSummary = z.infer<typeof storedSummary>;

const planPartition = (planId: string): string => `plan#${planId}`;
const summaryKey = (planId: string): Key => ({ pk: planPartition(planId), sk: 'summary' });
const listKey = ({ requestedAt, planId }: PlanSummary): string => `${sortableInstant(requestedAt)}#${planId}`;
const pieceKey = (digest: string, index: number): string => `body#${digest}#${String(index).padStart(3, '0')}`;

const summaryOf = ({ routes: _, unserved, noData, travelSource: __, solver: ___, ...head }: Plan): PlanSummary => ({
  ...head,
  unservedCount: unserved.length,
  noDataCount: noData.length,
});

const piecesOf = (planId: string, digest: string, body: Buffer): readonly (Key & Item)[] =>
  Array.from({ length: Math.ceil(body.length / PIECE_BYTES) }, (_, index) => ({
    pk: planPartition(planId),
    sk: pieceKey(digest, index),
    bytes: body.subarray(index * PIECE_BYTES, (index + 1) * PIECE_BYTES),
  }));

const pieceSchema = z.object({ bytes: z.instanceof(Uint8Array) });

const readBody = async (
  options: TableOptions,
  planId: string,
  { digest, pieces }: NonNullable<StoredSummary['body']>,
): Promise<Plan> => {
  const range = [pieceKey(digest, 0), pieceKey(digest, pieces - 1)] as const;
  const items = await queryItems(options, planPartition(planId), range);
  if (items.length !== pieces) throw new Error(`Plan ${planId} has ${items.length} of its ${pieces} pieces`);
  const body = Buffer.concat(items.map((item) => pieceSchema.parse(item).bytes));
  return planSchema.parse(JSON.parse((await decompress(body)).toString()));
};

const listPlans = async (
  options: TableOptions,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string },
): ReturnType<PlanStore['list']> => {
  const wanted = Math.min(MAX_PAGE, Math.max(1, limit));
  const pages = queryPages(options, {
    KeyConditionExpression: cursor === undefined ? 'pk = :pk' : 'pk = :pk AND sk < :before',
    ExpressionAttributeValues: {
      ':pk': LIST_PARTITION,
      ...(cursor !== undefined && { ':before': sortKeyOf(cursor, LIST_KEY) }),
    },
    ScanIndexForward: false,
    Limit: wanted + 1,
  });
  const plans: PlanSummary[] = [];
  for await (const places of pages) {
    plans.push(...(await summariesAt(options, places)));
    if (plans.length > wanted) break;
  }
  const page = plans.slice(0, wanted);
  const last = page.at(-1);
  return plans.length > wanted && last ? { plans: page, nextCursor: keysetCursor(listKey(last)) } : { plans: page };
};

const placeSchema = z.object({ sk: z.string(), planId: z.string() });

/** The summaries that these places in the list lead to and that agree to stand there, in the list's order. */
const summariesAt = async (options: TableOptions, places: readonly Item[]): Promise<readonly PlanSummary[]> => {
  const listed = places.map((place) => placeSchema.parse(place));
  const items = await batchGet(
    options,
    listed.map(({ planId }) => summaryKey(planId)),
  );
  const found = new Map(
    items.map((item) => storedSummary.parse(item).summary).map((summary) => [listKey(summary), summary]),
  );
  return listed.flatMap(({ sk }) => found.get(sk) ?? []);
};
