import type { BinWithFill } from '../../api/wire.ts';
import { useCircumstanceWords } from '../../i18n/circumstance-words.ts';
import { useLocale } from '../../i18n/language.ts';
import { useMarkWords } from '../../i18n/mark-words.ts';
import { MarkerIcon } from '../../map/marker-icon.tsx';
import { reportMarker } from '../../map/marker-shapes.ts';
import { silentSinceOf } from '../../state/fill-look.ts';
import type { OverflowMark } from '../../state/overflow-marks.ts';

type BinMarksProps = {
  readonly bin: BinWithFill;
  readonly mark: OverflowMark | undefined;
};

/** What marks a bin in the list, beside its level: the map's own sign, and words. */
export const BinMarks = ({ bin, mark }: BinMarksProps) => {
  const w = useMarkWords();
  if (mark === undefined && silentSinceOf(bin.fill) === undefined) return null;
  return (
    <span class="bin-marks">
      {mark && (
        <span class="bin-mark is-reported">
          <MarkerIcon shape={reportMarker} size={18} />
          {w.reported}
        </span>
      )}
      {silentSinceOf(bin.fill) !== undefined && <span class="bin-mark is-silent">{w.silent}</span>}
    </span>
  );
};

/** The same in a bin's panel, with who and when. */
export const BinMarksInFull = ({ bin, mark, now }: BinMarksProps & { readonly now: number }) => {
  const { f, language } = useLocale();
  const w = useMarkWords();
  const { channels } = useCircumstanceWords();
  const since = silentSinceOf(bin.fill);
  const names = new Intl.ListFormat(language, { type: 'conjunction' });
  const inSentence = (name: string, index: number): string =>
    language === 'en' || index > 0 ? name.charAt(0).toLowerCase() + name.slice(1) : name;
  return (
    <>
      {mark && (
        <p class="bin-mark is-reported">
          <MarkerIcon shape={reportMarker} size={22} />
          <span>
            {w.reportedBy(
              names.format(mark.channels.map((channel, index) => inSentence(channels[channel], index))),
              f.dateTime(mark.firstSeenAt),
              mark.count,
            )}
          </span>
        </p>
      )}
      {since !== undefined && <p class="bin-mark is-silent">{w.silentSince(f.ago(since, now))}</p>}
    </>
  );
};
