import type { NextFunction, Request, Response } from 'express';

/** An error as problem+json (RFC 9457). */
export function problem(response: Response, status: number, detail: string): void {
  response
    .status(status)
    .type('application/problem+json')
    .json({ title: STATUS[status] ?? 'Error', status, detail });
}

const STATUS: Record<number, string> = {
  400: 'Bad request',
  403: 'Forbidden',
  404: 'Not found',
  409: 'Conflict',
  413: 'Too large',
  415: 'Unsupported media type',
};

/**
 * Lets in only the page itself and scripts of this machine: no other site may press its buttons. A foreign Host is a rebound name
 * (DNS rebinding), a foreign Origin is another site, and a POST that is not JSON could come from any form.
 */
export function onlyThisPage(request: Request, response: Response, next: NextFunction): void {
  const host = request.headers.host ?? '';
  const { origin } = request.headers;
  if (!/^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(host))
    return problem(response, 403, 'The local workspace answers only to its loopback address.');
  if (origin !== undefined && origin !== `http://${host}`) return problem(response, 403, 'Another site may not use the local workspace.');
  // A link to the page from elsewhere may be followed; nothing else may come from there.
  const followed = request.method === 'GET' && request.headers['sec-fetch-mode'] === 'navigate';
  if (request.headers['sec-fetch-site'] === 'cross-site' && !followed)
    return problem(response, 403, 'Another site may not use the local workspace.');
  if (request.method === 'POST' && !request.is('application/json'))
    return problem(response, 415, 'Send JSON, with the header content-type: application/json.');
  response.setHeader(
    'content-security-policy',
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
  );
  response.setHeader('x-content-type-options', 'nosniff');
  next();
}
