/** Every bulk file's key begins so, and its public address: one rule of the distribution serves them all. */
export const BULK_PREFIX = 'bulk/v1/';
