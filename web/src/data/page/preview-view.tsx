import { useState } from 'preact/hooks';
import type { Dataset } from '../catalogue.ts';
import { BarChart } from '../chart/bar-chart.tsx';
import { LineChart } from '../chart/line-chart.tsx';
import { PointsTable, RowsTable } from '../chart/preview-table.tsx';
import { useLoaded } from '../load.ts';
import { usePortal } from '../portal-locale.ts';
import { type PlaceSeries, type Preview, previewPath, readPreview } from '../preview.ts';
import { LoadFailed } from './load-failed.tsx';

type Names = ReadonlyMap<string, string>;

const readNames = (answer: unknown): Names => {
  const { stations = [] } = (answer ?? {}) as { stations?: readonly { id: string; name: string }[] };
  return new Map(stations.map(({ id, name }) => [id, name]));
};

type SeriesProps = { readonly dataset: Dataset; readonly series: readonly PlaceSeries[]; readonly names: Names };

const SeriesPreview = ({ dataset, series, names }: SeriesProps) => {
  const { w, f, language } = usePortal();
  const [placeId, setPlaceId] = useState<string>();
  const withValues = series.filter(({ points }) => points.some(({ value }) => value !== null));
  const chosen = series.find((each) => each.placeId === placeId) ?? withValues[0] ?? series[0];
  if (chosen === undefined) return <p class="notice">{w.noValues}</p>;
  const name = names.get(chosen.placeId) ?? chosen.placeId;
  const values = chosen.points.flatMap(({ value }) => (value === null ? [] : [value]));
  const summary = w.summary(name, f.number(Math.min(...values), 2), f.number(Math.max(...values), 2), chosen.unit);
  return (
    <>
      <label class="field is-wide">
        <span>{w.station}</span>
        <select value={chosen.placeId} onChange={({ currentTarget }) => setPlaceId(currentTarget.value)}>
          {series.map((each) => (
            <option key={each.placeId} value={each.placeId}>
              {names.get(each.placeId) ?? each.placeId}
            </option>
          ))}
        </select>
      </label>
      {values.length === 0 ? (
        <p class="notice">{w.noValues}</p>
      ) : (
        <figure>
          <LineChart
            label={w.chartOf(`${dataset.title[language]}, ${name}`)}
            unit={chosen.unit}
            points={chosen.points}
          />
          <figcaption class="quiet">
            {summary} {w.doubtful}
          </figcaption>
        </figure>
      )}
      <details>
        <summary>{w.asTable}</summary>
        <PointsTable unit={chosen.unit} points={chosen.points} />
      </details>
    </>
  );
};

const Shown = ({ dataset, preview, names }: { dataset: Dataset; preview: Preview; names: Names }) => {
  const { w, language } = usePortal();
  if (preview.kind === 'series') return <SeriesPreview dataset={dataset} series={preview.series} names={names} />;
  if (preview.rows.length === 0) return <p class="notice">{w.noPreview}</p>;
  // One bar says nothing that the table does not.
  if (preview.bars.length < 2) return <RowsTable rows={preview.rows} />;
  return (
    <>
      <figure>
        <BarChart label={w.chartOf(dataset.title[language])} bars={preview.bars} />
        <figcaption class="quiet">{`${w.count}: ${preview.bars
          .map(({ name, count }) => `${name[language]} ${count}`)
          .join(', ')}.`}</figcaption>
      </figure>
      <details>
        <summary>{w.asTable}</summary>
        <RowsTable rows={preview.rows} />
      </details>
    </>
  );
};

export const PreviewView = ({ dataset }: { readonly dataset: Dataset }) => {
  const { w } = usePortal();
  const path = previewPath(dataset);
  const { data, failed, reload } = useLoaded(path, readPreview);
  const { data: names } = useLoaded('/open/v1/stations', readNames);
  return (
    <section>
      <h2>{w.preview}</h2>
      {failed && <LoadFailed onRetry={reload} />}
      {path === undefined && <p class="notice">{w.noPreview}</p>}
      {path !== undefined && !failed && data === undefined && <p role="status">{w.loading}</p>}
      {data !== undefined && <Shown dataset={dataset} preview={data} names={names ?? new Map()} />}
    </section>
  );
};
