import assert from 'node:assert/strict';
import { test } from 'node:test';
import { elevated, launcherEnvironment, serverProgram, type CommandLine } from '../src/launch';
import { readSettings, type Settings } from '../src/settings';

const settings = (values: Record<string, unknown>): Settings => readSettings((key) => values[key]);
const run: CommandLine = ['/x/bin/stapbpf', '/tmp/a b.bo'];

const elevations: readonly { name: string; values: Record<string, unknown>; expected: unknown }[] = [
  { name: 'none runs the command as it is', values: {}, expected: run },
  { name: 'sudo', values: { elevation: 'sudo' }, expected: ['sudo', '--', ...run] },
  { name: 'pkexec', values: { elevation: 'pkexec' }, expected: ['pkexec', ...run] },
  {
    name: 'a command of the user',
    values: { elevation: 'command', elevationCommand: ['doas', '-u', 'root'] },
    expected: ['doas', '-u', 'root', ...run],
  },
  {
    name: 'sudo is told the chosen Java, for it forgets the environment',
    values: { elevation: 'sudo', javaHome: '/opt/jdk 25' },
    expected: ['sudo', '--', 'env', 'JAVA_HOME=/opt/jdk 25', ...run],
  },
  {
    name: 'an empty command of the user is a problem that is told',
    values: { elevation: 'command' },
    expected: { problem: 'tapwright.elevation is "command", but tapwright.elevationCommand is empty.' },
  },
];
for (const { name, values, expected } of elevations) {
  test(`elevation: ${name}`, () => {
    assert.deepEqual(elevated(run, settings(values)), expected);
  });
}

test('the packaged server is started unless another is named', () => {
  assert.equal(serverProgram(settings({}), '/ext'), '/ext/server/bin/stap');
  assert.equal(serverProgram(settings({ serverPath: '/usr/bin/stap' }), '/ext'), '/usr/bin/stap');
});

test('a chosen Java is handed to the launcher', () => {
  assert.deepEqual(launcherEnvironment(settings({ javaHome: '/opt/jdk' })), { JAVA_HOME: '/opt/jdk' });
  assert.deepEqual(launcherEnvironment(settings({})), {});
});

test('a setting of the wrong kind counts as not set', () => {
  assert.deepEqual(
    settings({ targetKernel: 4.14, elevation: 'root', elevationCommand: 'doas', serverPath: null, javaHome: [] }),
    settings({}),
  );
  assert.deepEqual(settings({ elevationCommand: ['doas', 1] }).elevationCommand, ['doas']);
});
