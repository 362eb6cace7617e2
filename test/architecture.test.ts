import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * Who may import whom (DESIGN §2, kept in ARCHITECTURE.md). A rule names the files it binds, the parts of this repository and
 * the packages they may use; everything else is a finding.
 */
const root = join(import.meta.dirname, '..');

const domain = [
  'shared/telemetry',
  'shared/waste',
  'shared/environment',
  'shared/routing',
  'shared/open-data',
  'shared/city',
];

type Rule = {
  readonly name: string;
  readonly files: readonly string[];
  /** Repository paths (folders or files) that may be imported. */
  readonly mayUse: readonly string[];
  /** Packages by name or prefix; `node:*` entries name built-in modules. */
  readonly packages: readonly string[];
};

const rules: readonly Rule[] = [
  {
    name: 'the domain does no I/O and knows neither AWS nor middy',
    files: domain,
    mayUse: [...domain, 'events'],
    packages: [
      'zod',
      'zod-openapi',
      'csv-parse',
      'csv-stringify',
      'node:util',
      'node:crypto',
      'node:buffer',
      // OpenStreetMap's binary format: protocol buffers, deflated.
      'node:zlib',
      'pbf',
      // Parquet's bytes: arithmetic.
      'hyparquet-writer',
      // Scales and curves of the reports' charts: arithmetic.
      'd3-scale',
      'd3-shape',
      // An interpreter that can do no I/O, for codecs that a city brings along.
      'quickjs-emscripten-core',
      '@jitl/quickjs-singlefile-mjs-release-sync',
    ],
  },
  {
    name: 'the checker shares no code with the optimizer',
    files: ['shared/routing/checker.ts', 'shared/routing/checker'],
    mayUse: ['shared/routing/checker', 'shared/routing/problem.ts', 'shared/routing/solution.ts'],
    packages: [],
  },
  {
    name: 'events are schemas and constants only',
    files: ['events'],
    mayUse: ['events', 'shared/telemetry/quantity.ts'],
    packages: ['zod'],
  },
  {
    name: 'storage implements the domain’s ports on AWS and knows no function',
    files: ['shared/storage', 'shared/provisioning'],
    mayUse: ['shared/storage', 'shared/provisioning', ...domain, 'events', 'shared/lambda/environment.ts'],
    packages: ['@aws-sdk/', '@smithy/', 'zod', 'node:'],
  },
  {
    name: 'islands run the optimizer on threads and know nothing else',
    files: ['shared/islands'],
    mayUse: ['shared/islands', 'shared/routing'],
    packages: ['node:worker_threads', 'node:os'],
  },
  {
    name: 'the sandbox runs scripts on a thread and knows nothing else',
    files: ['shared/sandbox'],
    mayUse: ['shared/sandbox', 'shared/telemetry/scripted-codecs'],
    packages: ['node:worker_threads'],
  },
  {
    name: 'printing makes bytes of a definition and knows nothing else',
    files: ['shared/printing'],
    mayUse: ['shared/printing'],
    packages: ['pdfmake'],
  },
  {
    name: 'the Lambda stack knows no function and no deployment',
    files: ['shared/lambda'],
    mayUse: ['shared/lambda', ...domain, 'events'],
    packages: ['@middy/', '@aws-lambda-powertools/', 'zod', 'zod-openapi', 'aws-lambda', 'node:'],
  },
  {
    name: 'functions wire domain and storage together',
    files: ['functions'],
    mayUse: ['functions', 'shared', 'events'],
    packages: [
      ...['@middy/', '@aws-lambda-powertools/', 'zod', 'zod-openapi', 'aws-lambda'],
      ...['node:buffer', 'node:crypto', 'node:util'],
    ],
  },
  {
    name: 'infra imports only names and schemas',
    files: ['infra'],
    mayUse: [
      'infra',
      'tools',
      'events',
      'shared/lambda/environment.ts',
      'shared/lambda/content-security-policy.ts',
      'shared/storage/dynamodb/tables.ts',
      'shared/storage/timestream/table-settings.ts',
      'shared/provisioning',
    ],
    packages: ['aws-cdk-lib', 'constructs', 'cdk-nag', 'zod', 'node:'],
  },
  {
    name: 'the console talks HTTP and shares only the pure domain',
    files: ['web'],
    mayUse: ['web', ...domain],
    packages: [
      'preact',
      'maplibre-gl',
      'geojson',
      'd3-scale',
      'd3-shape',
      'vite',
      '@preact/',
      'oauth4webapi',
      'zod',
      'node:',
    ],
  },
];

const importPattern =
  /(?:^|\n)\s*(?:import|export)\b[^'";]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;

const specifiersOf = (file: string): readonly string[] =>
  [...readFileSync(join(root, file), 'utf8').matchAll(importPattern)].flatMap(
    (match) => match[1] ?? match[2] ?? match[3] ?? [],
  );

const isUnder = (path: string, places: readonly string[]): boolean =>
  places.some((place) => path === place || path.startsWith(`${place}/`));

const isAllowed = (file: string, specifier: string, rule: Rule): boolean =>
  specifier.startsWith('.')
    ? isUnder(relative(root, join(root, dirname(file), specifier.split('?')[0] ?? '')), rule.mayUse)
    : rule.packages.some(
        (name) =>
          specifier === name || specifier.startsWith(name.endsWith('/') || name.endsWith(':') ? name : `${name}/`),
      );

const filesOf = (rule: Rule): readonly string[] =>
  rule.files.flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root, exclude: ['**/dist/**'] }));

describe('who may import whom', () => {
  it.each(rules)('$name', (rule) => {
    const findings = filesOf(rule).flatMap((file) =>
      specifiersOf(file)
        .filter((specifier) => !isAllowed(file, specifier, rule))
        .map((specifier) => `${file} imports ${specifier}`),
    );
    expect(findings).toEqual([]);
  });

  it('sees imports of every form, so that the rules above can fail', () => {
    const sample =
      "import a from 'x';\nimport 'y';\nexport * from './z.ts';\nconst w = await import('w');\nimport {\n  b,\n} from 'v';";
    expect([...sample.matchAll(importPattern)].map((match) => match[1] ?? match[2] ?? match[3])).toEqual([
      'x',
      'y',
      './z.ts',
      'w',
      'v',
    ]);
  });
});
