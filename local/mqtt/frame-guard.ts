import { Duplex } from 'node:stream';
import type { TLSSocket } from 'node:tls';

/**
 * Follows the frames of an MQTT 3.1.1 byte stream by their fixed headers (§2.2) and answers the declared length of the first
 * one that is longer than the limit. The parser behind collects a whole frame before anyone can refuse it, and a header may
 * announce 256 MB.
 */
export const frameMeter = (maxFrameBytes: number): ((chunk: Uint8Array) => number | undefined) => {
  let bodyLeft = 0;
  let lengthShift = -1;
  let length = 0;
  return (chunk) => {
    let at = 0;
    while (at < chunk.length) {
      if (bodyLeft > 0) {
        const skipped = Math.min(bodyLeft, chunk.length - at);
        bodyLeft -= skipped;
        at += skipped;
      } else if (lengthShift < 0) {
        lengthShift = 0;
        length = 0;
        at += 1;
      } else {
        const byte = chunk[at] ?? 0;
        at += 1;
        length += (byte & 0x7f) * 2 ** lengthShift;
        lengthShift += 7;
        if (length > maxFrameBytes) return length;
        if (byte < 0x80) {
          bodyLeft = length;
          lengthShift = -1;
        }
      }
    }
    return undefined;
  };
};

/** A client that reads no more must not hold a closing connection open. */
const CLOSE_TIMEOUT_MS = 5_000;
const BUFFER_BYTES = 16_384;

/** What a client may have under way, with so much for each message besides its payload. */
const MAX_IN_FLIGHT_BYTES = 65_536;
const MESSAGE_OVERHEAD_BYTES = 512;

export type GuardedStreamOptions = {
  readonly maxFrameBytes: number;
  readonly onOversized: (frameBytes: number) => void;
};

export type GuardedStream = {
  readonly stream: Duplex;
  /** Counts a message as under way until the function it answers is called; nothing more is read while there are too many. */
  readonly hold: (payloadBytes: number) => () => void;
};

/**
 * The socket as the broker sees it: the same bytes, cut off at the first frame that is too long, and held back while the
 * client's messages wait to be stored. The broker's own back-pressure lets one read pass for each chunk that arrives, so that a
 * fast client could fill the memory. Destroying the stream lets what was written (a refusal's return code) still leave.
 */
export const guardedStream = (socket: TLSSocket, options: GuardedStreamOptions): GuardedStream => {
  const measure = frameMeter(options.maxFrameBytes);
  let inFlightBytes = 0;
  let wanted = true;
  const flow = (): void => {
    if (wanted && inFlightBytes < MAX_IN_FLIGHT_BYTES) socket.resume();
    else socket.pause();
  };
  const stream = new Duplex({
    readableHighWaterMark: BUFFER_BYTES,
    writableHighWaterMark: BUFFER_BYTES,
    read: () => {
      wanted = true;
      flow();
    },
    writev: (chunks, done) => {
      socket.write(Buffer.concat(chunks.map(({ chunk }) => chunk)), done);
    },
    final: (done) => {
      socket.end(done);
    },
    destroy: (error, done) => {
      socket.setTimeout(CLOSE_TIMEOUT_MS, () => socket.destroy());
      socket.destroySoon();
      done(error);
    },
  });
  socket.on('data', (chunk: Buffer) => {
    const oversized = measure(chunk);
    if (oversized !== undefined) {
      options.onOversized(oversized);
      stream.destroy();
      return;
    }
    wanted = stream.push(chunk);
    flow();
  });
  socket.on('end', () => stream.push(null));
  socket.on('error', (error) => stream.destroy(error));
  socket.on('close', () => stream.destroy());
  return {
    stream,
    hold: (payloadBytes) => {
      const bytes = payloadBytes + MESSAGE_OVERHEAD_BYTES;
      inFlightBytes += bytes;
      flow();
      return () => {
        inFlightBytes -= bytes;
        flow();
      };
    },
  };
};
