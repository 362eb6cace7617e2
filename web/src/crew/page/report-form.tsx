import { useState } from 'preact/hooks';
import type { CrewOutcome } from '../../../../shared/routing/crew/crew-report.ts';
import { shrinkPhoto } from '../state/shrink-photo.ts';
import { useCrewWords } from '../words.ts';

/** What the crew said of a stop. */
export type Spoken = {
  readonly outcome: CrewOutcome;
  readonly fractionLeft?: number;
  readonly note?: string;
  readonly photo?: Blob;
};

type ReportFormProps = { readonly stopName: string; readonly onSpoken: (spoken: Spoken) => void };

const QUARTERS = [0.25, 0.5, 0.75] as const;
const outcomes: readonly CrewOutcome[] = ['collected', 'partly', 'blocked', 'not-found'];

type PhotoState = { readonly status: 'none' | 'failed' } | { readonly status: 'ready'; readonly blob: Blob };

const PhotoField = ({
  photo,
  onPhoto,
}: {
  readonly photo: PhotoState;
  readonly onPhoto: (photo: PhotoState) => void;
}) => {
  const { w } = useCrewWords();
  const take = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    try {
      onPhoto({ status: 'ready', blob: await shrinkPhoto(file) });
    } catch {
      onPhoto({ status: 'failed' });
    }
  };
  return (
    <div class="photo-field">
      <label class="button is-large">
        {w.photo}
        <input
          type="file"
          accept="image/*"
          capture="environment"
          class="visually-hidden"
          onChange={({ currentTarget }) => void take(currentTarget.files?.[0])}
        />
      </label>
      <p role="status">{{ none: '', failed: w.photoFailed, ready: `✓ ${w.photoReady}` }[photo.status]}</p>
      {photo.status === 'ready' && (
        <button type="button" class="button" onClick={() => onPhoto({ status: 'none' })}>
          {w.removePhoto}
        </button>
      )}
    </div>
  );
};

/** Four big buttons; a note and a photo where there is something to say. One tap reports, but for what is left of a bin. */
export const ReportForm = ({ stopName, onSpoken }: ReportFormProps) => {
  const { w, f } = useCrewWords();
  const [note, setNote] = useState('');
  const [photo, setPhoto] = useState<PhotoState>({ status: 'none' });
  const [isPartly, setPartly] = useState(false);
  const speak = (outcome: CrewOutcome, fractionLeft?: number): void =>
    onSpoken({
      outcome,
      ...(fractionLeft !== undefined && { fractionLeft }),
      ...(note.trim() !== '' && { note: note.trim() }),
      ...(photo.status === 'ready' && { photo: photo.blob }),
    });
  return (
    <fieldset class="report-form">
      <legend class="visually-hidden">{w.reportOf(stopName)}</legend>
      <div class="outcomes">
        {outcomes.map((outcome) => (
          <button
            key={outcome}
            type="button"
            class={`button is-large is-${outcome}`}
            aria-expanded={outcome === 'partly' ? isPartly : undefined}
            onClick={() => (outcome === 'partly' ? setPartly(!isPartly) : speak(outcome))}
          >
            {w.outcomes[outcome]}
          </button>
        ))}
      </div>
      {isPartly && (
        <fieldset class="how-much">
          <legend>{w.howMuchLeft}</legend>
          {QUARTERS.map((quarter) => (
            <button key={quarter} type="button" class="button is-large" onClick={() => speak('partly', quarter)}>
              {w.left(f.percent(quarter))}
            </button>
          ))}
        </fieldset>
      )}
      <details class="more">
        <summary>{w.more}</summary>
        <label class="field">
          <span>{w.note}</span>
          <textarea
            rows={2}
            maxLength={1_000}
            value={note}
            onInput={({ currentTarget }) => setNote(currentTarget.value)}
          />
        </label>
        <PhotoField photo={photo} onPhoto={setPhoto} />
      </details>
    </fieldset>
  );
};
