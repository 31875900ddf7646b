import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { AppManifestUtils } from '@microsoft/app-manifest';
import { strFromU8, unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { teamsManifest, teamsPackage } from '../../../manifest/teams.ts';

const app = { appId: '6fa4cf53-1e0e-4ec1-8b19-0d5d5f3a2b11', publicUrl: 'https://offshoot.example.net' };

it('is a package that Teams takes: the manifest at its root, and the icons in their sizes', () => {
  const files = unzipSync(teamsPackage(app));
  expect(Object.keys(files).sort()).toEqual(['color.png', 'manifest.json', 'outline.png']);
  expect(JSON.parse(strFromU8(files['manifest.json']!))).toEqual(teamsManifest(app));
  expect(sizeOf(files['color.png']!)).toEqual({ width: 192, height: 192, transparent: false });
  expect(sizeOf(files['outline.png']!)).toEqual({ width: 32, height: 32, transparent: true });
});

it('fits Microsoft’s own schema, with an app id and without', async () => {
  expect(await faults(teamsManifest(app))).toEqual([]);
  expect(await faults(teamsManifest({}))).toEqual([]);
  expect(await faults({ ...teamsManifest(app), accentColor: 'green' })).not.toEqual([]);
});

it('offers the ten commands that most people need, each of them one that Offshoot has, wherever it can be installed', () => {
  const { bots } = teamsManifest(app) as {
    bots: { botId: string; scopes: string[]; commandLists: { commands: { title: string; description: string }[] }[] }[];
  };
  expect(bots).toHaveLength(1);
  expect(bots[0]).toMatchObject({ botId: app.appId, scopes: ['personal', 'team', 'groupChat'] });
  expect(bots[0]!.commandLists[0]!.commands.map((command) => command.title)).toEqual([
    'initiative',
    'pilot-review',
    'readiness',
    'go-no-go',
    'decisions',
    'cadence',
    'actions',
    'committee',
    'mine',
    'help',
  ]);
  for (const { title, description } of bots[0]!.commandLists[0]!.commands)
    expect([title.length <= 32, description.length <= 128, description.length > 0]).toEqual([true, true, true]);
});

it('puts a command into the menu of each message, and nowhere else', () => {
  const { composeExtensions } = teamsManifest(app) as { composeExtensions: { botId: string; commands: object[] }[] };
  expect(composeExtensions).toMatchObject([
    {
      botId: app.appId,
      commands: [{ id: 'putEvidence', type: 'action', title: 'Put in as evidence', context: ['message'], fetchTask: true }],
    },
  ]);
});

/** The schema that comes with the package: nothing is fetched. */
function faults(manifest: object): Promise<string[]> {
  const folder = dirname(createRequire(import.meta.url).resolve('@microsoft/app-manifest'));
  const schema = readFileSync(join(folder, 'json-schemas/teams/v1.19/MicrosoftTeams.schema.json'), 'utf8').replace(/^\uFEFF/, '');
  return AppManifestUtils.validateAgainstSchema(manifest as never, JSON.parse(schema) as never);
}

/** Of a PNG: its header says it. */
function sizeOf(png: Uint8Array): { width: number; height: number; transparent: boolean } {
  const view = new DataView(png.buffer, png.byteOffset);
  return { width: view.getUint32(16), height: view.getUint32(20), transparent: png[25] === 4 || png[25] === 6 };
}
