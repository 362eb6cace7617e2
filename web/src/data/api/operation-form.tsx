import { useState } from 'preact/hooks';
import { CodeBlock } from '../page/code-block.tsx';
import { usePortal } from '../portal-locale.ts';
import { AnswerView, type ApiAnswer, ask } from './answer-view.tsx';
import { type ApiOperation, type ApiParameter, addressOf, curlOf, type Values } from './openapi.ts';

type FieldProps = {
  readonly parameter: ApiParameter;
  readonly value: string;
  readonly onValue: (value: string) => void;
};

const Field = ({ parameter, value, onValue }: FieldProps) => {
  const { w } = usePortal();
  const { name, required, description, choices, hint } = parameter;
  const about = [required ? w.required : '', description].filter(Boolean).join(' · ');
  const id = `parameter-${name}`;
  return (
    <label class="field" for={id}>
      <strong translate={false}>{name}</strong>
      {choices.length > 0 ? (
        <select
          id={id}
          value={value}
          required={required}
          onChange={({ currentTarget }) => onValue(currentTarget.value)}
        >
          <option value="">–</option>
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          value={value}
          required={required}
          placeholder={hint}
          inputMode={parameter.type === 'integer' ? 'numeric' : 'text'}
          autocomplete="off"
          spellcheck={false}
          onInput={({ currentTarget }) => onValue(currentTarget.value)}
        />
      )}
      {about !== '' && <span>{about}</span>}
    </label>
  );
};

/** Required fields begin with the example that the document gives: then "send" works at once. */
const begun = ({ parameters }: ApiOperation): Values =>
  Object.fromEntries(
    parameters.filter(({ required }) => required).map(({ name, hint, choices }) => [name, hint || choices[0] || '']),
  );

type FormProps = { readonly basePath: string; readonly operation: ApiOperation };

/** An operation with its parameters, to be tried on the city itself. */
export const OperationForm = ({ basePath, operation }: FormProps) => {
  const { w } = usePortal();
  const [values, setValues] = useState<Values>(() => begun(operation));
  const [accept, setAccept] = useState('');
  const [answer, setAnswer] = useState<ApiAnswer | 'asking'>();
  const address = addressOf(basePath, operation, values);
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    setAnswer('asking');
    setAnswer(await ask(address, accept));
  };
  return (
    <>
      <p
        class="operation-path"
        translate={false}
      >{`GET ${basePath}${operation.path === '/' ? '/' : operation.path}`}</p>
      {operation.description !== '' && <p lang="en">{operation.description}</p>}
      <form onSubmit={send}>
        <h3>{w.parameters}</h3>
        {operation.parameters.length === 0 && <p class="quiet">{w.noParameters}</p>}
        <div class="parameters">
          {operation.parameters.map((parameter) => (
            <Field
              key={parameter.name}
              parameter={parameter}
              value={values[parameter.name] ?? ''}
              onValue={(value) => setValues((before) => ({ ...before, [parameter.name]: value }))}
            />
          ))}
          <label class="field">
            <strong>Accept</strong>
            <select value={accept} onChange={({ currentTarget }) => setAccept(currentTarget.value)}>
              <option value="">*/*</option>
              {operation.mediaTypes.map((mediaType) => (
                <option key={mediaType} value={mediaType}>
                  {mediaType}
                </option>
              ))}
            </select>
            <span>{w.accept}</span>
          </label>
        </div>
        <button type="submit" class="button is-primary" aria-disabled={answer === 'asking'}>
          {answer === 'asking' ? w.sending : w.send}
        </button>
      </form>
      <h3>{w.address}</h3>
      <CodeBlock label="curl" code={curlOf(`${location.origin}${address}`, accept)} />
      <div aria-live="polite">{answer !== undefined && answer !== 'asking' && <AnswerView answer={answer} />}</div>
    </>
  );
};
