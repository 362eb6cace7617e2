const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What goes wrong is told in words, without a stack; of what was typed wrong also where to read more. */
export const runCommand = async <Command>(
  /** As in `npm run NAME`. */
  name: string,
  read: (args: readonly string[]) => Command,
  run: (command: Command) => Promise<void>,
): Promise<void> => {
  const readTyped = (): Command => {
    try {
      return read(process.argv.slice(2));
    } catch (error) {
      throw new Error(`${wordsOf(error)}\nnpm run ${name} -- help tells more.`);
    }
  };
  try {
    await run(readTyped());
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
};
