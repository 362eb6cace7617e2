/** A script and one frame for it. */
export type ScriptCall = {
  readonly script: string;
  /** Tells scripts apart; the same text has the same version. */
  readonly version: string;
  readonly bytes: Uint8Array;
  readonly fPort: number;
  /** What the script's clock shows and its `recvTime` says, UTC epoch milliseconds. */
  readonly receivedAt: number;
};

/** What a script said, copied out of its sandbox: nothing but JSON values. */
export type ScriptAnswer =
  | { readonly ok: true; readonly data: unknown; readonly warnings: readonly string[] }
  | {
      readonly ok: false;
      /** Whether the script refuses the frame, is itself at fault, or went beyond what it may use. */
      readonly fault: 'refused' | 'broken' | 'limit';
      readonly reason: string;
    };

/**
 * Runs strangers' scripts. They can reach nothing but their input, use no more than a little time and memory, and find
 * nothing of an earlier call: each starts from the state in which the script stood when it had just been loaded. A port.
 */
export type Sandbox = {
  /** One answer for each call, in their order. Never rejects for what a script does. */
  readonly run: (calls: readonly ScriptCall[]) => Promise<readonly ScriptAnswer[]>;
};

/** Marks what JSON cannot say in an answer: this and `NaN`, `Infinity`, `-Infinity`. Not a text that a device would send. */
export const NOT_A_NUMBER_MARK = '\u0000number:';
