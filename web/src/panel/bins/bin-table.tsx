import type { BinWithFill } from '../../api/wire.ts';
import { useLocale } from '../../i18n/language.ts';
import type { BinSort } from '../../state/bin-list.ts';
import type { OverflowMark, OverflowMarks } from '../../state/overflow-marks.ts';
import { type Place, placeHref } from '../../state/place.ts';
import { type PlannedStop, routeColour, stopLabel } from '../../state/route-look.ts';
import { ApproximateMark } from '../approximate-mark.tsx';
import { BinMarks } from './bin-marks.tsx';
import { FillCell } from './fill-cell.tsx';
import { streamName } from './stream-name.ts';

type BinTableProps = {
  readonly bins: readonly BinWithFill[];
  readonly sort: BinSort;
  readonly onSort: (next: BinSort) => void;
  readonly planned: ReadonlyMap<string, PlannedStop>;
  readonly marks: OverflowMarks;
  readonly place: Place;
  readonly now: number;
};

const columns = ['name', 'fill', 'measured', 'plan'] as const;

const SortHeading = ({ by, sort, onSort }: Pick<BinTableProps, 'sort' | 'onSort'> & { by: BinSort['by'] }) => {
  const { t } = useLocale();
  const label = { name: t.columnBin, fill: t.columnFill, measured: t.columnMeasured, plan: t.columnPlan }[by];
  const isSorted = sort.by === by;
  const direction = sort.descending ? 'descending' : 'ascending';
  // The fullest and the freshest come first when their column is chosen; names and stops from their beginning.
  const descending = isSorted ? !sort.descending : by === 'fill' || by === 'measured';
  return (
    <th scope="col" class={`column-${by}`} {...(isSorted ? { 'aria-sort': direction } : {})}>
      <button type="button" onClick={() => onSort({ by, descending })}>
        {label}
        <span aria-hidden="true" class="sort-mark">
          {isSorted ? (sort.descending ? '▼' : '▲') : ''}
        </span>
      </button>
    </th>
  );
};

const PlanCell = ({ planned }: { planned: PlannedStop | undefined }) => {
  if (planned === undefined) return <td class="column-plan">–</td>;
  return (
    <td class="column-plan">
      <span class="badge" style={{ '--route-colour': routeColour(planned.routeIndex) }}>
        {stopLabel(planned)}
      </span>
    </td>
  );
};

const BinRow = ({
  bin,
  planned,
  mark,
  place,
  now,
}: Omit<BinTableProps, 'bins' | 'sort' | 'onSort' | 'planned' | 'marks'> & {
  bin: BinWithFill;
  planned: PlannedStop | undefined;
  mark: OverflowMark | undefined;
}) => {
  const { t, f } = useLocale();
  const heardAt = bin.fill.status === 'known' ? bin.fill.measuredAt : bin.fill.lastHeardAt;
  const plan = place.planId === undefined ? {} : { planId: place.planId };
  return (
    <tr class={bin.fill.status === 'no-data' ? 'is-unknown' : undefined}>
      <th scope="row" class="column-name">
        <a href={placeHref({ tab: 'bins', binId: bin.id, ...plan })}>{bin.name}</a>
        <span class="quiet">
          {[bin.ward, streamName(bin.stream, t)].filter((words) => words !== undefined).join(' · ')}
          {bin.positionApproximate && <ApproximateMark />}
        </span>
        <BinMarks bin={bin} mark={mark} />
      </th>
      <td class="column-fill">
        <FillCell bin={bin} />
      </td>
      <td class="column-measured">{heardAt === null ? t.neverHeard : f.ago(heardAt, now)}</td>
      <PlanCell planned={planned} />
    </tr>
  );
};

export const BinTable = ({ bins, sort, onSort, planned, marks, place, now }: BinTableProps) => {
  const { t } = useLocale();
  return (
    <table class="bin-table">
      <caption class="visually-hidden">{t.binsCaption}</caption>
      <thead>
        <tr>
          {columns.map((by) => (
            <SortHeading key={by} by={by} sort={sort} onSort={onSort} />
          ))}
        </tr>
      </thead>
      <tbody>
        {bins.map((bin) => (
          <BinRow
            key={bin.id}
            bin={bin}
            planned={planned.get(bin.id)}
            mark={marks.get(bin.id)}
            place={place}
            now={now}
          />
        ))}
      </tbody>
    </table>
  );
};
