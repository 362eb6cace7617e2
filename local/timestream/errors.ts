/** The faults of Timestream's API that this endpoint answers, with their HTTP status in the service's model. */
const statusOf = {
  ValidationException: 400,
  UnknownOperationException: 400,
  ResourceNotFoundException: 404,
  ConflictException: 409,
  RejectedRecordsException: 419,
  ThrottlingException: 429,
  InternalServerException: 500,
} as const;

export type TimestreamFault = keyof typeof statusOf;

/** Thrown by an operation, answered as the fault of the same name. */
export class TimestreamError extends Error {
  override readonly name = 'TimestreamError';
  readonly fault: TimestreamFault;
  readonly status: number;
  /** Members of the fault beside its message, such as `RejectedRecords`. */
  readonly members: Readonly<Record<string, unknown>>;

  constructor(fault: TimestreamFault, message: string, members: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.fault = fault;
    this.status = statusOf[fault];
    this.members = members;
  }
}

export const invalid = (message: string): TimestreamError => new TimestreamError('ValidationException', message);
export const notFound = (message: string): TimestreamError => new TimestreamError('ResourceNotFoundException', message);
export const conflict = (message: string): TimestreamError => new TimestreamError('ConflictException', message);
export const throttled = (message: string): TimestreamError => new TimestreamError('ThrottlingException', message);
