import { once } from 'node:events';
import ssh2, { type ConnectConfig, type SFTPWrapper, type Stats } from 'ssh2';

/** Vietnam has had UTC+7 without change since 1975. */
export const stamp = (at: number): string =>
  new Date(at + 7 * 3_600_000).toISOString().replaceAll(/\D/g, '').slice(0, 14);
export const nameOf = (code: string, at: number): string => `${code}_${stamp(at)}.txt`;

/** Once for all of a file’s tests: the next five minutes may begin between two of them. */
const lastFullFiveMinutes = (Math.floor(Date.now() / 300_000) - 1) * 300_000;

/** The last full five minutes, and others before it. */
export const instant = (minutesAgo: number): number => lastFullFiveMinutes - minutesAgo * 60_000;

/** What a logger writes: temperature, PM2.5, and ozone under calibration. */
export const airFile = (at: number, pm25: string): string =>
  [
    `Temp\t31.2\toC\t${stamp(at)}\t00`,
    `PM2,5\t${pm25}\tug/m3\t${stamp(at)}\t00`,
    `O3\t\tµg/Nm3\t${stamp(at)}\t02`,
    '',
  ].join('\r\n');

/** A call with a callback as a promise. */
export const called = <T = void>(call: (done: (error?: Error | null, value?: T) => void) => unknown): Promise<T> =>
  new Promise((resolve, reject) => {
    call((error, value) => (error ? reject(error) : resolve(value as T)));
  });

/** A session at a city's SFTP server. */
export const connectTo = async (login: ConnectConfig) => {
  const client = new ssh2.Client();
  const ready = once(client, 'ready');
  client.connect(login);
  await ready;
  const sftp = await called<SFTPWrapper>((done) => client.sftp(done));
  return {
    client,
    sftp,
    write: (path: string, data: string) => called((done) => sftp.writeFile(path, data, done)),
    rename: (from: string, to: string) => called((done) => sftp.rename(from, to, done)),
    size: async (path: string) => (await called<Stats>((done) => sftp.stat(path, done))).size,
    end: async () => {
      const closed = once(client, 'close');
      client.end();
      await closed;
    },
  };
};
