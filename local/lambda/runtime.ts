import { join } from 'node:path';
import { openLogFile } from './log-file.ts';
import { FunctionError, type FunctionSettings, openPool } from './pool.ts';

export type LambdaRuntime = {
  /**
   * Runs the function once and answers what it returned.
   * @throws FunctionError when the handler threw, timed out or its isolate died.
   */
  readonly invoke: (name: string, event: unknown) => Promise<unknown>;
  /** Waits for running invocations, at most five seconds, then ends all isolates. */
  readonly stop: () => Promise<void>;
};

/** Runs functions as Lambda would: one invocation an isolate at a time, new isolates under load, time-outs enforced. */
export const startLambdaRuntime = (
  functions: Readonly<Record<string, FunctionSettings>>,
  logDirectory: string,
): LambdaRuntime => {
  const pools = new Map(
    Object.entries(functions).map(([name, settings]) => [
      name,
      openPool(name, settings, openLogFile(join(logDirectory, `${name}.log`))),
    ]),
  );
  return {
    invoke: (name, event) => {
      const pool = pools.get(name);
      return pool === undefined
        ? Promise.reject(new FunctionError(`No function is called ${name}`))
        : pool.invoke(event);
    },
    stop: async () => {
      await Promise.all([...pools.values()].map((pool) => pool.stop()));
    },
  };
};
