/** How far an initiative is, from pilot to the end of its use. */
export const STAGES = {
  pilot: 'Pilot',
  decided: 'Decided',
  preparing: 'Preparing',
  'rolling out': 'Rolling out',
  optimizing: 'Optimizing',
  retired: 'Retired',
} as const;

export type Stage = keyof typeof STAGES;
