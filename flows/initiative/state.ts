import type { ChannelId, FlowId, PersonId } from '../../src/id.ts';
import type { Recontextualized } from './offshoot.ts';
import type { Stage } from './stages.ts';

/** An AI project, from pilot to offshoots. */
export interface Initiative {
  name: string;
  owner: PersonId;
  sponsor: PersonId;
  channel: ChannelId;
  stage: Stage;
  registered: { by: PersonId; at: number };
  retired?: { by: PersonId; at: number; reason: string };
  /** The initiative whose model was retrained for this use. */
  parent?: FlowId;
  recontextualized?: Recontextualized;
  /** The parent as it was called when this was registered as its offshoot, and where its people are told. */
  born?: { of: string; channel: ChannelId };
  /** What goes on for it, and is told of the latest change. */
  told?: { at: number; flows: readonly FlowId[] };
}
