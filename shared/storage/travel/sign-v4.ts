import { createHash, createHmac } from 'node:crypto';

/** What a Lambda function finds in its environment. */
export type AwsCredentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
};

export type RequestToSign = {
  readonly method: 'GET' | 'POST';
  /** Without a query. */
  readonly url: URL;
  readonly body: string;
  readonly region: string;
  readonly service: string;
  readonly at: Date;
};

const ALGORITHM = 'AWS4-HMAC-SHA256';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const mac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/**
 * The headers that sign a request for AWS, for a service whose SDK client is not among our dependencies (AWS, "Create a signed
 * AWS API request", Signature Version 4). Signs host and time, and the session's token where there is one.
 */
export const signV4 = (
  { method, url, body, region, service, at }: RequestToSign,
  { accessKeyId, secretAccessKey, sessionToken }: AwsCredentials,
): Readonly<Record<string, string>> => {
  const time = at.toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  const day = time.slice(0, 8);
  const signed: Record<string, string> = {
    host: url.host,
    'x-amz-date': time,
    ...(sessionToken !== undefined && { 'x-amz-security-token': sessionToken }),
  };
  const names = Object.keys(signed).sort();
  const canonicalHeaders = names.map((name) => `${name}:${signed[name]}\n`).join('');
  const canonical = [method, url.pathname, '', canonicalHeaders, names.join(';'), hash(body)].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const key = [region, service, 'aws4_request'].reduce<Buffer>(mac, mac(`AWS4${secretAccessKey}`, day));
  const signature = mac(key, [ALGORITHM, time, scope, hash(canonical)].join('\n')).toString('hex');
  const { host: _, ...headers } = signed;
  return {
    ...headers,
    authorization: `${ALGORITHM} Credential=${accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`,
  };
};
