import { shrinkPhoto } from '../state/shrink-photo.ts';
import { useCrewWords } from '../words.ts';

export type PhotoState = { readonly status: 'none' | 'failed' } | { readonly status: 'ready'; readonly blob: Blob };

type PhotoFieldProps = { readonly photo: PhotoState; readonly onPhoto: (photo: PhotoState) => void };

const PhotoField = ({ photo, onPhoto }: PhotoFieldProps) => {
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

type MoreToSayProps = PhotoFieldProps & { readonly note: string; readonly onNote: (note: string) => void };

/** A note and a photo, where there is something to say. */
export const MoreToSay = ({ note, onNote, photo, onPhoto }: MoreToSayProps) => {
  const { w } = useCrewWords();
  return (
    <details class="more">
      <summary>{w.more}</summary>
      <label class="field">
        <span>{w.note}</span>
        <textarea
          rows={2}
          maxLength={1_000}
          value={note}
          onInput={({ currentTarget }) => onNote(currentTarget.value)}
        />
      </label>
      <PhotoField photo={photo} onPhoto={onPhoto} />
    </details>
  );
};
