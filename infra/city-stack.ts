import { CfnOutput, Stack, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { BulkFiles } from './bulk-files.ts';
import { CityTable } from './city-table.ts';
import { ConsoleSite } from './console-site.ts';
import { ContextPush } from './context-push.ts';
import { DaySummaries } from './day-summaries.ts';
import { DeviceAccess } from './device-access.ts';
import { DeviceProvisioning } from './device-provisioning.ts';
import { EnvironmentWatch } from './environment-watch.ts';
import { EpisodeNotices } from './episode-notices.ts';
import { Features } from './features.ts';
import { FleetProvisioning } from './fleet-provisioning.ts';
import { HttpApis } from './http-apis.ts';
import { NetworkServers } from './network-servers.ts';
import { NgsiLd } from './ngsi-ld.ts';
import { Operators } from './operators.ts';
import { Outlooks } from './outlooks.ts';
import { PlanCollections } from './plan-collections.ts';
import { ReadingStorage } from './reading-storage.ts';
import { SensorWatch } from './sensor-watch.ts';
import { SensorThings } from './sensorthings.ts';
import type { Settings } from './settings.ts';
import { StationFiles } from './station-files.ts';
import { UplinkIngest } from './uplink-ingest.ts';

/** Everything one city needs on AWS. */
export class CityStack extends Stack {
  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id, {
      description: `Pho Sach, ${settings.city}: bins, air, water and collection routes`,
      ...((settings.account || settings.region) && {
        env: {
          ...(settings.account && { account: settings.account }),
          ...(settings.region && { region: settings.region }),
        },
      }),
    });
    Tags.of(this).add('application', 'phosach');
    Tags.of(this).add('city', settings.city);

    const table = new CityTable(this, 'Table');
    const readings = new ReadingStorage(this, 'Readings', settings.readingStore);
    const stores = { cityId: settings.city, table, readings };

    const devices = new DeviceAccess(this, 'Devices');
    const provisioning = new DeviceProvisioning(this, 'Provisioning', { ...stores, devices });
    const fleet = new FleetProvisioning(this, 'Fleet', { ...stores, devices });
    const { timeZone, consoleUrl } = settings;
    const notices = new EpisodeNotices(this, 'Notices', { ...stores, timeZone, consoleUrl });
    const ingest = new UplinkIngest(this, 'Ingest', { ...stores, notices });
    const stationFiles = new StationFiles(this, 'StationFiles', { ...stores, notices });
    const operators = new Operators(this, 'Operators', settings.city);
    const plans = new PlanCollections(this, 'Plans', {
      ...stores,
      timeZone: settings.timeZone,
      planCron: settings.planCron,
    });
    new EnvironmentWatch(this, 'Environment', { ...stores, timeZone, notices });
    new Outlooks(this, 'Outlooks', { ...stores, timeZone });
    new SensorWatch(this, 'Sensors', { ...stores, timeZone: settings.timeZone });
    new DaySummaries(this, 'DaySummaries', { ...stores, timeZone });
    const apis = new HttpApis(this, 'Http', { ...stores, planQueue: plans.queue, operators, notices });
    new NetworkServers(this, 'NetworkServers', { ...stores, api: apis.api, uplinkQueue: ingest.queue });
    const bulk = new BulkFiles(this, 'Bulk', { ...stores, timeZone });
    const site = new ConsoleSite(this, 'Console', { api: apis.api, bulkFiles: bulk.bucket, operators });
    const publicUrl = `https://${site.distribution.distributionDomainName}`;
    operators.signsInAt([`${publicUrl}/`, `${publicUrl}/crew/`]);
    apis.openData.addEnvironment('PUBLIC_URL', publicUrl);
    new Features(this, 'Features', { ...stores, api: apis.api, publicUrl });
    const writers = settings.sensorthingsWriting === 'on' ? { writers: operators } : {};
    new SensorThings(this, 'SensorThings', { ...stores, api: apis.api, publicUrl, ...writers });
    const { distribution } = site;
    new NgsiLd(this, 'NgsiLd', { ...stores, api: apis.api, distribution, publicUrl });
    const { contextOrigins: origins } = settings;
    if (origins !== undefined) new ContextPush(this, 'ContextPush', { ...stores, timeZone, origins });

    new CfnOutput(this, 'ConsoleUrl', { value: publicUrl });
    new CfnOutput(this, 'ApiUrl', { value: apis.api.apiEndpoint });
    new CfnOutput(this, 'WebhookUrl', { value: `${apis.api.apiEndpoint}/ingest/v1` });
    new CfnOutput(this, 'DevicePolicyName', { value: devices.policyName });
    new CfnOutput(this, 'ProvisionSensorFunctionName', { value: provisioning.lambda.functionName });
    new CfnOutput(this, 'FleetTemplateName', { value: fleet.templateName });
    new CfnOutput(this, 'ClaimPolicyName', { value: fleet.claimPolicyName });
    new CfnOutput(this, 'LorawanDestinationName', { value: ingest.lorawanDestinationName });
    new CfnOutput(this, 'TableName', { value: table.table.tableName });
    new CfnOutput(this, 'UplinkQueueUrl', { value: ingest.queue.queueUrl });
    new CfnOutput(this, 'DeadLetterQueueUrl', { value: ingest.deadLetterQueue.queueUrl });
    new CfnOutput(this, 'StationFilesBucketName', { value: stationFiles.bucket.bucketName });
    new CfnOutput(this, 'StationFilesQueueUrl', { value: stationFiles.queue.queueUrl });
    new CfnOutput(this, 'StationFilesDeadLetterQueueUrl', { value: stationFiles.deadLetterQueue.queueUrl });
    new CfnOutput(this, 'BulkFilesBucketName', { value: bulk.bucket.bucketName });
    new CfnOutput(this, 'NoticeTopicArn', { value: notices.topic.topicArn });
    new CfnOutput(this, 'UserPoolId', { value: operators.pool.userPoolId });
  }
}
