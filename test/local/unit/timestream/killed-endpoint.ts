/** An endpoint that tells its address and waits to be killed. */
import { writeSync } from 'node:fs';
import { startTimestreamEndpoint } from '../../../../local/timestream/endpoint.ts';

const directory = process.argv[2];
if (directory === undefined) throw new Error('usage: killed-endpoint.ts DIRECTORY');
const { url } = await startTimestreamEndpoint({ directory });
writeSync(1, `${url}\n`);
