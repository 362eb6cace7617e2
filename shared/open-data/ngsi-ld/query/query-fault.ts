/** What is wrong with a query, and where: a value for the caller to act on. */
export class QueryFault extends Error {
  override readonly name = 'QueryFault';
  readonly parameter: string;
  constructor(parameter: string, message: string) {
    super(message);
    this.parameter = parameter;
  }
}
