import { useEffect, useRef, useState } from 'preact/hooks';
import { useHash, useLoaded } from '../load.ts';
import { LoadFailed } from '../page/load-failed.tsx';
import { usePortal } from '../portal-locale.ts';
import { type ApiDocument, type ApiOperation, readApiDocument } from './openapi.ts';
import { OperationForm } from './operation-form.tsx';

/** Where the public APIs describe themselves, under the names that stand in this page's address. */
const apis = [
  { key: 'open', name: '/open/v1', description: '/open/v1/openapi.json' },
  { key: 'ogc', name: '/ogc · OGC API – Features', description: '/ogc/openapi.json' },
  { key: 'ngsi', name: '/ngsi-ld/v1 · NGSI-LD', description: '/ngsi-ld/v1/openapi.json' },
  { key: 'sta', name: '/sta/v1.1 · SensorThings', description: '/sta/v1.1/openapi.json' },
] as const;

type ListProps = {
  readonly apiKey: string;
  readonly operations: readonly ApiOperation[];
  readonly chosen: ApiOperation | undefined;
};

const OperationList = ({ apiKey, operations, chosen }: ListProps) => {
  const { w } = usePortal();
  const [wanted, setWanted] = useState('');
  const found = operations.filter(({ path, summary, operationId }) =>
    `${path} ${summary} ${operationId}`.toLowerCase().includes(wanted.trim().toLowerCase()),
  );
  return (
    <nav aria-label={w.operations}>
      <label class="field is-wide">
        <span>{w.filterOperations}</span>
        <input type="search" value={wanted} onInput={({ currentTarget }) => setWanted(currentTarget.value)} />
      </label>
      <ul class="operation-list">
        {found.map((operation) => (
          <li key={operation.operationId}>
            <a
              href={`#${apiKey}/${operation.operationId}`}
              aria-current={operation.operationId === chosen?.operationId ? 'true' : undefined}
            >
              <code translate={false}>{operation.path}</code>
              <br />
              <span class="quiet" lang="en">
                {operation.summary}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
};

const Chosen = ({ document, operation }: { document: ApiDocument; operation: ApiOperation | undefined }) => {
  const { w } = usePortal();
  const heading = useRef<HTMLHeadingElement>(null);
  const id = operation?.operationId;
  const shown = useRef(id);
  useEffect(() => {
    // Not when the page opens: there reading begins at its top.
    if (shown.current !== id) heading.current?.focus();
    shown.current = id;
  }, [id]);
  if (operation === undefined) return <p class="notice">{w.chooseOperation}</p>;
  return (
    <section>
      <h2 ref={heading} tabIndex={-1} lang="en">
        {operation.summary}
      </h2>
      <OperationForm key={id} basePath={document.basePath} operation={operation} />
    </section>
  );
};

/** Every operation of every public API, from their own documents, to be tried on the spot. */
export const ApiPage = () => {
  const { w } = usePortal();
  const [apiKey, operationId] = useHash().split('/');
  const api = apis.find(({ key }) => key === apiKey) ?? apis[0];
  const { data: document, failed, reload } = useLoaded(api.description, readApiDocument);
  const operation = document?.operations.find((each) => each.operationId === operationId) ?? document?.operations[0];
  return (
    <>
      <h1>{w.apiTitle}</h1>
      <p class="lead">{w.apiIntro}</p>
      <label class="field is-wide">
        <span>{w.apis}</span>
        <select
          value={api.key}
          onChange={({ currentTarget }) => {
            location.hash = currentTarget.value;
          }}
        >
          {apis.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <p>
        <a class="back" href={api.description}>
          {w.describes}
        </a>
      </p>
      {failed && <LoadFailed onRetry={reload} />}
      {document === undefined && !failed && <p role="status">{w.loading}</p>}
      {document !== undefined && (
        <div class="api-columns">
          <OperationList key={api.key} apiKey={api.key} operations={document.operations} chosen={operation} />
          <Chosen document={document} operation={operation} />
        </div>
      )}
    </>
  );
};
