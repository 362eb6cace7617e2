/** How long Timestream keeps readings: the same numbers in the cloud (CDK) and in the local city. */
export const readingsTableSettings = {
  /** Writes newer than this go to the memory store. */
  memoryStoreHours: 24,
  /** Ten years; and since station loggers resend months later, writes older than the memory store are taken too. */
  magneticStoreDays: 3_650,
  enableMagneticStoreWrites: true,
} as const;
