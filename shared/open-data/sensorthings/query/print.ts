import type {
  EntityKey,
  ExpandItem,
  Expression,
  Literal,
  QueryOptions,
  ResourcePath,
  ResultFormat,
  SelectItem,
} from './ast.ts';
import { printWkt } from './geometry/wkt.ts';
import { printDate, printDuration, printInstant, printTimeOfDay } from './times.ts';

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

const printLiteral = (literal: Literal): string => {
  switch (literal.type) {
    case 'null':
      return 'null';
    case 'boolean':
      return String(literal.value);
    case 'number':
      return literal.text;
    case 'string':
      return quoted(literal.value);
    case 'instant':
      return printInstant(literal.value);
    case 'interval':
      return `${printInstant(literal.start)}/${printInstant(literal.end)}`;
    case 'date':
      return printDate(literal.value);
    case 'timeOfDay':
      return printTimeOfDay(literal.value);
    case 'duration':
      return `duration'${printDuration(literal.value)}'`;
    case 'geometry':
      return `geography'${printWkt(literal.value)}'`;
  }
};

const isSimple = ({ kind }: Expression): boolean => kind === 'literal' || kind === 'path' || kind === 'call';

/** An operand, in brackets unless it is one word: brackets are never wrong, and the tree they give is the tree they came from. */
const operand = (expression: Expression): string =>
  isSimple(expression) ? printExpression(expression) : `(${printExpression(expression)})`;

/** The expression as decoded text of an option. */
export const printExpression = (expression: Expression): string => {
  switch (expression.kind) {
    case 'literal':
      return printLiteral(expression.literal);
    case 'path':
      return expression.segments.join('/');
    case 'comparison':
    case 'arithmetic':
      return `${operand(expression.left)} ${expression.operator} ${operand(expression.right)}`;
    case 'logical':
      return expression.operands
        .map((part) => (part.kind === 'comparison' || part.kind === 'not' ? printExpression(part) : operand(part)))
        .join(` ${expression.operator} `);
    case 'not':
      return `not ${operand(expression.operand)}`;
    case 'negate':
      // Without brackets the sign would belong to the literal.
      return `-(${printExpression(expression.operand)})`;
    case 'call':
      return `${expression.name}(${expression.arguments.map(printExpression).join(',')})`;
  }
};

const printSelect = (item: SelectItem): string =>
  item.kind === 'relation' ? item.relation : [item.property, ...item.subPath].join('/');

const printExpand = ({ relation, options }: ExpandItem): string => {
  const inside = optionTexts(options).map(([name, text]) => `${name}=${text}`);
  return inside.length === 0 ? relation : `${relation}(${inside.join(';')})`;
};

const formats: Readonly<Record<ResultFormat, string>> = {
  json: 'json',
  dataArray: 'dataArray',
  csv: 'CSV',
  geojson: 'GeoJSON',
};

const optionTexts = (options: QueryOptions): readonly (readonly [name: string, text: string])[] => {
  const { filter, expand, select, orderBy, top, skip, count, resultFormat, skipToken } = options;
  const order = orderBy.map((item) => `${printExpression(item.expression)}${item.descending ? ' desc' : ''}`);
  const texts: readonly (readonly [string, string | undefined])[] = [
    ['$filter', filter === undefined ? undefined : printExpression(filter)],
    ['$expand', expand.length === 0 ? undefined : expand.map(printExpand).join(',')],
    ['$select', select.length === 0 ? undefined : select.map(printSelect).join(',')],
    ['$orderby', order.length === 0 ? undefined : order.join(',')],
    ['$top', top?.toString()],
    ['$skip', skip?.toString()],
    ['$count', count?.toString()],
    ['$resultFormat', resultFormat === undefined ? undefined : formats[resultFormat]],
    ['$skiptoken', skipToken],
  ];
  return texts.flatMap(([name, text]) => (text === undefined ? [] : [[name, text] as const]));
};

/** Characters that may stand in a query and are easier to read so (RFC 3986, 3.4); `+` and `&` stay encoded. */
const encodeQuery = (text: string): string =>
  encodeURIComponent(text).replace(/%(?:2C|3B|3D|2F|3A|40|24)/g, (code) => decodeURIComponent(code));

/** The query behind `?`, encoded, without the question mark; `parseOptions` reads the same options from it. */
export const printOptions = (options: QueryOptions): string =>
  optionTexts(options)
    .map(([name, text]) => `${name}=${encodeQuery(text)}`)
    .join('&');

const printKey = ({ text, quoted: isQuoted }: EntityKey): string =>
  `(${encodeURIComponent(isQuoted ? quoted(text) : text)})`;

/** The path behind `/v1.1/`, encoded; `parsePath` reads the same path from it. */
export const printPath = ({ steps, target }: ResourcePath): string => {
  const navigation = steps.map(({ name, key }) => `${name}${key === undefined ? '' : printKey(key)}`);
  if (target.kind === 'root') return '';
  const end =
    target.kind === 'property'
      ? [target.property, ...target.subPath, ...(target.raw ? ['$value'] : [])]
      : target.reference
        ? ['$ref']
        : [];
  return [...navigation, ...end.map((name) => (name.startsWith('$') ? name : encodeURIComponent(name)))].join('/');
};
