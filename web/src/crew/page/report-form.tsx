import { useState } from 'preact/hooks';
import type { CrewOutcome } from '../../../../shared/routing/crew/crew-report.ts';
import { useCrewWords } from '../words.ts';
import { MoreToSay, type PhotoState } from './more-to-say.tsx';

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
      <MoreToSay note={note} onNote={setNote} photo={photo} onPhoto={setPhoto} />
    </fieldset>
  );
};
