import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openQueues, type QueueDefinition, type Queues } from '../../../../local/queues/queues.ts';

const VISIBILITY = 30;
const MAX_RECEIVES = 3;
const definitions: readonly QueueDefinition[] = [
  {
    name: 'work',
    visibilitySeconds: VISIBILITY,
    retentionSeconds: 1e9,
    deadLetter: 'dead',
    maxReceiveCount: MAX_RECEIVES,
  },
  { name: 'dead', visibilitySeconds: VISIBILITY, retentionSeconds: 1e9 },
];

type Step =
  | { readonly do: 'send'; readonly count: number }
  | { readonly do: 'receive'; readonly max: number }
  | { readonly do: 'delete'; readonly pick: number }
  | { readonly do: 'hide'; readonly pick: number; readonly seconds: number }
  | { readonly do: 'pass'; readonly seconds: number }
  | { readonly do: 'reopen' };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('send' as const), count: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ do: fc.constant('receive' as const), max: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ do: fc.constant('delete' as const), pick: fc.nat(50) }),
  fc.record({ do: fc.constant('hide' as const), pick: fc.nat(50), seconds: fc.integer({ min: 0, max: 60 }) }),
  fc.record({ do: fc.constant('pass' as const), seconds: fc.constantFrom(1, 10, 29, 30, 31, 100) }),
  fc.record({ do: fc.constant('reopen' as const) }),
);

/** What must be true of one message, kept without the queue's help. */
type Known = { visibleAt: number; receives: number; handle?: string };

const world = () => {
  const file = join(mkdtempSync(join(tmpdir(), 'phosach-model-')), 'queues.db');
  let now = 1_000_000;
  const clock = (): number => now;
  let queues: Queues = openQueues({ file, queues: definitions, clock });
  const known = new Map<string, Known>();
  /** Every handle ever given out, the worthless ones too. */
  const handles: { readonly body: string; readonly handle: string }[] = [];
  let next = 0;

  const receive = async (max: number): Promise<void> => {
    const due = [...known.values()].filter(({ visibleAt, receives }) => visibleAt <= now && receives < MAX_RECEIVES);
    const messages = await queues.receive('work', { maxMessages: max });
    expect(messages).toHaveLength(Math.min(max, due.length));
    for (const { body, receiptHandle, receiveCount } of messages) {
      const message = known.get(body);
      if (message === undefined) throw new Error(`${body} was deleted, and came again`);
      expect(message.visibleAt).toBeLessThanOrEqual(now);
      expect(receiveCount).toBe(message.receives + 1);
      message.receives = receiveCount;
      message.visibleAt = now + VISIBILITY * 1_000;
      message.handle = receiptHandle;
      handles.push({ body, handle: receiptHandle });
    }
  };

  const steps = {
    send: async ({ count }: { readonly count: number }) => {
      const bodies = Array.from({ length: count }, () => `m${next++}`);
      await Promise.all(bodies.map((body) => queues.send('work', body)));
      for (const body of bodies) known.set(body, { visibleAt: now, receives: 0 });
    },
    delete: async ({ pick }: { readonly pick: number }) => {
      const chosen = handles[pick % Math.max(1, handles.length)];
      if (chosen === undefined) return;
      await queues.delete('work', [chosen.handle]);
      if (known.get(chosen.body)?.handle === chosen.handle) known.delete(chosen.body);
    },
    hide: async ({ pick, seconds }: { readonly pick: number; readonly seconds: number }) => {
      const chosen = handles[pick % Math.max(1, handles.length)];
      if (chosen === undefined) return;
      const message = known.get(chosen.body);
      const good = message?.handle === chosen.handle;
      // Once it has gone to the dead letters its handle is worthless; whether it has is the queue's affair.
      const settled = message !== undefined && message.receives >= MAX_RECEIVES && message.visibleAt <= now;
      const changed = await queues.changeVisibility('work', chosen.handle, seconds);
      if (!settled) expect(changed).toBe(good);
      if (changed && message !== undefined) message.visibleAt = now + seconds * 1_000;
    },
  };

  return {
    run: async (command: Step): Promise<void> => {
      if (command.do === 'send') await steps.send(command);
      else if (command.do === 'receive') await receive(command.max);
      else if (command.do === 'delete') await steps.delete(command);
      else if (command.do === 'hide') await steps.hide(command);
      else if (command.do === 'pass') now += command.seconds * 1_000;
      else {
        await queues.close();
        queues = openQueues({ file, queues: definitions, clock });
        // Receivers died with the process: what they held is visible, and their handles are worthless.
        for (const [body, message] of known) {
          if (message.receives > 0 && message.visibleAt > now)
            known.set(body, { visibleAt: now, receives: message.receives });
        }
      }
    },
    /** All that was acknowledged and not deleted, found by receiving until nothing comes any more. */
    drain: async (): Promise<readonly string[]> => {
      const found = new Set<string>();
      for (const queue of ['work', 'dead']) {
        now += 1_000_000;
        for (;;) {
          const messages = await queues.receive(queue, { maxMessages: 100 });
          for (const { body } of messages) found.add(body);
          if (messages.length === 0) break;
        }
      }
      await queues.close();
      return [...found].sort();
    },
    expected: () => ({ known, handles }),
  };
};

describe('whatever is sent, received, deleted, hidden and reopened, in any order', () => {
  it('nothing comes early, nothing comes after its deletion, nothing acknowledged is lost', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (commands) => {
        const city = world();
        for (const command of commands) await city.run(command);
        const left = [...city.expected().known.keys()].sort();
        expect(await city.drain()).toEqual(left);
      }),
      { numRuns: 150 },
    );
  });
});
