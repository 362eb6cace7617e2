/** An error as SQS answers it; the SDK turns `name` into the exception's name. */
export class SqsError extends Error {
  override readonly name: string;
  /** Goes into `x-amzn-query-error`: the code that the older query protocol used, which the SDK still prefers. */
  readonly queryCode: string;

  constructor(name: string, message: string, queryCode = name) {
    super(message);
    this.name = name;
    this.queryCode = queryCode;
  }
}

const prefixed = (name: string, message: string): SqsError =>
  new SqsError(name, message, `AWS.SimpleQueueService.${name}`);

export const queueDoesNotExist = (): SqsError =>
  new SqsError('QueueDoesNotExist', 'The specified queue does not exist.', 'AWS.SimpleQueueService.NonExistentQueue');
export const receiptHandleIsInvalid = (handle: string): SqsError =>
  new SqsError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`);
export const invalidParameter = (reason: string): SqsError =>
  new SqsError('InvalidParameterValue', `One or more parameters are invalid. Reason: ${reason}`);
export const invalidMessageContents = (): SqsError =>
  new SqsError(
    'InvalidMessageContents',
    'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
  );
export const unsupportedOperation = (what: string): SqsError =>
  prefixed('UnsupportedOperation', `${what} is not supported by the local queues.`);
export const emptyBatchRequest = (): SqsError =>
  prefixed('EmptyBatchRequest', 'There should be at least one entry in the request.');
export const tooManyEntries = (count: number): SqsError =>
  prefixed('TooManyEntriesInBatchRequest', `Maximum number of entries per request are 10. You have sent ${count}.`);
export const batchEntryIdsNotDistinct = (): SqsError =>
  prefixed('BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.');
export const batchRequestTooLong = (limit: number, sent: number): SqsError =>
  prefixed('BatchRequestTooLong', `Batch requests cannot be longer than ${limit} bytes. You have sent ${sent} bytes.`);
