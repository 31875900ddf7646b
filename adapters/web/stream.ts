import type { Request, Response } from 'express';
import type { LocalRoom } from './local.ts';

/** Proxies and browsers give up on a stream that stays silent. */
const BEAT = 25_000;

/** The news of the room as server-sent events, to as many pages as are open. */
export function newsStream(room: LocalRoom): { serve(request: Request, response: Response): void; close(): void } {
  const open = new Set<Response>();
  return {
    serve(request, response) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', connection: 'keep-alive' });
      response.write('retry: 1000\n\n');
      open.add(response);
      const deaf = room.listen((news) => response.write(`data: ${JSON.stringify(news)}\n\n`));
      const beat = setInterval(() => response.write(':\n\n'), BEAT);
      request.on('close', () => {
        deaf();
        clearInterval(beat);
        open.delete(response);
      });
    },
    /** Ends every stream: an open page must not keep the house from closing. */
    close() {
      for (const response of open) response.end();
    },
  };
}
