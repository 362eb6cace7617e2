import { useState } from 'preact/hooks';
import type { Catalogue, Dataset } from '../catalogue.ts';
import { usePortal } from '../portal-locale.ts';
import type { PortalWords } from '../words.ts';

type Group = keyof PortalWords['groups'];

const groups: readonly Group[] = ['now', 'readings', 'means', 'index', 'places', 'files'];

const groupOf = ({ id }: Dataset): Group => {
  if (id === 'bins' || id === 'stations') return 'places';
  if (id === 'latest-readings' || id === 'exceedance-episodes') return 'now';
  const [start] = id.split('-');
  return start === 'readings' || start === 'means' || start === 'index' ? start : 'files';
};

/** Letters without their marks: who types "bui" finds "Bụi". */
const bare = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll(/[đĐ]/g, 'd').toLowerCase();

const matches = (dataset: Dataset, wanted: string): boolean =>
  [dataset.title, ...dataset.keywords].some(({ vi, en }) => bare(`${vi} ${en} ${dataset.id}`).includes(bare(wanted)));

const Cards = ({ datasets }: { readonly datasets: readonly Dataset[] }) => {
  const { language } = usePortal();
  return (
    <ul class="cards">
      {datasets.map((dataset) => (
        <li key={dataset.id} class="card">
          <a href={`#${dataset.id}`}>{dataset.title[language]}</a>
          <p class="quiet">{dataset.description[language]}</p>
        </li>
      ))}
    </ul>
  );
};

export const DatasetList = ({ catalogue }: { readonly catalogue: Catalogue }) => {
  const { w, f } = usePortal();
  const [wanted, setWanted] = useState('');
  const found = catalogue.datasets.filter((dataset) => matches(dataset, wanted.trim()));
  return (
    <>
      <h1>{w.title}</h1>
      <p class="lead">{w.intro}</p>
      <label class="field is-wide">
        <span>{w.search}</span>
        <input type="search" value={wanted} onInput={({ currentTarget }) => setWanted(currentTarget.value)} />
      </label>
      <p class="quiet" role="status">
        {found.length === 0 ? w.nothingFound : w.found(f.count(found.length))}
      </p>
      {groups.map((group) => {
        const own = found.filter((dataset) => groupOf(dataset) === group);
        return own.length === 0 ? null : (
          <section key={group}>
            <h2>{w.groups[group]}</h2>
            <Cards datasets={own} />
          </section>
        );
      })}
      <p class="quiet portal-foot">
        <a href={catalogue.licence.url}>{catalogue.licence.name}</a> · {catalogue.publisher} ·{' '}
        <a href="/open/v1/catalog.jsonld">{w.catalogue}</a>
      </p>
    </>
  );
};
