// One editor for one test run: code-server with the extension, and a browser on a copy of the examples.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startCodeServer } from '../../vscode-extension/host/code-server.mjs';
import { Complaint } from '../../vscode-extension/host/processes.mjs';
import { findBrowser, launchBrowser, QUIET_SETTINGS, Workbench } from './workbench.mjs';

const checkout = fileURLToPath(new URL('../..', import.meta.url));

/** Where screenshots and logs of the last run are kept. */
export const artifacts = join(checkout, 'tests/target/editor');

/**
 * @param {string} vsix
 * @param {{width: number, height: number}} [size] of the window
 */
export async function openEditor(vsix, size = { width: 1280, height: 800 }) {
  const executable = findBrowser();
  if (executable === undefined) throw new Complaint('A browser is missing: apt-get install chromium');
  rmSync(artifacts, { recursive: true, force: true });
  mkdirSync(artifacts, { recursive: true });
  const base = mkdtempSync(join(tmpdir(), 'tapwright-editor-'));
  const folder = join(base, 'examples');
  cpSync(join(checkout, 'examples'), folder, { recursive: true });
  let log = '';
  const server = await startCodeServer({
    base,
    extensions: join(base, 'extensions'),
    vsix: [vsix],
    settings: QUIET_SETTINGS,
    // A home without anybody's settings, and no marketplace.
    environment: { XDG_DATA_HOME: base, XDG_CONFIG_HOME: base, EXTENSIONS_GALLERY: '{"serviceUrl":""}' },
    log: (text) => {
      log += text;
    },
  });
  const browser = await launchBrowser(executable);
  const page = await browser.newPage({ viewport: size });
  page.on('console', (message) => {
    log += `[page] ${message.text()}\n`;
  });
  const workbench = new Workbench(page);
  return {
    workbench,
    folder,
    open: () => workbench.open(server.address(folder)),
    /** @param {string} name @returns {Promise<string>} the screenshot's path */
    screenshot: async (name) => {
      const path = join(artifacts, `${name}.png`);
      await workbench.screenshot(path);
      return path;
    },
    /** Ends everything; the last thing seen is kept as a picture. */
    close: async () => {
      await workbench.screenshot(join(artifacts, 'last.png')).catch(() => undefined); // the page may be gone
      await browser.close();
      await server.stop();
      cpSync(join(base, 'data/logs'), join(artifacts, 'logs'), { recursive: true, force: true });
      writeFileSync(join(artifacts, 'code-server.log'), log);
      rmSync(base, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}
