import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  CityNotRunningError,
  cityEnvironment,
  findRunning,
  phosachHome,
  type RunningCity,
  readRunning,
  removeRunning,
  writeRunning,
} from '../../../local/home.ts';

const city: RunningCity = {
  pid: process.pid,
  startedAt: 1_767_225_600_000,
  http: 'http://localhost:8080',
  mqtt: { host: 'localhost', port: 8883 },
  endpoints: {
    dynamodb: 'http://127.0.0.1:1',
    sqs: 'http://127.0.0.1:2',
    timestream: 'http://127.0.0.1:3',
    s3: 'http://127.0.0.1:4',
    sns: 'http://127.0.0.1:5',
  },
  queues: {
    uplinks: 'http://127.0.0.1:2/000000000000/uplinks',
    deadLetter: 'http://127.0.0.1:2/000000000000/dead-letter',
    stationFiles: 'http://127.0.0.1:2/000000000000/station-files',
    stationFilesDeadLetter: 'http://127.0.0.1:2/000000000000/station-files-dead-letter',
    plans: 'http://127.0.0.1:2/000000000000/plans',
    episodes: 'http://127.0.0.1:2/000000000000/episodes',
  },
  cityId: 'thu-dau-mot',
  tableName: 'phosach',
  readingStore: 'timestream',
  timestreamDatabase: 'phosach',
  timestreamTable: 'readings',
};

const freshHome = (): string => mkdtempSync(join(tmpdir(), 'phosach-home-'));

describe('the running city', () => {
  it('is found by what it wrote, until it says goodbye', () => {
    const home = freshHome();
    writeRunning(home, city);
    expect(readRunning(home)).toEqual(city);
    removeRunning(home);
    expect(findRunning(home)).toBeUndefined();
  });

  it('is not running when its process was killed and the file stayed', () => {
    const home = freshHome();
    writeRunning(home, { ...city, pid: 2 ** 22 + 1 });
    expect(() => readRunning(home)).toThrow(CityNotRunningError);
  });

  it.each(['', '{', '{}', '{"pid":0}'])('is not running when the file holds %j', (text) => {
    const home = freshHome();
    writeFileSync(join(home, 'run.json'), text);
    expect(() => readRunning(home)).toThrow('is not running: start it with npm start');
  });

  it('redirects every SDK client by environment variables alone', () => {
    expect(cityEnvironment(city)).toMatchObject({
      AWS_ENDPOINT_URL_DYNAMODB: city.endpoints.dynamodb,
      AWS_ENDPOINT_URL_SQS: city.endpoints.sqs,
      AWS_ENDPOINT_URL_TIMESTREAM_WRITE: city.endpoints.timestream,
      AWS_ENDPOINT_URL_TIMESTREAM_QUERY: city.endpoints.timestream,
      TABLE_NAME: 'phosach',
    });
  });

  it('lives in PHOSACH_HOME, or in .phosach', () => {
    expect(phosachHome({ PHOSACH_HOME: '/somewhere/else' })).toBe('/somewhere/else');
    expect(phosachHome({})).toBe(join(process.cwd(), '.phosach'));
  });
});
