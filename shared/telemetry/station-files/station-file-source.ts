import type { StationFilePut } from '../../../events/station-file-event.ts';

export type FoundFile =
  | { readonly status: 'found'; readonly bytes: Uint8Array }
  | { readonly status: 'absent' }
  | { readonly status: 'too-large'; readonly size: number };

/** Where station files lie. A port. */
export type StationFileSource = {
  /**
   * The bytes of a file of at most `maxBytes`.
   * @throws StoreUnavailableError, or whatever went wrong, when it cannot be said now: the caller asks again.
   */
  readonly read: (file: StationFilePut, maxBytes: number) => Promise<FoundFile>;
};
