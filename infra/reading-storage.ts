import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-timestream';
import { Construct } from 'constructs';
import { readingsTableSettings } from '../shared/storage/timestream/table-settings.ts';

export type ReadingsAccess = 'read' | 'read-write';

/** Where readings live, by the deployment's choice: Timestream for LiveAnalytics, or DynamoDB where a new account cannot have it. */
export class ReadingStorage extends Construct {
  /** What a function must find in its environment to open this store. */
  readonly environment: Readonly<Record<string, string>>;
  /** Gives a function's role what it needs and no more. */
  readonly grant: (grantee: IGrantable, access: ReadingsAccess) => void;

  constructor(scope: Construct, id: string, kind: 'timestream' | 'dynamodb') {
    super(scope, id);
    const { environment, grant } = kind === 'timestream' ? this.timestream() : this.dynamodb();
    this.environment = { READING_STORE: kind, ...environment };
    this.grant = grant;
  }

  private timestream() {
    const database = new CfnDatabase(this, 'Database');
    const table = new CfnTable(this, 'Table', {
      databaseName: database.ref,
      // CloudFormation wants these names and numbers as strings in PascalCase.
      retentionProperties: {
        MemoryStoreRetentionPeriodInHours: String(readingsTableSettings.memoryStoreHours),
        MagneticStoreRetentionPeriodInDays: String(readingsTableSettings.magneticStoreDays),
      },
      magneticStoreWriteProperties: { EnableMagneticStoreWrites: readingsTableSettings.enableMagneticStoreWrites },
    });
    table.applyRemovalPolicy(RemovalPolicy.RETAIN);
    database.applyRemovalPolicy(RemovalPolicy.RETAIN);
    Validations.of(this).acknowledge(
      {
        id: 'CloudFormation-Validate::W3697',
        reason:
          'Timestream for LiveAnalytics is in maintenance: cities that have it keep it, all others deploy -c readingStore=dynamodb',
      },
      { id: 'AwsSolutions-TS3', reason: 'Public environmental readings: the service’s own encryption is enough' },
    );
    const grant = (grantee: IGrantable, access: ReadingsAccess): void => {
      const writes = access === 'read-write' ? ['timestream:WriteRecords'] : [];
      Grant.addToPrincipal({ grantee, actions: ['timestream:Select', ...writes], resourceArns: [table.attrArn] });
      // The SDK asks for its cell's endpoint first; the service knows no resource for that call.
      grantee.grantPrincipal.addToPrincipalPolicy(
        new PolicyStatement({ actions: ['timestream:DescribeEndpoints'], resources: ['*'] }),
      );
    };
    return { environment: { TIMESTREAM_DATABASE: database.ref, TIMESTREAM_TABLE: table.attrName }, grant };
  }

  private dynamodb() {
    const table = new Table(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: 'expiresAt',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const grant = (grantee: IGrantable, access: ReadingsAccess): void => {
      if (access === 'read-write') table.grantReadWriteData(grantee);
      else table.grantReadData(grantee);
    };
    return { environment: { READINGS_TABLE_NAME: table.tableName }, grant };
  }
}
