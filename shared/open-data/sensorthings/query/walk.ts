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
