import { entityIdSchema } from '../../shared/city/entities.ts';

/**
 * An id of the registry from whatever a file calls the thing: `node/3754070352` becomes `node-3754070352`. Accents are folded, and
 * every other sign that an id cannot hold becomes a dash.
 * @returns `undefined` when nothing usable is left, or more than an id may hold.
 */
export const entityIdFrom = (prefix: string, text: string): string | undefined => {
  const folded = `${prefix}${text.trim()}`.replace(/[đĐ]/g, (letter) => (letter === 'đ' ? 'd' : 'D')).normalize('NFD');
  const id = folded
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+|-+$/g, '');
  return text.trim() !== '' && entityIdSchema.safeParse(id).success ? id : undefined;
};
