import ssh2 from 'ssh2';

const { STATUS_CODE } = ssh2.utils.sftp;

/** What goes wrong in words of SFTP: a status and a sentence for the logger's own log. */
export class SftpError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export const denied = (message: string): SftpError => new SftpError(STATUS_CODE.PERMISSION_DENIED, message);
export const failed = (message: string): SftpError => new SftpError(STATUS_CODE.FAILURE, message);

export const statusOf = (error: unknown): number => {
  if (error instanceof SftpError) return error.status;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR' ? STATUS_CODE.NO_SUCH_FILE : STATUS_CODE.FAILURE;
};
