import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { HttpAnswer } from './answer.ts';
import { ProblemError } from './problem.ts';

/** API Gateway takes 10,240 bytes of request line and headers together; a city on one machine lets some more arrive. */
const MOST_ADDRESS_CHARACTERS = 32_768 + 4_096;
/** What a stranger may send to be worked on. */
const MOST_BODY_BYTES = 1_048_576;

const bytesOf = ({ body = '', isBase64Encoded }: APIGatewayProxyEventV2): number =>
  isBase64Encoded ? Math.floor((body.length * 3) / 4) : Buffer.byteLength(body);

/** Refuses what is too long before anybody reads it: 414 for addresses (RFC 9110, 15.5.15), 413 for bodies (15.5.14). */
export const requestSize = (): MiddlewareObj<APIGatewayProxyEventV2, HttpAnswer> => ({
  before: ({ event }) => {
    const characters = event.rawPath.length + event.rawQueryString.length;
    if (characters > MOST_ADDRESS_CHARACTERS) {
      const detail = `The address has ${characters} characters; ${MOST_ADDRESS_CHARACTERS} are possible`;
      throw new ProblemError({ status: 414, kind: 'too-long', detail });
    }
    const bytes = bytesOf(event);
    if (bytes > MOST_BODY_BYTES) {
      const detail = `The body has ${bytes} bytes; ${MOST_BODY_BYTES} are possible`;
      throw new ProblemError({ status: 413, kind: 'too-large', detail });
    }
  },
});
