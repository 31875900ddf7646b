import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { Router } from 'express';

/** The page's files: its script is compiled into dist, its markup and styles are served as they stand in the source. */
export function pageFiles(): Router {
  const root = dirname(fileURLToPath(import.meta.url)).replace(/[/\\](dist[/\\])?adapters[/\\]web$/, '');
  const source = join(root, 'adapters/web/page');
  const renderer = createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js');
  const router = Router();
  router.get('/page/adaptivecards.js', (_, response) => response.sendFile(renderer));
  router.use('/page', express.static(join(root, 'dist/adapters/web/page'), { index: false }), express.static(source, { index: false }));
  router.get('/', (_, response) => response.sendFile(join(source, 'page.html')));
  return router;
}
