// What is run on other kernels. Each boot of a kernel runs all of its cases: a boot and a Java start cost seconds there.

/**
 * @typedef {object} Case
 * @property {string} name
 * @property {readonly string[]} kernels series, as tests/guest/kernel takes them
 * @property {string} command for bash, in the checkout
 * @property {string | RegExp} stdout all of what it prints
 * @property {number} [status] its exit status, 0 unless said
 * @property {string} [activity] a command that is repeated meanwhile: an idle guest calls almost nothing
 * @property {number} [seconds] how long it may take, where that is more than others take
 */

export const KERNELS = /** @type {const} */ (['5.10', '6.1', '6.12', '6.18', '7.3']);

/** Calls read(2) a thousand times. */
const READS = 'dd if=/dev/zero of=/dev/null bs=100 count=1000 status=none';

/** @type {readonly Case[]} */
export const CASES = [
  {
    name: 'sample.stp, the article’s script: a kernel function by the name it had in 2017',
    kernels: KERNELS,
    command: 'bin/stap examples/sample.stp',
    activity: READS,
    stdout: 'hi from sys_read!\n',
  },
  {
    name: 'counts by name, from a tracepoint in the kernel to a timer in user space',
    kernels: KERNELS,
    command: `bin/stap -e 'global n probe kernel.trace("sched_switch") { n[execname()]++ }
      probe timer.s(1) { foreach (k in n- limit 1) println(n[k] > 0); exit() }'`,
    activity: READS,
    stdout: '1\n',
  },
  {
    name: 'the return of a function, found by a pattern',
    kernels: KERNELS,
    command: `bin/stap -e 'probe kernel.function("vfs_rea[d]").return { println("returned"); exit() }'`,
    activity: READS,
    stdout: /^(returned\n)+$/,
  },
];
