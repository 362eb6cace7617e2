/**
 * Runs before every npm script, on whatever Node the machine has (20 or newer): installs the locked dependencies when
 * `node_modules` is missing or was made from another lock file. One of them is Node 24 itself, which npm then finds first.
 * Everything it says goes to standard error, so that scripts whose output is read by programs stay clean.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stampFile = join(root, 'node_modules', '.installed-lock');

const lockHash = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');
const nodeBinary = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
const isFresh = () =>
  existsSync(nodeBinary) && existsSync(stampFile) && readFileSync(stampFile, 'utf8').trim() === lockHash;

if (!isFresh()) {
  process.stderr.write('Installing the locked dependencies, once ...\n');
  const npm = process.env.npm_execpath;
  const [command, prefix] = npm ? [process.execPath, [npm]] : ['npm', []];
  const args = [...prefix, 'ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: !npm && process.platform === 'win32',
  });
  if (result.status !== 0) {
    process.stderr.write(`npm ci failed (exit ${result.status ?? result.signal}); see the lines above.\n`);
    process.exit(result.status ?? 1);
  }
  writeFileSync(stampFile, `${lockHash}\n`);
}
