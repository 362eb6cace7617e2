import { scriptedCodec } from '../../../../shared/telemetry/scripted-codecs/scripted-codec.ts';

/** An air sensor as a vendor would write it: TS013, with helpers, `var`s that leak, and a log line. */
export const airScript = `
function u16(bytes, at) { return (bytes[at] << 8) | bytes[at + 1]; }
function decodeUplink(input) {
  console.log('frame of', input.bytes.length);
  if (input.bytes.length !== 5) return { errors: ['expected 5 bytes, got ' + input.bytes.length] };
  level = input.bytes[4];
  var output = { data: { air: { pm25: u16(input.bytes, 0) / 10, temp: (u16(input.bytes, 2) / 10).toFixed(1) }, battery: level } };
  if (level < 10) output.warnings = ['battery low'];
  return output;
}`;

export const airMapping = {
  ports: [2],
  values: {
    'air.pm25': { quantity: 'pm25', sentinels: [{ atLeast: 6_553.5, reason: 'sensor-error' }] },
    'air.temp': { quantity: 'airTemperature', text: true },
    battery: { quantity: 'battery' },
  },
};

export const airCodec = scriptedCodec('air', airScript, airMapping);

/** What a script may try, and what the reason for its refusal must say. */
export const hostileScripts: Readonly<Record<string, readonly [script: string, reason: RegExp]>> = {
  'a loop without an end': ['function decodeUplink() { for (;;); }', /longer than/],
  'a loop that catches what ends it': [
    'function decodeUplink() { for (;;) try { for (;;); } catch (e) {} finally { for (;;); } }',
    /longer than/,
  ],
  'a loop outside its functions': ['for (;;);', /longer than/],
  'an array of 4 GB': ['function decodeUplink() { return { data: new Array(4e9 >>> 0).fill(1) } }', /memory/],
  'a buffer of 4 GB': [
    'function decodeUplink() { return { data: new Uint8Array(4 * 1024 ** 3) } }',
    /invalid array buffer/,
  ],
  'ever more buffers': [
    'function decodeUplink() { const a = []; for (;;) a.push(new Uint8Array(1e5)) }',
    /memory|longer/,
  ],
  'a text that doubles': ['function decodeUplink() { let s = "x"; for (;;) s += s }', /string too long|memory/],
  'a recursion without an end': ['const f = () => f() + 1; function decodeUplink() { return f() }', /too deeply/],
  'an answer as deep as a well': [
    'function decodeUplink() { let o = {}; for (let i = 0; i < 5e3; i++) o = { o }; return { data: o } }',
    /too deeply|nested|longer than/,
  ],
  'an answer that holds itself': ['function decodeUplink() { const o = {}; o.o = o; return { data: o } }', /circular/],
  'an answer of a million characters': [
    'function decodeUplink() { return { data: { pm25: "y".repeat(1e6) } } }',
    /characters/,
  ],
  'a getter that never returns': [
    'function decodeUplink() { return { data: { get pm25() { for (;;); } } } }',
    /longer than/,
  ],
  'a getter that throws': ['function decodeUplink() { return { get data() { throw new Error("boo") } } }', /boo/],
  'an error whose message never ends': [
    'function decodeUplink() { throw { get message() { for (;;); } } }',
    /without a message|longer/,
  ],
  'a number thrown': ['function decodeUplink() { throw 5 }', /throws "5"/],
  'null thrown': ['function decodeUplink() { throw null }', /throws/],
  'a symbol thrown': ['function decodeUplink() { throw Symbol("x") }', /throws a symbol/],
  'a promise': ['async function decodeUplink() { return { data: {} } }', /promise/],
  'a regular expression that backtracks for ever': [
    `function decodeUplink() { return { data: { pm25: /^(a+)+$/.test("${'a'.repeat(60)}b") } } }`,
    /longer than/,
  ],
  'a changed prototype': [
    'Object.prototype.toJSON = () => 7; function decodeUplink() { return { data: {} } }',
    /no answer/,
  ],
  'no function': ['var a = 1', /no decodeUplink/],
  'no JavaScript': ['function (', /SyntaxError/],
  'something else than an object': ['function decodeUplink() { return 7 }', /answers number/],
};
