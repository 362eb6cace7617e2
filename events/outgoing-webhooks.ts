/** The secret's name behind the deployment's prefix: `erp.example.vn`, `localhost_9090`. */
export const outgoingWebhookSecretId = (prefix: string, origin: string): string =>
  `${prefix}${new URL(origin).host.replaceAll(':', '_')}`;
