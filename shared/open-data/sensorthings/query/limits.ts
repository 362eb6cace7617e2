/**
 * What one request may ask for. An address longer than this does not reach a Lambda behind API Gateway anyway (10 KB); locally
 * it is refused before anything is decoded, so that a megabyte costs no more than its arrival.
 */
export const MAX_QUERY_CHARACTERS = 32_768;
export const MAX_PATH_CHARACTERS = 4_096;
/** Parentheses, `not`, signs and left operands below each other. Bounds every recursion over an expression. */
export const MAX_EXPRESSION_DEPTH = 100;
/** Names in one property path: the model's longest sensible one has seven. */
export const MAX_PATH_SEGMENTS = 32;
/** `$expand` inside `$expand`; the whole model is four relations wide. */
export const MAX_EXPAND_DEPTH = 8;
/** Relations expanded by one request, all levels together. */
export const MAX_EXPANDS = 64;
/** Elementary steps (operators, related entities, pairs of edges) that filtering one page may take. */
export const MAX_EVALUATION_STEPS = 20_000_000;
