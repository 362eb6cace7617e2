import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';

/**
 * One logger and one set of metrics a function, as JSON lines and CloudWatch's embedded metric format on standard output.
 * `POWERTOOLS_SERVICE_NAME` names the function, `POWERTOOLS_LOG_LEVEL` says how much is told.
 */
const openLogger = (environment: NodeJS.ProcessEnv = process.env): Logger =>
  new Logger({ serviceName: serviceName(environment) });

const openMetrics = (environment: NodeJS.ProcessEnv = process.env): Metrics =>
  new Metrics({
    namespace: environment.POWERTOOLS_METRICS_NAMESPACE ?? 'Phosach',
    serviceName: serviceName(environment),
  });

const serviceName = (environment: NodeJS.ProcessEnv): string =>
  environment.POWERTOOLS_SERVICE_NAME ?? environment.AWS_LAMBDA_FUNCTION_NAME ?? 'phosach';

export const logger = openLogger();
export const metrics = openMetrics();
