import type { WorkspaceId } from './id.ts';
import type { Work } from './store.ts';

/** A token by which a program asks; of its secret only the digest is kept. */
export interface TokenRow {
  id: number;
  workspace: WorkspaceId;
  name: string;
  /** SHA-256 of the whole token, in hexadecimal. */
  hash: string;
  created_at: number;
  /** The day of its latest use, in UTC. */
  used_on: string | null;
  revoked_at: number | null;
}

export interface WebhookRow {
  id: number;
  workspace: WorkspaceId;
  url: string;
  secret: string;
  created_at: number;
}

export interface DeliveryRow {
  id: number;
  webhook: number;
  /** `decision.decided decision/17` */
  event: string;
  body: string;
  /** The moment of what happened. */
  created_at: number | null;
  state: 'owed' | 'delivered' | 'failed';
  tries: number;
  /** What the other side answered last. */
  code: number | null;
  why: string | null;
  next_at: number;
  delivered_at: number | null;
}

/** What the store keeps for programs outside. */
export interface OutsideTables {
  putToken(row: Omit<TokenRow, 'id' | 'used_on' | 'revoked_at'>): Work<number>;
  /** Sets the digest, which is known only with the number in it. */
  sealToken(id: number, hash: string): Work<void>;
  token(id: number): Work<TokenRow | undefined>;
  tokensOf(workspace: WorkspaceId): Work<TokenRow[]>;
  useToken(id: number, day: string): Work<void>;
  /** False when there is none that is good. */
  revokeToken(workspace: WorkspaceId, id: number, at: number): Work<boolean>;

  putWebhook(row: Omit<WebhookRow, 'id'>): Work<number>;
  webhooksOf(workspace: WorkspaceId): Work<WebhookRow[]>;
  /** What it was still owed is given up. */
  removeWebhook(workspace: WorkspaceId, id: number, at: number): Work<boolean>;
  deliveriesOf(workspace: WorkspaceId, limit: number): Work<DeliveryRow[]>;
  /** Deliveries that may be tried, those of each hook in their order. */
  deliveriesDue(now: number, limit: number): Work<(DeliveryRow & Pick<WebhookRow, 'url' | 'secret'>)[]>;
  /** A delivery that no trigger writes. */
  owe(workspace: WorkspaceId, row: Pick<DeliveryRow, 'webhook' | 'event' | 'body' | 'created_at'>): Work<void>;
  nextDelivery(): Work<number | undefined>;
  delivery(row: Pick<DeliveryRow, 'id' | 'state' | 'tries' | 'code' | 'why' | 'next_at' | 'delivered_at'>): Work<void>;
  /** Hooks that gave up something, and how much each is owed. */
  webhookTroubles(): Work<{ workspace: WorkspaceId; id: number; url: string; failed: number; owed: number; why: string | null }[]>;
}
