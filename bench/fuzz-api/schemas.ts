import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Schema } from './document.ts';

export type Schemas = {
  /** What of the value the schema forbids; nothing where it fits. @throws Error when the schema is none. */
  readonly faults: (schema: Schema, value: unknown) => readonly string[];
};

/** JSON Schema 2020-12, as OpenAPI 3.1 has it, with the document's components to refer to. */
export const openSchemas = (components: Schema): Schemas => {
  // OpenAPI adds words of its own (`example`), which the schema's meaning does not change by.
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const compiled = new WeakMap<Schema, ValidateFunction>();
  const validatorOf = (schema: Schema): ValidateFunction => {
    const known = compiled.get(schema);
    if (known !== undefined) return known;
    const validate = ajv.compile({ ...schema, components });
    compiled.set(schema, validate);
    return validate;
  };
  return {
    faults: (schema, value) => {
      const validate = validatorOf(schema);
      if (validate(value)) return [];
      return (validate.errors ?? [])
        .slice(0, 3)
        .map(({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`);
    },
  };
};
