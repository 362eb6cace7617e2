import type { Reporter, TestCase } from 'vitest/node';

/** Tells at the end which tests passed only when they were run again, with what they said the first time: such a test is to be mended, not to be lived with. */
export default class FlakyReporter implements Reporter {
  private readonly flaky: string[] = [];

  onTestCaseResult(test: TestCase): void {
    if (!test.diagnostic()?.flaky) return;
    const said = (test.result().errors ?? []).map(({ message }) => `    ${message}`);
    this.flaky.push([`flaky: ${test.module.relativeModuleId} > ${test.fullName}`, ...said].join('\n'));
  }

  onTestRunEnd(): void {
    if (this.flaky.length > 0) console.log(this.flaky.join('\n'));
  }
}
