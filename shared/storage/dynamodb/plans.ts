import * as z from 'zod';
import { firstVersion, summaryOf } from '../../routing/lifecycle/first-version.ts';
import { newLife } from '../../routing/lifecycle/plan-life.ts';
import { type PlanSummary, planSummarySchema } from '../../routing/plan.ts';
import type { PlanStore } from '../../routing/plan-store.ts';
import { keysetCursor, sortableInstant, sortKeyOf } from '../cursor.ts';
import { batchGet, getItem, type Item, ifFree, putItem, queryPages, type TableOptions } from './items.ts';
import {
  dynamodbPlanVersions,
  readPlanBody,
  type StoredSummary,
  storedSummary,
  summaryKey,
  withStoredLines,
  writeVersion,
} from './plan-versions.ts';

const MAX_PAGE = 100;

const LIST_PARTITION = 'plans';
const LIST_KEY = /^\d{15}#.+$/;

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
      return putItem(options, { ...summaryKey(valid.planId), summary: valid }, ifFree);
    },

    complete: async (plan, basis) => {
      if ((await readSummary(plan.planId))?.summary.status === 'planned') return;
      const life = { ...newLife(plan.planId), revision: 1 };
      const { head, body } = await writeVersion(
        options,
        { version: firstVersion(plan), plan, ...(basis && { basis }) },
        undefined,
      );
      await writeOutcome({ summary: summaryOf(plan, life), body, life, head });
    },

    fail: async (summary) => writeOutcome({ summary: planSummarySchema.parse(summary) }),

    summary: async (planId) => (await readSummary(planId))?.summary,

    get: async (planId) => {
      const { body, life } = (await readSummary(planId)) ?? {};
      return body && withStoredLines(options, await readPlanBody(options, planId, body), life?.version ?? 1);
    },

    list: (page) => listPlans(options, page),

    ...dynamodbPlanVersions(options),
  };
};

const listKey = ({ requestedAt, planId }: PlanSummary): string => `${sortableInstant(requestedAt)}#${planId}`;

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
