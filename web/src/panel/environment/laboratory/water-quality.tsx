import { localDate } from '../../../../../shared/city/calendar.ts';
import { getSamples, getWaterQuality, type WireSample, type WireWaterQuality } from '../../../api/laboratory.ts';
import { useLaboratoryWords } from '../../../i18n/laboratory-words.ts';
import { useLocale } from '../../../i18n/language.ts';
import { useResource } from '../../../state/resource.ts';
import { ProblemNotice } from '../../trouble-notice.tsx';
import { quantityLabel } from '../quantity-label.ts';
import { IndexLine } from './index-line.tsx';
import { SampleForm } from './sample-form.tsx';

const REFRESH_MS = 5 * 60_000;

const Quality = ({ quality }: { readonly quality: WireWaterQuality }) => {
  const w = useLaboratoryWords();
  const { f } = useLocale();
  const { vnWqi, indicative, standsDays } = quality;
  return (
    <>
      {vnWqi === null ? (
        <p class="notice">{w.noSample(f.count(standsDays))}</p>
      ) : (
        <>
          <IndexLine result={vnWqi.result} />
          <p class="quiet">
            {w.sampled(f.dateTime(vnWqi.sampledAt), vnWqi.laboratory)} · {w.stands(f.dateTime(vnWqi.standsUntil))}
          </p>
        </>
      )}
      {indicative !== null && indicative.value !== null && (
        <p class="quiet">
          {w.indicative(f.number(indicative.value), f.day(localDate(f.timeZone, Date.parse(indicative.dayEndsAt) - 1)))}
        </p>
      )}
    </>
  );
};

const SampleItem = ({ sample }: { readonly sample: WireSample }) => {
  const w = useLaboratoryWords();
  const { f, language } = useLocale();
  const results = sample.results.map(
    ({ quantity, qualifier, value, unit }) =>
      `${quantityLabel(quantity, language)} ${qualifier === '<' ? '<' : ''}${f.number(value, 4)}${unit === 'pH' ? '' : ` ${unit}`}`,
  );
  return (
    <li>
      <strong>{w.sampled(f.dateTime(sample.sampledAt), sample.laboratory)}</strong>
      <br />
      {results.join('; ')}
      <br />
      <span class="quiet">
        {w.enteredBy(sample.enteredBy, f.dateTime(sample.enteredAt))}
        {sample.correctionReason !== undefined && ` · ${w.corrected(sample.correctionReason)}`}
      </span>
    </li>
  );
};

/** A water station's index, the samples that it rests on, and the form for the next. */
export const WaterQuality = ({ stationId }: { readonly stationId: string }) => {
  const w = useLaboratoryWords();
  const quality = useResource(`water-quality/${stationId}`, (signal) => getWaterQuality(stationId, signal), REFRESH_MS);
  const samples = useResource(`samples/${stationId}`, (signal) => getSamples(stationId, signal), REFRESH_MS);
  const reload = (): void => {
    quality.reload();
    samples.reload();
  };
  return (
    <section class="laboratory">
      <h4>{w.heading}</h4>
      {quality.problem && <ProblemNotice problem={quality.problem} onRetry={reload} />}
      {quality.data && <Quality quality={quality.data} />}
      {samples.data !== undefined && samples.data.length > 0 && (
        <details>
          <summary>{w.samples}</summary>
          <ul class="sample-list">
            {samples.data.map((sample) => (
              <SampleItem key={sample.sampledAt} sample={sample} />
            ))}
          </ul>
        </details>
      )}
      <details>
        <summary>{w.enter}</summary>
        <SampleForm stationId={stationId} onDone={reload} />
      </details>
    </section>
  );
};
