// bin/edit --check: what a person would look for first, without a person.
import { openEditor } from './session.mjs';

/**
 * @param {object} options
 * @param {string} options.vsix
 * @param {(message: string) => void} options.say
 * @param {(action: () => Promise<void>) => void} options.onEnd is given what ends the editor
 * @returns {Promise<number>} exit status
 */
export async function checkEditor({ vsix, say, onEnd }) {
  say('starting the editor');
  const editor = await openEditor(vsix);
  onEnd(editor.close);
  const { workbench } = editor;
  await editor.open();
  say('the editor is open');

  await workbench.openFile('contains_loops.stp');
  await workbench.command('Tapwright: Select Target Kernel');
  await workbench.choose('4.14');
  await workbench.squiggles('error').first().waitFor();
  const [problem = ''] = await (await workbench.problems()).filter({ hasText: '[Ln' }).allInnerTexts();
  say(`a diagnostic, on kernel 4.14: ${problem.replace(/\s+/g, ' ').trim()}`);
  await workbench.command('Tapwright: Select Target Kernel');
  await workbench.choose('host');

  await workbench.openFile('switches.stp');
  const hover = await workbench.hover('sched_switch', 'sched_switch');
  say(`a hover: ${hover.split('\n')[0] ?? ''}`);
  await workbench.leave();

  await workbench.command('Tapwright: Run Script');
  const output = await workbench.terminalShows(/SWITCHES\s+\d+\s+\d+/);
  say('a run:');
  console.log(
    output
      .trimEnd()
      .split('\n')
      .map((line) => `         ${line}`)
      .join('\n'),
  );
  say(`seen; the screenshot is ${await editor.screenshot('check')}`);
  return 0;
}
