import type ssh2 from 'ssh2';

type Utils = typeof ssh2.utils;

/** Whether `ssh2` can use a private key. */
export const isUsableKey = ({ parseKey }: Utils, key: string): boolean => !(parseKey(key) instanceof Error);

/**
 * An Ed25519 key pair in OpenSSH's formats. Of the pairs that ssh2 makes one in two hundred is cut short (1.17.0: keys of 233 instead
 * of 256 bytes, which neither it nor OpenSSH reads), so it makes them until one can be used.
 */
export const makeEd25519Pair = (utils: Utils, comment = ''): { readonly private: string; readonly public: string } => {
  for (;;) {
    const pair = utils.generateKeyPairSync('ed25519', { comment });
    if (isUsableKey(utils, pair.private) && isUsableKey(utils, pair.public)) return pair;
  }
};
