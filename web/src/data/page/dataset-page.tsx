import type { ComponentChild } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Catalogue, Dataset } from '../catalogue.ts';
import { examplesOf } from '../examples.ts';
import { usePortal } from '../portal-locale.ts';
import { CodeBlock } from './code-block.tsx';
import { PreviewView } from './preview-view.tsx';

const Fact = ({ term, children }: { readonly term: string; readonly children: ComponentChild }) => (
  <div>
    <dt>{term}</dt>
    <dd>{children}</dd>
  </div>
);

const Facts = ({ catalogue, dataset }: { readonly catalogue: Catalogue; readonly dataset: Dataset }) => {
  const { w, f } = usePortal();
  const { licence, publisher, contact } = catalogue;
  const { frequency, from, to, box } = dataset;
  const frequencies: Readonly<Record<string, string>> = w.frequencies;
  const shown = (date: string): string => `${f.day(date.slice(0, 10))} ${f.time(date)}`;
  const period = [from === undefined ? '' : shown(from), to === undefined ? '' : w.until(shown(to))];
  const degrees = (value: number): string => f.number(value, 4);
  return (
    <dl class="facts">
      <Fact term={w.licence}>
        <a href={licence.url} rel="license">
          {licence.name}
        </a>
      </Fact>
      <Fact term={w.publisher}>{publisher}</Fact>
      {contact !== undefined && (
        <Fact term={w.contact}>
          <a href={`mailto:${contact.email}`}>{contact.name}</a>
        </Fact>
      )}
      <Fact term={w.frequency}>{frequency === undefined ? w.unknown : (frequencies[frequency] ?? frequency)}</Fact>
      <Fact term={w.period}>{period.filter(Boolean).join(' ') || w.unknown}</Fact>
      <Fact term={w.area}>
        {box === undefined ? w.unknown : w.degrees(box.map(degrees) as [string, string, string, string])}
      </Fact>
    </dl>
  );
};

const Downloads = ({ dataset }: { readonly dataset: Dataset }) => {
  const { w, language } = usePortal();
  return (
    <section>
      <h2>{w.download}</h2>
      <ul class="downloads">
        {dataset.distributions.map(({ title, path, mediaType }) => (
          <li key={path}>
            <a href={path} type={mediaType}>
              {title[language]}
            </a>{' '}
            <span class="quiet">{mediaType}</span>
          </li>
        ))}
      </ul>
    </section>
  );
};

const Examples = ({ dataset }: { readonly dataset: Dataset }) => {
  const { w, language } = usePortal();
  return (
    <section>
      <h2>{w.examples}</h2>
      {dataset.distributions.some(({ path }) => path.startsWith('/open/v1/readings?')) && (
        <p class="quiet">{w.pagingHint}</p>
      )}
      {examplesOf(dataset, location.origin).map(({ tool, code, of }) => (
        <div key={tool}>
          <h3>{tool}</h3>
          {of !== undefined && <p class="quiet">{of[language]}</p>}
          {tool === 'QGIS' && <p class="quiet">{w.qgisHint}</p>}
          <CodeBlock label={tool} code={code} />
        </div>
      ))}
    </section>
  );
};

export const DatasetPage = ({ catalogue, dataset }: { readonly catalogue: Catalogue; readonly dataset: Dataset }) => {
  const { w, language } = usePortal();
  const heading = useRef<HTMLHeadingElement>(null);
  // Reading goes on from here when the page changes below a screen reader.
  useEffect(() => {
    scrollTo(0, 0);
    heading.current?.focus();
  }, [dataset.id]);
  return (
    <>
      <p>
        <a class="back" href="#all">
          {`← ${w.back}`}
        </a>
      </p>
      <h1 ref={heading} tabIndex={-1}>
        {dataset.title[language]}
      </h1>
      <p class="lead">{dataset.description[language]}</p>
      <Facts catalogue={catalogue} dataset={dataset} />
      <PreviewView key={dataset.id} dataset={dataset} />
      <Downloads dataset={dataset} />
      <Examples dataset={dataset} />
    </>
  );
};
