// Makes the picture of the README: node tests/editor/picture.mjs
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureCodeServer } from '../../vscode-extension/host/install.mjs';
import { checkout, packageExtension } from '../../vscode-extension/host/package-extension.mjs';
import { stepPrinter } from '../../vscode-extension/host/processes.mjs';
import { openEditor } from './session.mjs';

// The loop below the probe point, whose hover is shown above it.
const SCRIPT = `# Which programs read the most
global reads, squares

probe timer.s(5) {
  foreach (name in reads- limit 3)
    printf("%8d %s\\n", reads[name], name)
  exit()
}

probe kernel.function("sys_read") {
  reads[execname()]++
  for (i = 0; i < 10; i++)
    squares[cpu()] += i * i
}
`;

const say = stepPrinter();
const vsix = process.env.TAPWRIGHT_VSIX ?? (await packageExtension(say));
await ensureCodeServer(say);
const editor = await openEditor(vsix, { width: 960, height: 640 });
try {
  writeFileSync(join(editor.folder, 'who-reads.stp'), SCRIPT);
  const { workbench } = editor;
  await editor.open();
  await workbench.openFile('who-reads.stp');
  await workbench.statusItem(/Linux \d+\.\d+/).waitFor();
  await workbench.command('Tapwright: Select Target Kernel');
  await workbench.choose('4.14');
  await workbench.squiggles('error').first().waitFor();
  await workbench.problems();
  await workbench.command('View: Toggle Primary Side Bar Visibility');
  await workbench.goTo(1, 1);
  await workbench.hover('sys_read', 'sys_read');
  mkdirSync(join(checkout, 'docs/images'), { recursive: true });
  await workbench.screenshot(join(checkout, 'docs/images/editor.png'));
  say('docs/images/editor.png');
} finally {
  await editor.close();
}
