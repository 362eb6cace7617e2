import type { OnBoard } from '../plan.ts';
import type { NoteWords } from './plan-life.ts';

const grouped = (value: number, separator: string): string =>
  String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, separator);

/** A load in words: `about 3,200 L (800 kg)`; `undefined` for none. */
export const loadWords = ({ litres, kg }: OnBoard): NoteWords | undefined =>
  Math.round(litres) <= 0 && Math.round(kg) <= 0
    ? undefined
    : {
        en: `about ${grouped(litres, ',')} L (${grouped(kg, ',')} kg)`,
        vi: `khoảng ${grouped(litres, '.')} lít (${grouped(kg, '.')} kg)`,
      };

/** What a truck that stopped holds and nobody has emptied: somebody must fetch it. */
export const strandedWords = (onBoard: OnBoard | undefined): NoteWords | undefined => {
  const load = onBoard && loadWords(onBoard);
  return (
    load && {
      en: `${load.en} on board did not reach a disposal site and must be fetched`,
      vi: `${load.vi} trên xe chưa đến điểm xử lý, cần cho người đến lấy`,
    }
  );
};
