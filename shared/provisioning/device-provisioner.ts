/** The IoT Core policy that every device's certificate carries; the CDK creates it under this name. */
export const DEVICE_POLICY_NAME = 'phosach-device';

/** What AWS hands out once and never again. PEM. */
export type IssuedCredential = { readonly certificate: string; readonly privateKey: string };

export type ProvisionedDevice = {
  readonly thingName: string;
  readonly certificateArn: string;
  /** Host name of the MQTT broker, port 8883. */
  readonly endpoint: string;
  /** Absent when the device already had a certificate: its key was handed out then, and only then. */
  readonly credential?: IssuedCredential;
};

/** Enters devices into the cloud's registry of things. A port. */
export type DeviceProvisioner = {
  /** Makes a device known, with a certificate and the device policy. Doing it again mends what is missing and changes nothing else. */
  readonly provision: (sensorId: string) => Promise<ProvisionedDevice>;
  /** Makes the device's certificates worthless; answers how many there were. The thing stays, for its history. */
  readonly revoke: (sensorId: string) => Promise<number>;
};
