import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Registry } from '../../shared/city/registry.ts';
import { reasonOf } from '../../shared/provisioning/compensation.ts';
import { type ProvisionPorts, provisionSensor } from '../../shared/provisioning/provision-sensor.ts';
import { csrSchema } from '../../shared/provisioning/request.ts';
import { type LineFault, readSensorFile, type SensorLine, sensorOf } from './sensor-file.ts';

export type ImportSummary = {
  readonly lines: number;
  readonly added: number;
  readonly changed: number;
  /** So before: of an import that is run again. */
  readonly unchanged: number;
  /** In the order of the file. Nothing of these lines was done. */
  readonly faults: readonly LineFault[];
  /** Not attempted, because many lines in a row failed. */
  readonly skipped: number;
};

export type ImportOptions = {
  readonly file: string;
  readonly dryRun: boolean;
  /** Registers only: the devices fetch their certificates themselves. */
  readonly claim?: boolean;
  /** Hears after every line what became of it. */
  readonly onLine?: (line: SensorLine, outcome: string) => void;
};

/** When the registries do not answer, the rest of the file need not wait for it line by line. */
const FAILURES_IN_A_ROW = 5;

/**
 * Provisions every sensor of a CSV file, line by line: each is done as a whole or not at all, faulty lines keep no other from it.
 * Lines that were done by an earlier run are found unchanged, so an import that was stopped is run again.
 * @throws Error when the file cannot be read as one of sensors.
 */
export const importSensors = async (
  ports: ProvisionPorts,
  { file, dryRun, claim, onLine }: ImportOptions,
): Promise<ImportSummary> => {
  const { lines, faults: readingFaults } = readSensorFile(readFileSync(file));
  const faults: LineFault[] = [...readingFaults];
  const known = new Map((await ports.registry.list('sensor')).map((sensor) => [sensor.id, sensor]));
  const sensors = async () => [...known.values()];
  const counts = { added: 0, changed: 0, unchanged: 0 };
  let attempted = 0;
  let failures = 0;
  for (const line of lines) {
    if (failures >= FAILURES_IN_A_ROW) break;
    attempted += 1;
    if (claim && line.csrFile !== undefined) {
      faults.push({
        line: line.line,
        field: 'csr',
        reason: 'a device that claims its certificate sends its CSR itself',
      });
      continue;
    }
    const prepared = await prepare(ports.registry, line, dirname(file)).catch((error: unknown) => [
      { line: line.line, field: 'id', reason: reasonOf(error) },
    ]);
    if (Array.isArray(prepared)) {
      faults.push(...prepared);
      continue;
    }
    if (dryRun) continue;
    try {
      const { sensor, change, left } = await provisionSensor({ ...ports, sensors }, { ...prepared, claim });
      known.set(sensor.id, sensor);
      failures = 0;
      counts[change] += 1;
      onLine?.(line, [change, ...left.map(({ what, reason }) => `left behind: ${what} (${reason})`)].join('; '));
    } catch (error) {
      if (!isConflict(error)) failures += 1;
      faults.push({ line: line.line, field: 'id', reason: reasonOf(error) });
    }
  }
  return {
    lines: lines.length + new Set(readingFaults.map(({ line }) => line)).size,
    ...counts,
    faults: faults.toSorted((a, b) => a.line - b.line),
    skipped: lines.length - attempted,
  };
};

const isConflict = (error: unknown): boolean => error instanceof Error && error.name === 'RegistrationConflict';

/** What the registry knows of the sensor stays, where the file does not say otherwise. */
const prepare = async (registry: Registry, line: SensorLine, folder: string) => {
  const previous = await registry.get('sensor', String(line.fields.id));
  if (previous?.status === 'retired') {
    const reason = `${previous.id} is retired: npm run sensor -- add brings it back`;
    return [{ line: line.line, field: 'id', reason }];
  }
  const sensor = sensorOf(line, previous);
  if (Array.isArray(sensor)) return sensor;
  const csr = line.csrFile === undefined ? undefined : readCsrFile(resolve(folder, line.csrFile));
  if (csr !== undefined && !csr.ok) return [{ line: line.line, field: 'csr', reason: csr.reason }];
  return { sensor, position: line.position, csr: csr?.pem };
};

/** A CSR's text, or why it is none. */
export const readCsrFile = (
  path: string,
): { readonly ok: true; readonly pem: string } | { readonly ok: false; readonly reason: string } => {
  try {
    const parsed = csrSchema.safeParse(readFileSync(path, 'utf8'));
    if (parsed.success) return { ok: true, pem: parsed.data };
    return { ok: false, reason: `${path} is not ${parsed.error.issues[0]?.message}` };
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  }
};
