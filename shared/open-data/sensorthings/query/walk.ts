import type { Expression, PathExpression } from './ast.ts';

/** The expressions directly below one. */
export const partsOf = (expression: Expression): readonly Expression[] => {
  switch (expression.kind) {
    case 'literal':
    case 'path':
      return [];
    case 'comparison':
    case 'arithmetic':
      return [expression.left, expression.right];
    case 'logical':
      return expression.operands;
    case 'not':
    case 'negate':
      return [expression.operand];
    case 'call':
      return expression.arguments;
  }
};

/** Every property path in an expression, from left to right. */
export const pathsOf = (expression: Expression): readonly PathExpression[] =>
  expression.kind === 'path' ? [expression] : partsOf(expression).flatMap(pathsOf);

/** The conditions that must all hold. */
export const conjunctsOf = (filter: Expression): readonly Expression[] =>
  filter.kind === 'logical' && filter.operator === 'and' ? filter.operands.flatMap(conjunctsOf) : [filter];

/** The same expression with other paths. */
export const withPaths = (expression: Expression, change: (path: PathExpression) => PathExpression): Expression => {
  const of = (part: Expression): Expression => withPaths(part, change);
  switch (expression.kind) {
    case 'literal':
      return expression;
    case 'path':
      return change(expression);
    case 'comparison':
    case 'arithmetic':
      return { ...expression, left: of(expression.left), right: of(expression.right) };
    case 'logical':
      return { ...expression, operands: expression.operands.map(of) };
    case 'not':
    case 'negate':
      return { ...expression, operand: of(expression.operand) };
    case 'call':
      return { ...expression, arguments: expression.arguments.map(of) };
  }
};
