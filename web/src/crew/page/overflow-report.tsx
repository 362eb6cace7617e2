import { useRef, useState } from 'preact/hooks';
import { MarkerIcon } from '../../map/marker-icon.tsx';
import { reportMarker } from '../../map/marker-shapes.ts';
import { useOverflowWords } from '../overflow-words.ts';
import type { Crew, CrewState } from '../state/crew.ts';
import { useCrewWords } from '../words.ts';
import { BinChoice, useBinsAround } from './bin-choice.tsx';
import { MoreToSay, type PhotoState } from './more-to-say.tsx';
import { OverflowsSaid } from './overflows-said.tsx';

type OverflowReportProps = { readonly state: CrewState; readonly crew: Crew };

const NO_PHOTO: PhotoState = { status: 'none' };

/** What is typed and chosen, until it is said. */
const useDraft = () => {
  const [text, setText] = useState('');
  const [binId, setBinId] = useState<string>();
  const [note, setNote] = useState('');
  const [photo, setPhoto] = useState<PhotoState>(NO_PHOTO);
  const clear = (): void => {
    setText('');
    setBinId(undefined);
    setNote('');
    setPhoto(NO_PHOTO);
  };
  return { text, binId, note, photo, setText, setBinId, setNote, setPhoto, clear };
};

/** What the page says of the last try to keep something on the phone. */
const useKeeping = () => {
  const { w } = useCrewWords();
  const [said, setSaid] = useState<{ readonly words: string; readonly isProblem?: true }>({ words: '' });
  /** Whether the phone kept it. */
  const keep = async (work: Promise<void>, done: string): Promise<boolean> => {
    const isKept = await work.then(
      () => true,
      () => false,
    );
    setSaid(isKept ? { words: done } : { words: w.notKept, isProblem: true });
    return isKept;
  };
  return { said, setSaid, keep };
};

/** Says that a bin overflows, on the route or off it: a bin near by or found by its name, and what there is to say. */
export const OverflowReport = ({ state, crew }: OverflowReportProps) => {
  const words = useOverflowWords();
  const [isOpen, setOpen] = useState(false);
  const { text, binId, note, photo, setText, setBinId, setNote, setPhoto, clear } = useDraft();
  const { said, setSaid, keep } = useKeeping();
  const summary = useRef<HTMLElement>(null);
  const around = useBinsAround(state, isOpen, text);
  const chosen = around.bins.find(({ id }) => id === binId);

  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (chosen === undefined) return setSaid({ words: words.chooseFirst, isProblem: true });
    const { id, name } = chosen;
    const told = { binId: id, stopName: name, ...(note.trim() !== '' && { note: note.trim() }) };
    const blob = photo.status === 'ready' ? photo.blob : undefined;
    // What was typed stays where it could not be kept.
    if (!(await keep(crew.sayOverflow(told, blob), words.done(name)))) return;
    clear();
    setOpen(false);
    // The button that was pressed is gone from view.
    summary.current?.focus();
  };
  return (
    <section class="overflow-report" aria-label={words.heading}>
      <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary ref={summary}>
          <MarkerIcon shape={reportMarker} size={28} />
          {words.heading}
        </summary>
        {isOpen && (
          <form onSubmit={(event) => void send(event)}>
            <p class="quiet">{words.hint}</p>
            <BinChoice around={around} text={text} onText={setText} binId={binId} onBin={setBinId} />
            <MoreToSay note={note} onNote={setNote} photo={photo} onPhoto={setPhoto} />
            <button type="submit" class="button is-large is-primary">
              {chosen === undefined ? words.send : words.sendFor(chosen.name)}
            </button>
          </form>
        )}
      </details>
      <p role={said.isProblem ? 'alert' : 'status'} class={said.isProblem ? 'notice is-problem' : undefined}>
        {said.words}
      </p>
      <OverflowsSaid
        entries={state.entries}
        onUndo={(entry) => {
          void keep(crew.takeBackOverflow(entry), words.undone(entry.stopName));
          summary.current?.focus();
        }}
      />
    </section>
  );
};
