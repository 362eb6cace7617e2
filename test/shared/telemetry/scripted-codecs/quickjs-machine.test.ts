import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openMachine, usualLimits } from '../../../../shared/telemetry/scripted-codecs/quickjs-machine.ts';
import { NOT_A_NUMBER_MARK } from '../../../../shared/telemetry/scripted-codecs/sandbox.ts';
import { hostileScripts } from './scripts.ts';

const RECEIVED_AT = Date.parse('2026-11-22T01:00:00Z');
const machine = openMachine();

const run = (script: string, bytes: readonly number[] = [1, 2, 255], fPort = 2) =>
  machine.run({ script, version: script, bytes: Uint8Array.from(bytes), fPort, receivedAt: RECEIVED_AT });

const answering = (expression: string) => `function decodeUplink(input) { return { data: ${expression} } }`;

const good = answering('{ first: input.bytes[0] }');

describe('what a script is given', () => {
  it('TS013: the bytes, the port and the time of reception', async () => {
    const script = answering(
      '{ bytes: input.bytes, port: input.fPort, time: input.recvTime, list: Array.isArray(input.bytes) }',
    );
    expect(await run(script)).toEqual({
      ok: true,
      data: { bytes: [1, 2, 255], port: 2, time: '2026-11-22T01:00:00.000Z', list: true },
      warnings: [],
    });
  });

  it('a clock that stands at the reception, and chance that repeats itself', async () => {
    const script = answering('{ now: Date.now(), date: new Date(), past: new Date(0), chance: Math.random() }');
    const first = await run(script);
    expect(first).toMatchObject({
      data: { now: RECEIVED_AT, date: '2026-11-22T01:00:00.000Z', past: '1970-01-01T00:00:00.000Z' },
    });
    expect(await run(script)).toEqual(first);
    expect(
      await openMachine().run({ script, version: '1', bytes: new Uint8Array(), fPort: 1, receivedAt: RECEIVED_AT }),
    ).toEqual(first);
  });

  it.each([
    ['The Things Network v2', 'function Decoder(bytes, port) { return { first: bytes[0], port: port } }'],
    ['ChirpStack v3', 'function Decode(fPort, bytes, variables) { return { first: bytes[0], port: fPort } }'],
    [
      'an exported function',
      'exports.decodeUplink = (input) => ({ data: { first: input.bytes[0], port: input.fPort } })',
    ],
    [
      'a module',
      'module.exports = { decodeUplink: ({ bytes, fPort }) => ({ data: { first: bytes[0], port: fPort } }) }',
    ],
    ['a constant', 'const decodeUplink = ({ bytes, fPort }) => ({ data: { first: bytes[0], port: fPort } })'],
  ])('is called as in %s', async (_, script) => {
    expect(await run(script)).toMatchObject({ ok: true, data: { first: 1, port: 2 } });
  });

  it('nothing of the machine that it runs on', async () => {
    const names = [
      'process',
      'require',
      'fetch',
      'setTimeout',
      'WebAssembly',
      'performance',
      'navigator',
      'importScripts',
    ];
    const script = answering(`[${names.map((name) => `Function('return typeof ${name}')()`).join()}]`);
    expect(await run(script)).toMatchObject({ data: names.map(() => 'undefined') });
  });
});

describe('what a script says', () => {
  it('its errors refuse the frame, in its words', async () => {
    expect(await run('function decodeUplink() { return { errors: ["bad CRC", "short"] } }')).toEqual({
      ok: false,
      fault: 'refused',
      reason: '"bad CRC"; "short"',
    });
  });

  it('its warnings come along', async () => {
    const script = 'function decodeUplink() { return { data: { a: 1 }, warnings: ["old firmware"] } }';
    expect(await run(script)).toEqual({ ok: true, data: { a: 1 }, warnings: ['old firmware'] });
  });

  it('what JSON cannot say is marked, and never becomes null', async () => {
    expect(
      await run(answering('{ a: NaN, b: -Infinity, c: 12n, d: Uint8Array.of(7), e: undefined, f: null }')),
    ).toMatchObject({
      data: { a: `${NOT_A_NUMBER_MARK}NaN`, b: `${NOT_A_NUMBER_MARK}-Infinity`, c: 12, d: [7], f: null },
    });
  });
});

describe('what outlives a call', () => {
  it.each([
    ['a variable', 'var n = 0; function decodeUplink() { n++; return { data: n } }'],
    [
      'a leaked variable',
      'n = 0; function decodeUplink() { n++; m = typeof m === "undefined" ? n : 99; return { data: m } }',
    ],
    [
      'a closure',
      'const f = (() => { let n = 0; return () => ++n })(); function decodeUplink() { return { data: f() } }',
    ],
    ['a prototype', 'function decodeUplink() { Array.prototype.n = ([].n || 0) + 1; return { data: [].n } }'],
    [
      'a replaced built-in',
      'function decodeUplink() { const n = Math.abs(-1); Math.abs = () => 99; return { data: n } }',
    ],
    [
      'the harness itself',
      'function decodeUplink() { const n = Date.now() > 5 ? 1 : 9; Date.now = () => 0; JSON.stringify = () => "9"; Array.prototype.push = () => 9; return { data: n } }',
    ],
    ['a function redefined', 'function decodeUplink() { decodeUplink = () => ({ data: 99 }); return { data: 1 } }'],
  ])('%s does not', async (_, script) => {
    for (let call = 0; call < 3; call += 1) expect(await run(script)).toEqual({ ok: true, data: 1, warnings: [] });
  });

  it('memory that an earlier call filled is handed out empty', async () => {
    const script = `function decodeUplink(input) {
      var buffers = []; for (var i = 0; i < 40; i++) buffers.push(new Uint8Array(1e5));
      if (input.bytes[0] === 1) buffers.forEach((buffer) => buffer.fill(0xaa));
      return { data: buffers.every((buffer) => !buffer.includes(0xaa)) };
    }`;
    const patient = openMachine({ ...usualLimits, callMs: 2_000 });
    const call = { script, version: '1', fPort: 1, receivedAt: 0 };
    for (const [byte, isEmpty] of [
      [0, true],
      [1, false],
      [0, true],
      [1, false],
      [0, true],
    ] as const) {
      expect(await patient.run({ ...call, bytes: Uint8Array.of(byte) })).toMatchObject({ data: isEmpty });
    }
  });

  it('nothing of one script is seen by another', async () => {
    await run('secret = 42; Object.prototype.secret = 42; function decodeUplink() { return { data: 1 } }');
    expect(await run(answering('[typeof secret, typeof ({}).secret]'))).toMatchObject({
      data: ['undefined', 'undefined'],
    });
  });

  it('scripts taking turns answer as if each were alone', async () => {
    const scripts = [1, 2, 3].map(
      (n) => `let at = ${n}; function decodeUplink(i) { at += i.bytes[0]; return { data: at } }`,
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(2), fc.nat(255)), { maxLength: 20 }), async (turns) => {
        for (const [script, byte] of turns) {
          expect(await run(scripts[script] ?? '', [byte])).toMatchObject({ data: script + 1 + byte });
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('a hostile script', () => {
  it.each(Object.entries(hostileScripts))('%s is contained, told, and harms no other', async (_, [script, reason]) => {
    const began = performance.now();
    for (let attempt = 0; attempt < 2; attempt += 1) {
      const answer = await run(script);
      if (answer.ok) expect(answer).toMatchObject({ data: {} });
      else expect(answer.reason).toMatch(reason);
      expect(await run(good)).toEqual({ ok: true, data: { first: 1 }, warnings: [] });
    }
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});
