// A real VS Code on a copy of the examples, in one session: each test goes on from where the one before left the window.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { packageExtension } from '../../vscode-extension/host/package-extension.mjs';
import { ensureCodeServer } from '../../vscode-extension/host/install.mjs';
import { openEditor } from './session.mjs';

/** Time for a whole step, the session's start aside. */
const timeout = 120_000;

/** @type {Awaited<ReturnType<typeof openEditor>>} */
let editor;

before(
  async () => {
    const say = (/** @type {string} */ message) => {
      console.log(message);
    };
    // TAPWRIGHT_VSIX: another package than the one that is built here.
    const vsix = process.env.TAPWRIGHT_VSIX ?? (await packageExtension(say));
    await ensureCodeServer(say);
    editor = await openEditor(vsix);
    await editor.open();
  },
  { timeout: 600_000 },
);

after(async () => {
  await editor.close();
});

/** @param {string} kernel as in the settings */
async function selectKernel(kernel) {
  await editor.workbench.command('Tapwright: Select Target Kernel');
  await editor.workbench.choose(kernel);
}

test('a script is recognised, and the status bar names the kernel that it is checked for', { timeout }, async () => {
  const { workbench } = editor;
  await workbench.openFile('contains_loops.stp');
  await workbench.statusItem('SystemTap').waitFor();
  await workbench.statusItem(/Linux \d+\.\d+/).waitFor();
});

test('a loop in a kernel probe is underlined on kernel 4.14, with the reason', { timeout }, async () => {
  const { workbench } = editor;
  await selectKernel('4.14');
  await workbench.statusItem('Linux 4.14').waitFor();
  await workbench.squiggles('error').first().waitFor();
  await workbench.hover('for (', '4.14');
  await editor.screenshot('loop-on-4.14');
  await workbench.leave();
  const problems = await workbench.problems();
  const [told = ''] = await problems.filter({ hasText: '[Ln 4' }).allInnerTexts();
  assert.match(told, /loop/);
});

test('a script with errors does not run, and says why', { timeout }, async () => {
  const { workbench } = editor;
  await workbench.command('Tapwright: Run Script');
  await workbench.notification('contains_loops.stp cannot run').waitFor();
  await workbench.command('Notifications: Clear All Notifications');
});

test('with another kernel the reason is another', { timeout }, async () => {
  const { workbench } = editor;
  await selectKernel('host');
  const problems = await workbench.problems();
  await problems.filter({ hasText: '4.14' }).first().waitFor({ state: 'detached' });
});

test('a mistake is underlined while it is typed, and no longer once it is mended', { timeout }, async () => {
  const { workbench } = editor;
  await workbench.openFile('hello.stp');
  await workbench.goTo(3, 1);
  const mistake = '1 + ; ';
  await workbench.page.keyboard.type(mistake);
  await workbench.squiggles('error').first().waitFor();
  for (let typed = mistake; typed !== ''; typed = typed.slice(1)) await workbench.page.keyboard.press('Backspace');
  await workbench.squiggles('error').first().waitFor({ state: 'detached' });
});

test('the hover on a probe point tells what it resolved to', { timeout }, async () => {
  const { workbench } = editor;
  await workbench.openFile('switches.stp');
  const told = await workbench.hover('sched_switch', 'sched_switch');
  assert.match(told, /tracepoint/);
  await editor.screenshot('hover');
  await workbench.leave();
});

test('the lens above the first probe runs the script, and its output is seen', { timeout }, async () => {
  const { workbench } = editor;
  await workbench.editor.locator('.codelens-decoration a', { hasText: 'Run' }).first().click();
  await workbench.terminalShows(/SWITCHES\s+\d+\s+\d+/);
  // The button in the title follows the script that is shown.
  await workbench.page.locator('.editor-actions .action-label[aria-label^="Stop Script"]').waitFor();
  await editor.screenshot('run');
  // It ends by itself after three rounds.
  await workbench.statusItem('switches.stp').waitFor({ state: 'detached' });
});

test('a run is stopped with the command, and its end probes run', { timeout }, async () => {
  const { workbench } = editor;
  await workbench.openFile('who-reads.stp');
  await workbench.command('Tapwright: Run Script');
  await workbench.statusItem('who-reads.stp').waitFor();
  await workbench.command('Tapwright: Stop Script');
  await workbench.statusItem('who-reads.stp').waitFor({ state: 'detached' });
  assert.equal(await workbench.notification('ended with status').count(), 0);
});

test('a restarted server goes on where the old one was', { timeout }, async () => {
  const { workbench } = editor;
  await workbench.command('Tapwright: Restart Language Server');
  await workbench.statusItem(/Linux \d+\.\d+/).waitFor();
  await workbench.openFile('switches.stp');
  await workbench.hover('sched_switch', 'sched_switch');
});
