/**
 * Why a device has no value to give, as codecs and envelopes say it; it becomes the test's name of a reading with flag 9.
 * None of them is a distance, a level or a temperature: a bin whose sensor says one of these is neither full nor empty.
 */
export const missingReasons = [
  /** The ultrasonic or laser pulse did not come back. */
  'no-echo',
  /** The device itself calls what it got invalid; with ultrasonic sensors mostly something inside the blind zone. */
  'invalid-reading',
  /** Nearer than the sensor can measure. It may be waste at the top or a spider on the lens. */
  'too-close',
  /** Further away than the sensor can measure. It may be an empty bin or an open lid. */
  'too-far',
  /** No sensor is connected to the transmitter. */
  'no-sensor',
  /** No temperature probe is connected. */
  'no-probe',
  /** The sensor is there but does not answer, or answers with an error code. */
  'sensor-error',
  /** The sensor was set up so that it cannot measure. */
  'sensor-misconfigured',
  /** The device has not measured yet, or has nothing to say of this quantity. */
  'not-measured',
] as const;

export type MissingReason = (typeof missingReasons)[number];
