/** Names of things inside one workspace. Every key in the store is (workspace, id): an id alone never crosses rooms. */
export type WorkspaceId = number;
export type PersonId = `person/${number}`;
export type ChannelId = `channel/${number}`;
/** A flow of some kind and its number: `vote/17`, `decision/17` (shown as D-17). */
export type FlowId = `${string}/${number}`;

export const personId = (n: number): PersonId => `person/${n}`;
export const channelId = (n: number): ChannelId => `channel/${n}`;
export const flowId = (kind: string, n: number): FlowId => `${kind}/${n}`;

/** `vote/17` → `vote`. */
export const kindOf = (id: string): string => id.slice(0, Math.max(0, id.indexOf('/')));

/** `vote/17` → 17. */
export const numberOf = (id: string): number => Number(id.slice(id.indexOf('/') + 1));

/** Is this the id of one flow (`vote/17`), rather than the name of a kind (`vote`)? */
export const isFlowId = (text: string): text is FlowId => /^[a-z-]+\/[1-9]\d{0,9}$/.test(text);
