import { createHash } from 'node:crypto';
import * as z from 'zod';
import { firstVersion, movedSummary, summaryOf } from '../../routing/lifecycle/first-version.ts';
import type { PlanBasis } from '../../routing/lifecycle/plan-basis.ts';
import { newLife, type PlanLife, planLifeSchema, planVersionSchema } from '../../routing/lifecycle/plan-life.ts';
import { type Plan, planSchema, planSummarySchema } from '../../routing/plan.ts';
import type { PlanVersionStore, StoredVersion } from '../../routing/plan-store.ts';
import { withDrawnLines } from '../../routing/route-lines.ts';
import { getItem, type Key, putItem, queryItems, type TableOptions } from './items.ts';
import { type Packed, pack, packedSchema, unpack } from './packed.ts';
import { planMatrices } from './plan-matrices.ts';

/** What stands in a plan's one item that changes: where it is in its life, its newest version, its line in the list. */
export const storedSummary = z.object({
  summary: planSummarySchema,
  /** The newest version's plan. */
  body: packedSchema.optional(),
  life: planLifeSchema.optional(),
  /** Sort key of the newest version's item. */
  head: z.string().optional(),
});
export type StoredSummary = z.infer<typeof storedSummary>;

export const planPartition = (planId: string): string => `plan#${planId}`;
export const summaryKey = (planId: string): Key => ({ pk: planPartition(planId), sk: 'summary' });

const storedVersion = z.object({
  sk: z.string(),
  version: planVersionSchema,
  plan: packedSchema,
  basis: packedSchema.optional(),
  /** Sort key of the version before. */
  previous: z.string().optional(),
});
type VersionItem = z.infer<typeof storedVersion>;

/** Two writers of one version write two items, and the plan's own item says whose counts. */
const versionKey = (version: number, digest: string): string => `version#${String(version).padStart(5, '0')}#${digest}`;

const linesKey = (planId: string, version: number): Key => ({
  pk: planPartition(planId),
  sk: `lines#${String(version).padStart(5, '0')}`,
});

const storedLines = z.object({ lines: packedSchema });

/** A version's plan with the lines that were drawn since; they are asked for only where they are awaited. */
export const withStoredLines = async (options: TableOptions, plan: Plan, version: number): Promise<Plan> => {
  if (plan.linesToFollow === undefined) return plan;
  const item = await getItem(options, linesKey(plan.planId, version));
  const bytes = item && (await unpack(options, planPartition(plan.planId), storedLines.parse(item).lines));
  return bytes === undefined ? plan : withDrawnLines(plan, z.array(z.string()).parse(JSON.parse(bytes.toString())));
};

export const readPlanBody = async (options: TableOptions, planId: string, packed: Packed): Promise<Plan> => {
  const bytes = await unpack(options, planPartition(planId), packed);
  if (bytes === undefined) throw new Error(`Plan ${planId} has not all of its ${packed.pieces} pieces`);
  return planSchema.parse(JSON.parse(bytes.toString()));
};

/** What we wrote ourselves and whose name is its content's hash is taken at its word. */
const basisSchema = z.custom<PlanBasis>((value) => typeof value === 'object' && value !== null && 'problem' in value);

const readBasis = async (options: TableOptions, planId: string, packed: Packed): Promise<PlanBasis> => {
  const bytes = await unpack(options, planPartition(planId), packed);
  if (bytes === undefined) throw new Error(`The basis of plan ${planId} has not all of its ${packed.pieces} pieces`);
  return basisSchema.parse(JSON.parse(bytes.toString()));
};

/** Writes a version's pieces and its item; found by nobody before the plan's own item names it. Answers what that has to say. */
export const writeVersion = async (
  options: TableOptions,
  { version, plan, basis }: StoredVersion,
  previous: string | undefined,
): Promise<{ readonly head: string; readonly body: Packed }> => {
  const pk = planPartition(plan.planId);
  const body = await pack(options, pk, JSON.stringify(planSchema.parse(plan)));
  const packedBasis = basis && (await pack(options, pk, JSON.stringify(basis)));
  const who = JSON.stringify([version, previous]);
  const head = versionKey(version.version, `${body.digest}-${packedBasis?.digest ?? 'none'}-${hashOf(who)}`);
  await putItem(options, {
    pk,
    sk: head,
    version: planVersionSchema.parse(version),
    plan: body,
    ...(packedBasis && { basis: packedBasis }),
    ...(previous !== undefined && { previous }),
  });
  return { head, body };
};

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

/** The versions that lead to the newest, the oldest first; what lost a race is not among them. */
const chainOf = async (
  options: TableOptions,
  planId: string,
  head: string | undefined,
): Promise<readonly VersionItem[]> => {
  const items = await queryItems(options, planPartition(planId), ['version#', 'version#~']);
  const byKey = new Map(items.map((item) => storedVersion.parse(item)).map((item) => [item.sk, item]));
  const chain: VersionItem[] = [];
  for (let key = head; key !== undefined; key = chain[0]?.previous) {
    const item = byKey.get(key);
    if (item === undefined) throw new Error(`Plan ${planId} names a version that is not there: ${key}`);
    chain.unshift(item);
  }
  return chain;
};

/** The item of a plan that is ready. */
const readReady = async (options: TableOptions, planId: string): Promise<StoredSummary | undefined> => {
  const item = await getItem(options, summaryKey(planId));
  const stored = item && storedSummary.parse(item);
  return stored?.summary.status === 'planned' ? stored : undefined;
};

/** Replaces the item of a plan whose life is at this revision, 0 being none yet; answers false, changing nothing, elsewhere. */
const replaceAt = (options: TableOptions, planId: string, revision: number, stored: StoredSummary): Promise<boolean> =>
  putItem(
    options,
    { ...summaryKey(planId), ...stored },
    revision === 0
      ? {
          ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(#life)',
          ExpressionAttributeNames: { '#life': 'life' },
        }
      : {
          ConditionExpression: '#life.#revision = :expected',
          ExpressionAttributeNames: { '#life': 'life', '#revision': 'revision' },
          ExpressionAttributeValues: { ':expected': revision },
        },
  );

/** Plans of old have no version item: the first is what they are. */
const headOf = async (options: TableOptions, { head, body, summary }: StoredSummary): Promise<string | undefined> => {
  if (head !== undefined || body === undefined) return head;
  const plan = await readPlanBody(options, summary.planId, body);
  return (await writeVersion(options, { version: firstVersion(plan), plan }, undefined)).head;
};

const readVersion = async (
  options: TableOptions,
  planId: string,
  wanted: number,
): Promise<StoredVersion | undefined> => {
  const stored = await readReady(options, planId);
  if (stored?.body === undefined) return undefined;
  if (stored.head === undefined) {
    const plan = wanted === 1 ? await readPlanBody(options, planId, stored.body) : undefined;
    return plan && { version: firstVersion(plan), plan };
  }
  const item = (await chainOf(options, planId, stored.head)).find(({ version }) => version.version === wanted);
  if (item === undefined) return undefined;
  const [plan, basis] = await Promise.all([
    readPlanBody(options, planId, item.plan),
    item.basis && readBasis(options, planId, item.basis),
  ]);
  return { version: item.version, plan: await withStoredLines(options, plan, wanted), ...(basis && { basis }) };
};

const movedOn = (life: PlanLife): PlanLife => planLifeSchema.parse({ ...life, revision: life.revision + 1 });

/**
 * Versions of plans in DynamoDB. A version is written first, under a key of its own that no other writer has; then the plan's one
 * item is replaced on condition that its life is where the writer saw it. So of two writers one wins and the other leaves what
 * nobody finds, and so does one that dies halfway.
 */
export const dynamodbPlanVersions = (options: TableOptions, now: () => number = Date.now): PlanVersionStore => {
  /** The plan's item while its life is where the writer saw it. */
  const seenBy = async ({ planId, revision }: PlanLife): Promise<StoredSummary | undefined> => {
    const stored = await readReady(options, planId);
    return stored?.body === undefined || (stored.life?.revision ?? 0) !== revision ? undefined : stored;
  };

  return {
    life: async (planId) => {
      const stored = await readReady(options, planId);
      return stored && (stored.life ?? newLife(planId));
    },
    versions: async (planId) => {
      const stored = await readReady(options, planId);
      if (stored?.body === undefined) return [];
      if (stored.head === undefined) return [firstVersion(await readPlanBody(options, planId, stored.body))];
      return (await chainOf(options, planId, stored.head)).map(({ version }) => version);
    },
    version: (planId, wanted) => readVersion(options, planId, wanted),
    append: async (life, next) => {
      const stored = await seenBy(life);
      if (stored === undefined) return false;
      const { head, body } = await writeVersion(options, next, await headOf(options, stored));
      const moved = movedOn(life);
      const summary = summaryOf(next.plan, moved);
      return replaceAt(options, life.planId, life.revision, { summary, body, life: moved, head });
    },
    move: async (life) => {
      const stored = await seenBy(life);
      if (stored === undefined) return false;
      const moved = movedOn(life);
      const head = await headOf(options, stored);
      const summary = movedSummary(stored.summary, moved);
      return replaceAt(options, life.planId, life.revision, { ...stored, summary, life: moved, head });
    },
    keepLines: async (planId, version, lines) => {
      const packed = await pack(options, planPartition(planId), JSON.stringify(lines));
      await putItem(options, { ...linesKey(planId, version), lines: packed });
    },
    ...planMatrices(options, now),
  };
};
