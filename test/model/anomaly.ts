/** The product does something else than the model. */
export class Anomaly extends Error {}
