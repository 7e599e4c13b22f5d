import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ServerState } from '../src/server';
import type { Session } from '../src/sessions';
import { serverText, sessionsText } from '../src/status-text';

const states: readonly { state: ServerState; target: string; text: string; broken: boolean; tooltip: RegExp }[] = [
  { state: { kind: 'starting' }, target: 'host', text: '$(sync~spin) Tapwright', broken: false, tooltip: /starting/ },
  { state: { kind: 'stopped' }, target: 'host', text: '$(circle-slash) Tapwright', broken: true, tooltip: /stopped/ },
  {
    state: { kind: 'failed', message: 'no Java 25' },
    target: 'host',
    text: '$(error) Tapwright',
    broken: true,
    tooltip: /no Java 25/,
  },
  {
    state: { kind: 'running', status: { state: 'ready', targetKernel: '6.18.5', message: '150000 types.' } },
    target: 'host',
    text: '$(pulse) Linux 6.18.5',
    broken: false,
    tooltip: /this machine.*150000 types/,
  },
  {
    state: { kind: 'running', status: { state: 'loading', targetKernel: '4.14', message: '' } },
    target: '4.14',
    text: '$(sync~spin) Linux 4.14',
    broken: false,
    tooltip: /settings\)\.$/,
  },
];
for (const { state, target, text, broken, tooltip } of states) {
  test(`status item: ${text}`, () => {
    const shown = serverText(state, target);
    assert.equal(shown.text, text);
    assert.equal(shown.broken, broken);
    assert.match(shown.tooltip, tooltip);
  });
}

test('the sessions item names the only script, or counts them', () => {
  const session = (name: string): Session => ({ name, startedAt: 0, script: undefined as never });
  assert.equal(sessionsText([]), '');
  assert.equal(sessionsText([session('a.stp')]), '$(debug-stop) a.stp');
  assert.equal(sessionsText([session('a.stp'), session('b.stp')]), '$(debug-stop) 2 scripts');
});
