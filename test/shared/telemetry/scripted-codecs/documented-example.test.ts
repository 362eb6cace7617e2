import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeScripted } from '../../../../shared/telemetry/scripted-codecs/decode-scripted.ts';
import { sandboxInThisThread } from '../../../../shared/telemetry/scripted-codecs/run-calls.ts';
import { scriptedCodec } from '../../../../shared/telemetry/scripted-codecs/scripted-codec.ts';

const chapter =
  readFileSync(join(import.meta.dirname, '../../../../docs/devices.md'), 'utf8').split('## Any other device')[1] ?? '';
const block = (language: string): string => new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(chapter)?.[1] ?? '';

describe('the example in docs/devices.md', () => {
  const codec = scriptedCodec('ls-1', block('js'), JSON.parse(block('json')));
  const sandbox = sandboxInThisThread();
  const decode = async (hex: string) => {
    const [result] = await decodeScripted(sandbox, [
      { codec, bytes: Buffer.from(hex, 'hex'), fPort: 2, receivedAt: 0 },
    ]);
    return result;
  };

  it('reads the frame that stands beside it', async () => {
    const hex = / --hex ([0-9a-f]+)/.exec(chapter)?.[1] ?? '';
    expect(await decode(hex)).toEqual({
      ok: true,
      value: {
        warnings: [],
        measurements: [
          { quantity: 'fillDistance', value: 1_200 },
          { quantity: 'binTemperature', value: 26.1 },
          { quantity: 'batteryVoltage', value: 3.3 },
          { quantity: 'tilt', value: 0 },
          { quantity: 'fillDistance', value: 1_190, measuredAt: Date.parse('2025-11-22T02:05:52Z') },
        ],
      },
    });
  });

  it('knows a lost echo, a weak battery and a frame too short', async () => {
    expect(await decode('ffff0105200100')).toMatchObject({
      value: {
        warnings: ['supply voltage low'],
        measurements: [
          { quantity: 'fillDistance', value: null, missing: 'no-echo', doubt: 'codec-warning' },
          { quantity: 'binTemperature', value: 26.1 },
          { quantity: 'batteryVoltage', value: 3.2 },
          { quantity: 'tilt', value: 1 },
        ],
      },
    });
    expect(await decode('ffff')).toMatchObject({ ok: false, reason: expect.stringContaining('"frame too short"') });
  });
});
