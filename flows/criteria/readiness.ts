/** The eighteen items of a readiness check in three areas (executive course on scaling AI, readiness assessment). */

export type Area = 'technical' | 'business' | 'organizational';

export interface Item {
  key: string;
  area: Area;
  text: string;
  /** What its evidence, owner and due date are asked for by. */
  short: string;
}

export interface ReadinessSet {
  /** Name and version; a check keeps the one that it was opened with. */
  id: string;
  items: readonly Item[];
}

export const AREAS: Readonly<Record<Area, string>> = {
  technical: 'Technical',
  business: 'Business',
  organizational: 'Organizational',
};

export const areas: readonly Area[] = ['technical', 'business', 'organizational'];

const first: ReadinessSet = {
  id: 'readiness-set/1',
  items: [
    { key: 'reliability', area: 'technical', short: 'reliability', text: 'Reliability stayed above 95 % during the pilot' },
    { key: 'load', area: 'technical', short: 'load', text: 'Performance holds under the load to come' },
    { key: 'security', area: 'technical', short: 'security', text: 'Security and compliance demands are met' },
    { key: 'integrations', area: 'technical', short: 'integrations', text: 'The integrations that matter are tested' },
    { key: 'monitoring', area: 'technical', short: 'monitoring', text: 'Monitoring and alerting run' },
    { key: 'recovery', area: 'technical', short: 'recovery', text: 'Backup and recovery were rehearsed' },
    { key: 'roi', area: 'business', short: 'ROI', text: 'The pilot reached its ROI target or beat it' },
    { key: 'case', area: 'business', short: 'business case', text: 'The business case for scaling is written' },
    { key: 'funding', area: 'business', short: 'funding', text: 'Money for scaling and for running it is secured' },
    { key: 'metrics', area: 'business', short: 'success metrics', text: 'Success metrics are set, and how they are measured' },
    { key: 'risks', area: 'business', short: 'risks', text: 'Risks are assessed, each with a mitigation' },
    { key: 'sponsor', area: 'business', short: 'sponsor', text: 'The executive sponsor is confirmed and takes part' },
    { key: 'stakeholders', area: 'organizational', short: 'stakeholders', text: 'The support of stakeholders is documented' },
    { key: 'feedback', area: 'organizational', short: 'user feedback', text: 'What users say speaks for expansion' },
    { key: 'training', area: 'organizational', short: 'training', text: 'Training exists and was tried' },
    { key: 'support', area: 'organizational', short: 'support', text: 'Support for users is designed and staffed' },
    { key: 'change', area: 'organizational', short: 'change management', text: 'The plan for managing the change is approved' },
    { key: 'communication', area: 'organizational', short: 'communication', text: 'The communication plan has people and money' },
  ],
};

const sets = new Map([first].map((set) => [set.id, set]));

export const currentSet = first;

/** The set that a check was opened with. */
export function setOf(id: string): ReadinessSet {
  const set = sets.get(id);
  if (!set) throw new Error(`no readiness set ${id}`);
  return set;
}
