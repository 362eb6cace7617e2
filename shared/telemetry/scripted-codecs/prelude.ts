import { NOT_A_NUMBER_MARK } from './sandbox.ts';

/**
 * What is in the sandbox before a script is: a silent console, a clock that stands still, chance that repeats itself, and the
 * function that calls the script and writes its answer down. It runs inside the sandbox and is trusted with nothing: a script may
 * change all of it, and can only spoil its own answer by that, which is thrown away with everything else after the call.
 *
 * The completion value is `run(fPort, receivedAt, bytesAsHex)`, which answers a JSON text.
 */
export const prelude = `(() => {
  const { stringify } = JSON;
  const { isFinite } = Number;
  let instant = 0;

  const NativeDate = Date;
  const StillDate = function Date(...parts) {
    if (!new.target) return new NativeDate(instant).toString();
    return Reflect.construct(NativeDate, parts.length === 0 ? [instant] : parts, new.target);
  };
  Object.defineProperty(StillDate, 'length', { value: 7 });
  StillDate.prototype = NativeDate.prototype;
  StillDate.prototype.constructor = StillDate;
  StillDate.UTC = NativeDate.UTC;
  StillDate.parse = NativeDate.parse;
  StillDate.now = () => instant;
  globalThis.Date = StillDate;

  let seed = 1;
  Math.random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;

  const silent = () => {};
  globalThis.console = { log: silent, debug: silent, info: silent, warn: silent, error: silent, trace: silent };
  globalThis.exports = {};
  globalThis.module = { exports: globalThis.exports };

  const plain = (key, value) => {
    if (typeof value === 'number' && !isFinite(value)) return ${JSON.stringify(NOT_A_NUMBER_MARK)} + value;
    if (typeof value === 'bigint') return Number(value);
    if (ArrayBuffer.isView(value)) return Array.from(value);
    return value;
  };
  const words = (list) => list.map((word) => String(word).slice(0, 500)).slice(0, 20);
  const listOf = (value) => (value === undefined || value === null ? [] : words(Array.isArray(value) ? value : [value]));

  const entry = (name) => {
    const own = globalThis.module && globalThis.module.exports && globalThis.module.exports[name];
    return typeof own === 'function' ? own : undefined;
  };
  const call = (bytes, fPort) => {
    const uplink = typeof decodeUplink === 'function' ? decodeUplink : entry('decodeUplink');
    if (uplink) {
      const input = { bytes, fPort, recvTime: new StillDate(instant), variables: {} };
      const output = uplink(input);
      if (typeof output !== 'object' || output === null) return { broken: 'decodeUplink answers ' + (output === null ? 'null' : typeof output) };
      if (typeof output.then === 'function') return { broken: 'decodeUplink answers a promise' };
      const errors = listOf(output.errors);
      return errors.length > 0 ? { errors } : { data: output.data, warnings: listOf(output.warnings) };
    }
    const chirpstack = typeof Decode === 'function' ? Decode : entry('Decode');
    const ttn = typeof Decoder === 'function' ? Decoder : entry('Decoder');
    if (!chirpstack && !ttn) return { broken: 'there is no decodeUplink, Decode or Decoder in it' };
    const data = chirpstack ? chirpstack(fPort, bytes, {}) : ttn(bytes, fPort);
    if (typeof data === 'object' && data !== null && typeof data.then === 'function') return { broken: 'it answers a promise' };
    return { data, warnings: [] };
  };

  return (fPort, receivedAt, hex) => {
    instant = receivedAt;
    const bytes = [];
    for (let at = 0; at < hex.length; at += 2) bytes.push(parseInt(hex.slice(at, at + 2), 16));
    return stringify(call(bytes, fPort), plain);
  };
})()`;
