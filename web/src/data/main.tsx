import { render } from 'preact';
import { readCatalogue } from './catalogue.ts';
import { useHash, useLoaded } from './load.ts';
import { DatasetList } from './page/dataset-list.tsx';
import { DatasetPage } from './page/dataset-page.tsx';
import { Frame } from './page/frame.tsx';
import { LoadFailed } from './page/load-failed.tsx';
import { usePortal } from './portal-locale.ts';
import '../styles/tokens.css';
import '../styles/controls.css';
import '../styles/header.css';
import './portal.css';

const Portal = () => {
  const { w } = usePortal();
  const id = useHash();
  const { data: catalogue, failed, reload } = useLoaded('/open/v1/catalog?format=json', readCatalogue);
  if (failed) {
    return (
      <LoadFailed onRetry={reload}>
        <h1>{w.title}</h1>
      </LoadFailed>
    );
  }
  if (catalogue === undefined) {
    return (
      <>
        <h1>{w.title}</h1>
        <p role="status">{w.loading}</p>
      </>
    );
  }
  if (id === '' || id === 'all') return <DatasetList catalogue={catalogue} />;
  const dataset = catalogue.datasets.find((each) => each.id === id);
  if (dataset !== undefined) return <DatasetPage catalogue={catalogue} dataset={dataset} />;
  return (
    <>
      <h1>{w.noDataset}</h1>
      <a href="#all">{w.back}</a>
    </>
  );
};

const root = document.getElementById('app');
if (root) {
  render(
    <Frame here="data">
      <Portal />
    </Frame>,
    root,
  );
}
