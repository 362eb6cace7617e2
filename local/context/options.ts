import { parseArgs } from 'node:util';
import * as z from 'zod';
import { type ContextBroker, contextBrokerSchema } from '../../shared/open-data/context-push/context-broker.ts';
import { ngsiTypes } from '../../shared/open-data/ngsi-ld/vocabulary.ts';

export const contextUsage = `npm run context -- COMMAND

  add ID                        a context broker (NGSI-LD) that is told of bins and stations, or a change of it:
                                it is told of everything anew
      --endpoint URL            the root of its API, e.g. https://ioc.example.vn/ngsi-ld/v1;
                                with --mode notify the address that takes notifications
      --mode upsert|notify      (upsert)
      --type T                  ${ngsiTypes.join(', ')}; again for more (all)
      --throttle SECONDS        an entity is told of again after so long at the earliest (60)
      --batch N                 entities in one request at most (100)
      --secret-header NAME      the header that holds the secret of the endpoint's host
      --tenant NAME             NGSILD-Tenant
  remove ID                     it is told no more
  list                          the brokers, and how it goes with each

  --cloud                       in AWS instead: the registry of TABLE_NAME, the city of CITY_ID

The city calls only origins that its deployment names: PHOSACH_CONTEXT_ORIGINS here, -c contextOrigins on AWS.`;

const text = { type: 'string' } as const;
const definitions = {
  endpoint: text,
  mode: text,
  type: { type: 'string', multiple: true },
  throttle: text,
  batch: text,
  'secret-header': text,
  tenant: text,
  cloud: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const number = z.string().trim().min(1).transform(Number).pipe(z.number('a number'));
const cloud = z.boolean();
const id = contextBrokerSchema.shape.id;
const { endpoint, mode, types, throttleSeconds, batchSize, secretHeader, tenant } = contextBrokerSchema.shape;

const commands = {
  add: z
    .strictObject({
      id,
      endpoint,
      mode,
      type: types,
      throttle: number.pipe(throttleSeconds.unwrap()).default(60),
      batch: number.pipe(batchSize.unwrap()).default(100),
      'secret-header': secretHeader,
      tenant,
      cloud,
    })
    .transform(({ type, throttle, batch, 'secret-header': header, cloud: isCloud, ...rest }) => {
      const broker: ContextBroker = {
        ...rest,
        types: type,
        throttleSeconds: throttle,
        batchSize: batch,
        ...(header !== undefined && { secretHeader: header }),
      };
      return { command: 'add' as const, broker, cloud: isCloud };
    }),
  remove: z.strictObject({ id, cloud }).transform((rest) => ({ command: 'remove' as const, ...rest })),
  list: z.strictObject({ cloud }).transform((rest) => ({ command: 'list' as const, ...rest })),
} as const;

type CommandName = keyof typeof commands;
export type ContextCommand = { readonly command: 'help' } | z.infer<(typeof commands)[CommandName]>;

const isCommand = (name: string | undefined): name is CommandName =>
  name !== undefined && Object.hasOwn(commands, name);

/** @throws Error that says what is wrong with the line. */
export const readContextCommand = (args: readonly string[]): ContextCommand => {
  const { values, positionals } = parseArgs({ args: [...args], options: definitions, allowPositionals: true });
  const { help, ...options } = values;
  const [name, broker, ...more] = positionals;
  if (help || name === undefined || name === 'help') return { command: 'help' };
  if (!isCommand(name)) throw new Error(`No such command: ${name}`);
  if (more.length > 0) throw new Error(`Too much: ${more.join(' ')}`);
  const parsed = commands[name].safeParse({ ...options, ...(broker !== undefined && { id: broker }) });
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
};
