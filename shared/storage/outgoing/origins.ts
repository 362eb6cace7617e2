/** Scheme, host and port, as `URL` writes them. */
const originOf = (address: string): string | undefined => {
  if (!URL.canParse(address)) return undefined;
  const { protocol, origin } = new URL(address);
  return protocol === 'https:' || protocol === 'http:' ? origin : undefined;
};

/**
 * The origins of a list with commas, e.g. `https://ioc.example.vn,http://localhost:9090`.
 * @throws Error that names what is no origin: a path or a user in it would be a misunderstanding.
 */
export const readOrigins = (list: string): ReadonlySet<string> =>
  new Set(
    list
      .split(',')
      .map((part) => part.trim().replace(/\/$/, ''))
      .filter((part) => part !== '')
      .map((part) => {
        const origin = originOf(part);
        if (origin === undefined || origin.toLowerCase() !== part.toLowerCase().replace(/:(80|443)$/, '')) {
          throw new Error(`Not an origin, as https://ioc.example.vn is one: ${part}`);
        }
        return origin;
      }),
  );

export const isAllowed = (origins: ReadonlySet<string>, address: string): boolean => {
  const origin = originOf(address);
  return origin !== undefined && origins.has(origin);
};
