import type { Reporter, TestModule } from 'vitest/node';

/** The longest test file of a busy machine takes two minutes. */
const STUCK_MS = 8 * 60_000;
const LOOK_EVERY_MS = 15_000;

/**
 * Ends a run in which a test file does not end, and names it. Vitest's own limits cannot: they are timers in the process of the
 * test, which a loop without an end never lets fire.
 */
export default class StuckReporter implements Reporter {
  private readonly startedAt = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;

  onTestRunStart(): void {
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS);
    this.timer.unref();
  }

  onTestModuleStart({ relativeModuleId }: TestModule): void {
    this.startedAt.set(relativeModuleId, Date.now());
  }

  onTestModuleEnd({ relativeModuleId }: TestModule): void {
    this.startedAt.delete(relativeModuleId);
  }

  onTestRunEnd(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    const stuck = [...this.startedAt].filter(([, startedAt]) => Date.now() - startedAt > STUCK_MS);
    if (stuck.length === 0) return;
    for (const [file] of stuck) console.error(`stuck: ${file} has not ended for ${STUCK_MS / 60_000} minutes`);
    process.exit(1);
  }
}
