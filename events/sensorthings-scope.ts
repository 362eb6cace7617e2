/** The OAuth scope without which nobody writes into SensorThings: given by the city to the programs of third parties. */
export const sensorthingsScope = { resourceServer: 'sensorthings', name: 'write' } as const;

/** As tokens carry it. */
export const SENSORTHINGS_WRITE_SCOPE = `${sensorthingsScope.resourceServer}/${sensorthingsScope.name}`;
