import { createHash } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import { type HttpAnswer, text } from '../../shared/lambda/answer.ts';
import { negotiate } from '../../shared/lambda/content-negotiation.ts';
import { publicOrigin } from '../../shared/lambda/public-address.ts';
import { type Page, pageStyle, renderPage } from '../../shared/open-data/features/html.ts';
import { HTML_TYPE, JSON_TYPE, type Link, linkHeader } from './links.ts';
import { BASE_PATH, type FeaturesParts } from './parts.ts';

export const formatParameter = z
  .enum(['json', 'html'], 'must be json or html')
  .optional()
  .meta({ description: 'Wins over the Accept header, which links cannot set' });

export type Format = 'json' | 'html';

/** @throws ProblemError 406 */
export const wantedFormat = (
  format: Format | undefined,
  { headers }: APIGatewayProxyEventV2,
  jsonType: string = JSON_TYPE,
): Format =>
  negotiate<Format>(
    [
      { format: 'json', mediaType: jsonType },
      // Whoever asks for JSON understands its kinds.
      { format: 'json', mediaType: JSON_TYPE },
      { format: 'html', mediaType: HTML_TYPE },
    ],
    { format, accept: headers.accept, parameter: 'f' },
  );

export const rootOf = (event: APIGatewayProxyEventV2, { publicUrl }: FeaturesParts): string =>
  `${publicOrigin(event, publicUrl)}${BASE_PATH}`;

/** The 200 of a resource in both formats, for OpenAPI. */
export const inBothFormats = (description: string, schema: z.ZodType, jsonType: string = JSON_TYPE) => ({
  200: { description, content: { [jsonType]: schema, [HTML_TYPE]: z.string() } },
});

const styleHash = createHash('sha256').update(pageStyle).digest('base64');
const POLICY = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** Everything here may have changed a minute later. */
const CACHE_CONTROL = 'public, max-age=60, stale-while-revalidate=60';

type Answered<Schema extends z.ZodType> = {
  readonly format: Format;
  readonly schema: Schema;
  readonly json: z.output<Schema>;
  readonly page: () => Page;
  readonly jsonType?: string;
  readonly links?: readonly Link[];
  readonly headers?: Readonly<Record<string, string>>;
};

/** The answer in the wanted format. Links stand in its header too. */
export const answer = <Schema extends z.ZodType>({
  format,
  json,
  page,
  jsonType = JSON_TYPE,
  links = [],
  headers = {},
}: Answered<Schema>): HttpAnswer => {
  const common = {
    'cache-control': CACHE_CONTROL,
    vary: 'Accept',
    ...(links.length > 0 && { link: linkHeader(links) }),
    ...headers,
  };
  if (format === 'json') return text(jsonType, JSON.stringify(json), common);
  return text(`${HTML_TYPE}; charset=utf-8`, renderPage(page()), {
    ...common,
    'content-language': 'vi, en',
    'content-security-policy': POLICY,
  });
};
