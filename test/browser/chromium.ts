import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/google-chrome'];

/**
 * A real headless Chromium: the one that CHROME_PATH names, the system's, or the one that comes from the registry as a package.
 * Where none starts, this throws what to install: a test without its browser has not passed.
 */
export async function startChromium(): Promise<Browser> {
  const tried: string[] = [];
  for (const path of [process.env.CHROME_PATH, ...INSTALLED]) {
    if (!path || !existsSync(path)) continue;
    const started = await launch(path, tried);
    if (started) return started;
  }
  const { path, env } = await packaged();
  const started = await launch(path, tried, env);
  if (started) return started;
  throw new Error(
    `No Chromium starts here, so the browser tests cannot run. Install one (Debian and Ubuntu: apt-get install chromium) or name it in CHROME_PATH. Tried:\n${tried.join('\n')}`,
  );
}

async function launch(path: string, tried: string[], env?: Record<string, string>): Promise<Browser | undefined> {
  try {
    return await chromium.launch({ executablePath: path, headless: true, args: FLAGS, ...(env ? { env } : {}) });
  } catch (fault) {
    tried.push(`${path}: ${String(fault).slice(0, 2000)}`);
    return undefined;
  }
}

/**
 * Unpacks the package's browser into the temporary folder, once: into a folder of its own that is then named, so that neither a second
 * test process nor one that was killed leaves half a browser behind. The package has copies of the libraries that a bare machine lacks
 * (NSS, NSPR, expat), but unpacks them only where it believes to run on AWS Lambda: so it is told so.
 */
async function packaged(): Promise<{ path: string; env: Record<string, string> }> {
  const found = join(fileURLToPath(import.meta.resolve('@sparticuz/chromium')), '../../../package.json');
  const { version } = JSON.parse(readFileSync(found, 'utf8')) as { version: string };
  const folder = join(tmpdir(), `offshoot-chromium-${version}`);
  if (!existsSync(folder)) {
    const fresh = mkdtempSync(`${folder}-`);
    const before = { AWS_EXECUTION_ENV: process.env.AWS_EXECUTION_ENV, TMPDIR: process.env.TMPDIR };
    Object.assign(process.env, { AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x', TMPDIR: fresh });
    try {
      const { default: packed } = await import('@sparticuz/chromium');
      await packed.executablePath();
    } finally {
      for (const [name, value] of Object.entries(before))
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
    }
    writeFileSync(join(fresh, 'fonts/fonts.conf'), fontsIn(folder));
    if (existsSync(folder)) rmSync(fresh, { recursive: true });
    else renameSync(fresh, folder);
  }
  const libraries = { LD_LIBRARY_PATH: join(folder, 'al2023/lib'), FONTCONFIG_PATH: join(folder, 'fonts') };
  return { path: join(folder, 'chromium'), env: { ...(process.env as Record<string, string>), ...libraries } };
}

/** Without any font its pages crash, and the package's own configuration looks for its font at another place. */
const fontsIn = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts/fonts')}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(folder, 'fonts/cache')}</cachedir>
</fontconfig>
`;
