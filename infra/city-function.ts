import { join } from 'node:path';
import { type Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Architecture, type ParamsAndSecretsLayerVersion, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { ZodObject } from 'zod';
import { bundleSettings } from '../tools/bundle-settings.ts';
import type { CityTable } from './city-table.ts';
import type { ReadingStorage, ReadingsAccess } from './reading-storage.ts';

/** The stores that every function opens. */
export type Stores = { readonly cityId: string; readonly table: CityTable; readonly readings: ReadingStorage };

export type CityFunctionProps = Stores & {
  /** Folder under `functions/`. */
  readonly name: string;
  readonly description: string;
  /** The schema that the handler parses its environment with: a key missing here fails the synthesis. */
  readonly environmentSchema: ZodObject;
  readonly environment?: Readonly<Record<string, string>>;
  /** `none`: it may open the store with all others, and asks it nothing. */
  readonly readingsAccess: ReadingsAccess | 'none';
  readonly tableAccess: 'read' | 'read-write' | 'none';
  readonly timeout: Duration;
  readonly memoryMb: number;
  readonly reservedConcurrency?: number;
  /** The extension through which the function reads secrets; it adds a layer of AWS's. */
  readonly secretsExtension?: ParamsAndSecretsLayerVersion;
};

const functionsDirectory = join(import.meta.dirname, '..', 'functions');

/** One Lambda function as all of ours are: Node 24 on arm64, one bundled ES module, its own log group and least permissions. */
export class CityFunction extends Construct {
  readonly lambda: NodejsFunction;

  constructor(scope: Construct, id: string, props: CityFunctionProps) {
    super(scope, id);
    const environment = {
      CITY_ID: props.cityId,
      // Who opens stores opens all of them; who opens none is not told where they are.
      ...(props.tableAccess !== 'none' && { TABLE_NAME: props.table.table.tableName, ...props.readings.environment }),
      // Open data at a bounded rate, for each address and isolate; docs/open-data-manners.md.
      ...('RATE_LIMIT_PER_MINUTE' in props.environmentSchema.shape && { RATE_LIMIT_PER_MINUTE: '600' }),
      ...props.environment,
    };
    checkEnvironment(props.name, props.environmentSchema, environment);
    this.lambda = new NodejsFunction(this, 'Function', {
      description: props.description,
      entry: join(functionsDirectory, props.name, 'handler.ts'),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      timeout: props.timeout,
      memorySize: props.memoryMb,
      tracing: Tracing.ACTIVE,
      ...(props.reservedConcurrency && { reservedConcurrentExecutions: props.reservedConcurrency }),
      ...(props.secretsExtension && { paramsAndSecrets: props.secretsExtension }),
      environment: { ...environment, POWERTOOLS_SERVICE_NAME: props.name, NODE_OPTIONS: '--enable-source-maps' },
      logGroup: new LogGroup(this, 'Logs', {
        retention: RetentionDays.THREE_MONTHS,
        removalPolicy: RemovalPolicy.DESTROY,
      }),
      bundling: {
        format: OutputFormat.ESM,
        target: bundleSettings.target,
        minify: true,
        sourceMap: true,
        mainFields: bundleSettings.mainFields,
        externalModules: [],
        banner: bundleSettings.banner,
      },
    });
    if (props.tableAccess === 'read-write') props.table.table.grantReadWriteData(this.lambda);
    else if (props.tableAccess === 'read') props.table.table.grantReadData(this.lambda);
    if (props.readingsAccess !== 'none') props.readings.grant(this.lambda, props.readingsAccess);
    Validations.of(this).acknowledge(
      {
        id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
        reason: 'The managed policy only lets the function write its own logs',
      },
      {
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason: 'X-Ray and timestream:DescribeEndpoints know no resources',
      },
    );
  }
}

const checkEnvironment = (name: string, schema: ZodObject, environment: Readonly<Record<string, string>>): void => {
  const known = Object.keys(schema.shape);
  const missing = known.filter((key) => !(key in environment) && !schema.shape[key]?.safeParse(undefined).success);
  const unknown = Object.keys(environment).filter((key) => !known.includes(key));
  if (missing.length + unknown.length === 0) return;
  throw new Error(`functions/${name}: environment lacks [${missing}] and has no use for [${unknown}]`);
};
