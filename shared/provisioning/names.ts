/** The IoT Core policy that every device's certificate carries; the CDK creates it under this name. */
export const DEVICE_POLICY_NAME = 'phosach-device';

/** What a device without a certificate of its own asks for one by: topic names contain it. */
export const FLEET_TEMPLATE_NAME = 'phosach-fleet';

/** The policy of the certificate that a delivery of devices shares until each has its own. */
export const CLAIM_POLICY_NAME = 'phosach-claim';

/** Client ids that a claim certificate may connect with begin so; no sensor is called like it. */
export const CLAIM_CLIENT_PREFIX = 'claim-';
