/** Why a request to write is refused: `invalid` 400, `conflict` 409, `missing` 404. */
export type WriteFaultKind = 'invalid' | 'conflict' | 'missing';

export type MemberFault = {
  /** Members and indices from the body's root. */
  readonly path: readonly (string | number)[];
  readonly message: string;
};

/** What is wrong with a request to write, with every member at fault. */
export class WriteError extends Error {
  override readonly name = 'WriteError';
  readonly kind: WriteFaultKind;
  readonly faults: readonly MemberFault[];

  constructor(kind: WriteFaultKind, faults: readonly MemberFault[]) {
    super(
      faults.map(({ path, message }) => (path.length === 0 ? message : `${path.join('/')}: ${message}`)).join('; '),
    );
    this.kind = kind;
    this.faults = faults;
  }
}

export const invalid = (path: MemberFault['path'], message: string): WriteError =>
  new WriteError('invalid', [{ path, message }]);

export const conflict = (message: string): WriteError => new WriteError('conflict', [{ path: [], message }]);
