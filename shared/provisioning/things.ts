/** A certificate that is attached to a thing. */
export type ThingCertificate = {
  readonly arn: string;
  /** Whether a device may connect with it. */
  readonly active: boolean;
  /** PEM. */
  readonly certificate: string;
  /** UTC epoch milliseconds. */
  readonly createdAt: number;
};

/** A new certificate. Its key is told once and never again. PEM. */
export type IssuedCertificate = {
  readonly arn: string;
  readonly certificate: string;
  /** Absent when the device made its key itself and sent a CSR. */
  readonly privateKey?: string;
};

/**
 * The registry of things that the MQTT broker trusts: AWS IoT Core, or the local city's own. A port of single steps; what makes a
 * whole of them is `provisionSensor` and `retireSensor`. Every step may be done again: what is so already stays so, and what is
 * gone already stays gone.
 */
export type Things = {
  /** Why no thing may bear this name, if so. */
  readonly nameFault: (name: string) => string | undefined;
  readonly exists: (name: string) => Promise<boolean>;
  readonly create: (name: string) => Promise<void>;
  readonly remove: (name: string) => Promise<void>;
  /** None of a thing that does not exist. */
  readonly certificatesOf: (name: string) => Promise<readonly ThingCertificate[]>;
  /** A certificate that nobody can use before it is activated, for the key of the CSR (PEM) or for a new one. */
  readonly issue: (name: string, csr?: string) => Promise<IssuedCertificate>;
  readonly attachPolicy: (arn: string) => Promise<void>;
  readonly detachPolicy: (arn: string) => Promise<void>;
  /** The certificate speaks for this thing and for no other. */
  readonly attach: (name: string, arn: string) => Promise<void>;
  readonly detach: (name: string, arn: string) => Promise<void>;
  readonly activate: (arn: string) => Promise<void>;
  /** Nobody connects with it any more. */
  readonly revoke: (arn: string) => Promise<void>;
  /** Of a certificate that is neither active nor attached. */
  readonly removeCertificate: (arn: string) => Promise<void>;
  /** Host and port of the MQTT broker. */
  readonly endpoint: () => Promise<string>;
};
