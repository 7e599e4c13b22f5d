// What a person does in the workbench and sees there: a page object over Playwright. The selectors are those of VS Code 1.100.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

/** How long anything may take to be seen. The machine may be busy: this is patience, not an expectation. */
const PATIENCE_MS = 60_000;

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** @returns {string | undefined} the browser to use */
export function findBrowser() {
  return [process.env.CHROMIUM, ...BROWSERS].find((path) => path !== undefined && existsSync(path));
}

/** @param {string} executablePath */
export function launchBrowser(executablePath) {
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
}

/** Settings that keep the workbench still: nothing pops up by itself, and what a terminal shows can be read from the page. */
export const QUIET_SETTINGS = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.colorTheme': 'Default Dark Modern',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'workbench.enableExperiments': false,
  'git.enabled': false,
  'chat.commandCenter.enabled': false,
  'editor.accessibilitySupport': 'off',
  'editor.hover.delay': 100,
  'editor.minimap.enabled': false,
  'terminal.integrated.gpuAcceleration': 'off',
};

/** @typedef {{x: number, y: number}} Point */

export class Workbench {
  /** @param {import('playwright-core').Page} page */
  constructor(page) {
    this.page = page;
    page.setDefaultTimeout(PATIENCE_MS);
  }

  get editor() {
    return this.page.locator('.editor-group-container.active .editor-instance .monaco-editor').first();
  }

  /** @param {string} address */
  async open(address) {
    await this.page.goto(address);
    await this.page.locator('.monaco-workbench').waitFor();
    await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
  }

  /** Opens a file of the folder by its name. @param {string} name */
  async openFile(name) {
    await this.pick('Control+P', name, name);
    await this.page.locator('.tab.active', { hasText: name }).waitFor();
    await this.editor.locator('.view-line').first().waitFor();
  }

  /** Runs a command of the palette. @param {string} title as shown there: "Category: Title" */
  async command(title) {
    await this.pick('F1', `>${title}`, title);
  }

  /** Types into a quick pick and takes the row with the text. @param {string} key @param {string} typed @param {string} row */
  async pick(key, typed, row) {
    for (let attempt = 1; ; attempt++) {
      await this.page.keyboard.press(key);
      try {
        await this.choose(row, typed, 15_000);
        return;
      } catch (error) {
        // A workbench that is still busy with its start may take what was typed away again.
        if (attempt === 4) throw error;
        await this.page.keyboard.press('Escape');
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** Takes a row of the quick pick that is open. @param {string} row @param {string} typed @param {number} timeout ms, of each step */
  async choose(row, typed = row, timeout = 60_000) {
    const input = this.page.locator('.quick-input-widget input.input').first();
    await input.waitFor({ timeout });
    await input.fill(typed, { timeout });
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: row }).first().click({ timeout });
  }

  /** @param {'error' | 'warning' | 'info' | 'hint'} severity */
  squiggles(severity) {
    return this.editor.locator(`.squiggly-${severity}`);
  }

  /** @param {string} text @returns a hover that is shown and has the text */
  hoverBox(text) {
    return this.page.locator('.monaco-hover:not(.hidden)', { hasText: text }).first();
  }

  /** Moves the mouse away until no hover is shown: hovers stay while the mouse is over them. */
  async leave() {
    await this.page.mouse.move(24, 400, { steps: 3 });
    await this.page
      .locator('.monaco-editor .monaco-hover:not(.hidden)')
      .first()
      .waitFor({ state: 'hidden', timeout: 5000 })
      .catch(() => undefined); // sticky: the next move tries again
  }

  /**
   * Moves the mouse over a word and waits for a hover.
   *
   * @param {string} word its first occurrence on the screen is taken
   * @param {string} text what the hover must have in it
   * @returns the hover's text
   */
  async hover(word, text) {
    for (let attempt = 1; ; attempt++) {
      await this.leave();
      // Looked up each time: a code lens that comes late moves the lines.
      const { x, y } = await this.placeOf(word);
      await this.page.mouse.move(x, y, { steps: 4 });
      try {
        await this.hoverBox(text).waitFor({ timeout: 5000 });
        break;
      } catch (error) {
        if (attempt === 6) throw error;
      }
    }
    return plain(await this.hoverBox(text).innerText());
  }

  /** @param {string} word @returns {Promise<Point>} the middle of its first letters */
  async placeOf(word) {
    const places = [];
    for (const line of await this.editor.locator('.view-line > span').all()) {
      const at = plain(await line.innerText()).indexOf(word);
      const box = at < 0 ? null : await line.boundingBox();
      if (!box) continue;
      // The font is monospaced.
      const width = box.width / (await line.innerText()).length;
      places.push({ x: box.x + width * (at + Math.min(word.length, 3) / 2), y: box.y + box.height / 2 });
    }
    // Lines come in no order in the page.
    const [first] = places.sort((a, b) => a.y - b.y);
    if (!first) throw new Error(`"${word}" is not on the screen`);
    return first;
  }

  /** Puts the cursor at a line and column, counted from 1. @param {number} line @param {number} column */
  async goTo(line, column) {
    await this.page.keyboard.press('Control+1'); // the focus goes to the editor, wherever it was
    await this.page.keyboard.press('Control+G');
    const input = this.page.locator('.quick-input-widget input.input').first();
    await input.waitFor();
    await input.fill(`:${line}:${column}`);
    await this.page.keyboard.press('Enter');
    await this.cursorAt(line, column);
  }

  /** Waits until the cursor is there. @param {number} line @param {number} column */
  async cursorAt(line, column) {
    await this.page.locator('#status\\.editor\\.selection', { hasText: `Ln ${line}, Col ${column}` }).waitFor();
  }

  /** Opens the Problems view. @returns its rows */
  async problems() {
    await this.command('Problems: Focus on Problems View');
    return this.page.locator('.markers-panel .monaco-list-row');
  }

  /** @param {string | RegExp} text @returns a status bar item that shows the text */
  statusItem(text) {
    return this.page.locator('.statusbar-item', { hasText: text }).first();
  }

  /** @param {string} text @returns a notification that shows the text */
  notification(text) {
    return this.page.locator('.notification-toast', { hasText: text }).first();
  }

  /** Waits until the terminal shows the text. @param {string | RegExp} text @returns all that it shows */
  async terminalShows(text) {
    const rows = this.page.locator('.terminal-wrapper.active .xterm-rows');
    await rows.filter({ hasText: text }).first().waitFor();
    return plain(await rows.first().innerText());
  }

  /** @param {string} path */
  async screenshot(path) {
    await this.page.screenshot({ path, animations: 'disabled' });
  }
}

/** @param {string} text @returns {string} with the spaces that the editor draws as others */
function plain(text) {
  return text.replace(/\u00a0/g, ' ');
}
