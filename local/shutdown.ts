/** What was started, to be stopped in the reverse order. */
export type Shutdown = {
  readonly add: (stop: () => Promise<void> | void) => void;
  /** Stops everything once; a part that fails to stop does not keep the others running. */
  readonly run: () => Promise<void>;
};

export const openShutdown = (log: (line: string) => void): Shutdown => {
  const stops: (() => Promise<void> | void)[] = [];
  return {
    add: (stop) => void stops.push(stop),
    run: async () => {
      for (const stop of stops.splice(0).reverse()) {
        try {
          await stop();
        } catch (error) {
          log(`While stopping: ${error instanceof Error ? error.message : String(error)}`);
        }
      }
    },
  };
};
