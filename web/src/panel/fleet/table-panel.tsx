import { useState } from 'preact/hooks';
import { type Problem, problemOf } from '../../api/problem.ts';
import { csvAddress, importTable, type RegistryKind, type WireImport } from '../../api/registry.ts';
import { faultText } from '../../i18n/fault-text.ts';
import { useFleetWords } from '../../i18n/fleet-words.ts';
import { useLocale } from '../../i18n/language.ts';
import { ApiLink } from '../../sign-in/api-link.tsx';
import { ProblemNotice } from '../trouble-notice.tsx';

/** So many are shown; whoever mended those checks the file again. */
const MOST_SHOWN = 50;

const Report = ({ report }: { readonly report: WireImport }) => {
  const w = useFleetWords();
  const { f, language } = useLocale();
  const counts = [f.count(report.created), f.count(report.changed), f.count(report.unchanged)] as const;
  return (
    <div class={report.faultyLines > 0 ? 'notice' : 'notice is-good'} role="status">
      <p>{report.dryRun ? w.wouldDo(...counts) : w.did(...counts)}</p>
      {report.faultyLines > 0 && (
        <table class="fault-table">
          <caption class="notice-title">{w.faultyLines(f.count(report.faultyLines))}</caption>
          <thead>
            <tr>
              <th scope="col">{w.line}</th>
              <th scope="col">{w.column}</th>
              <th scope="col">{w.problem}</th>
            </tr>
          </thead>
          <tbody>
            {report.faults.slice(0, MOST_SHOWN).map(({ line, column = '', ...fault }) => (
              <tr key={`${line} ${column} ${fault.message}`}>
                <td>{line}</td>
                <td>{column}</td>
                <td>{faultText(language, fault)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
};

type State = { readonly isBusy: boolean; readonly problem?: Problem; readonly report?: WireImport };

/** A list as a table: down to a spreadsheet, and up again after it was looked over. */
export const TablePanel = ({ kind, onImported }: { readonly kind: RegistryKind; readonly onImported: () => void }) => {
  const w = useFleetWords();
  const [file, setFile] = useState<File>();
  const [state, setState] = useState<State>({ isBusy: false });
  const { isBusy, problem, report } = state;
  const send = (how: { readonly dryRun: boolean; readonly skipFaulty: boolean }): void => {
    if (file === undefined || isBusy) return;
    setState({ isBusy: true });
    importTable(kind, file, how).then(
      (done) => {
        setState({ isBusy: false, report: done });
        if (!done.dryRun) onImported();
      },
      (error: unknown) => setState({ isBusy: false, problem: problemOf(error) }),
    );
  };
  const choose = (chosen: File | undefined): void => {
    setFile(chosen);
    setState({ isBusy: false });
  };
  const wasChecked = report?.dryRun === true;
  const works = wasChecked && report.created + report.changed > 0;
  return (
    <details class="fleet-tables">
      <summary>{w.tables}</summary>
      <p class="quiet">{w.tablesHint}</p>
      <ApiLink class="button" href={csvAddress(kind)} fileName={`${kind}.csv`}>
        {w.download}
      </ApiLink>
      <label class="field is-wide">
        <span>{w.chooseFile}</span>
        <input type="file" accept=".csv,text/csv" onChange={({ currentTarget }) => choose(currentTarget.files?.[0])} />
      </label>
      <div class="fleet-actions">
        <button
          type="button"
          class="button"
          disabled={file === undefined}
          onClick={() => send({ dryRun: true, skipFaulty: false })}
        >
          {w.check}
        </button>
        {works && (
          <button
            type="button"
            class="button is-primary"
            onClick={() => send({ dryRun: false, skipFaulty: report.faultyLines > 0 })}
          >
            {report.faultyLines > 0 ? w.importGood : w.importAll}
          </button>
        )}
      </div>
      {problem && <ProblemNotice problem={problem} />}
      {report && <Report report={report} />}
    </details>
  );
};
