import type { Machine } from './quickjs-machine.ts';
import type { Sandbox, ScriptAnswer, ScriptCall } from './sandbox.ts';

/** A script that was stopped so often among calls that came together is not tried again among them: others wait behind it. */
const STRIKES = 3;

/** Runs calls one after another; `starting` hears of each before it begins. */
export const runCalls = async (
  machine: Machine,
  calls: readonly ScriptCall[],
  starting: (index: number) => void = () => {},
): Promise<readonly ScriptAnswer[]> => {
  const strikes = new Map<string, number>();
  const answers: ScriptAnswer[] = [];
  for (const [index, call] of calls.entries()) {
    const struck = strikes.get(call.version) ?? 0;
    if (struck >= STRIKES) {
      answers.push({
        ok: false,
        fault: 'limit',
        reason: `it was stopped ${STRIKES} times just before, and not run again`,
      });
      continue;
    }
    starting(index);
    const answer = await machine.run(call);
    if (!answer.ok && answer.fault === 'limit') strikes.set(call.version, struck + 1);
    answers.push(answer);
  }
  return answers;
};

/**
 * Scripts in the caller's own thread, for a command line, a test or a benchmark. There a script that keeps the interpreter busy
 * within one of its own functions (a multiplication of huge integers) may overstay its time; `openSandboxThread` cuts that short.
 */
export const sandboxInThisThread = (): Sandbox => {
  let machine: Promise<Machine> | undefined;
  return {
    run: async (calls) => {
      machine ??= import('./quickjs-machine.ts').then(({ openMachine }) => openMachine());
      return runCalls(await machine, calls);
    },
  };
};
