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

/** Defines a command that loads modules, without what an installed system has for it. */
const LOAD = `load() {
    for module; do
      file=$(find "/lib/modules/$(uname -r)/" -name "$module.ko*")
      case $file in *.xz) xz -dc "$file" ;; *) cat "$file" ;; esac >"/run/$module.ko"
      [ -d "/sys/module/$module" ] || busybox insmod "/run/$module.ko"
    done
  }`;

/** Makes a file a disk, and no longer: system calls that end in the module loop. */
const LOOPS = `{ [ -s /run/disk ] || dd if=/dev/zero of=/run/disk bs=1M count=1
  losetup /dev/loop0 /run/disk; losetup -d /dev/loop0; } 2>/dev/null`;

/** The kernels that describe the types of their modules: from 5.11 on. */
const WITH_MODULE_TYPES = KERNELS.filter((series) => series !== '5.10');

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
  {
    name: 'the life of processes, and the system call that each ends with',
    kernels: KERNELS,
    command: `bin/stap -c 'sh -c "ls / >/dev/null; true"' -e 'global ends
      probe process.begin { println("begin ", execname(), pid() == target() ? " target" : "") }
      probe process.end { println("end ", execname()) }
      probe process.syscall { if ($syscall == 231) ends++ }
      probe end { println(ends) }'`,
    stdout: 'begin sh target\nbegin sh\nbegin ls\nend ls\nend sh\n2\n',
  },
  {
    name: 'the beginning of one program, told by its file',
    kernels: KERNELS,
    command: `bin/stap -c 'sh -c "ls / >/dev/null; true"' -e 'probe process("ls").begin { println(execname()) }'`,
    stdout: 'ls\n',
  },
  {
    name: 'a security hook whose answer is followed',
    kernels: KERNELS,
    command: `bin/stap -g -c 'sh -c "cat /etc/hostname 2>/dev/null || echo no; cat /etc/debian_version >/dev/null && echo yes"' -e '
      global asked probe lsm.file_open {
        if (execname() == "cat" && kernel_string($file->f_path->dentry->d_name->name) == "hostname") {
          try { $return = $file != 0 } catch (m) { println(m) }
          for (i = 0; i < 13; i++) $return--
          asked++ } }
      probe end { println(asked) }'`,
    stdout: /^(?=[^]*no\n)(?=[^]*yes\n)(?=[^]*invalid return value of a security hook\n)(?:.*\n){3}1\n$/,
  },
  {
    name: 'functions and arguments that fentry does not take: pointers to numbers, structures, a variable number, many',
    kernels: KERNELS,
    command: `bin/stap -c 'sh -c "id -u; cat /proc/version; cat /etc/hostname" >/dev/null' -e '
      global seen
      probe kernel.function("seq_printf") { if (execname() == "cat") seen["variable"] = $m != 0 }
      probe kernel.function("current_time").return, kernel.function("make_kuid").return ? { seen["returned"] = 1 }
      probe kernel.function("from_kuid_munged") { if (execname() == "id") seen["by value"] = $targ != 0 }
      probe kernel.function("do_futex") { seen["many"] = pointer_arg(1) == $uaddr && $val3 == $val3 }
      probe kernel.function("vfs_read") { if (execname() == "cat") seen["place"] = $pos != 0 && pointer_arg(4) == $pos }
      probe kernel.function("vfs_read").return { if (execname() == "cat" && $return > 0) seen["kept"] = @entry($pos) == $pos && @entry($$parms) == $$parms }
      probe end { foreach ([what+] in seen) printf("%s %d\\n", what, seen[what]) }'`,
    stdout: 'by value 1\nkept 1\nmany 1\nplace 1\nreturned 1\nvariable 1\n',
  },
  {
    name: 'packets at hooks of the packet filter, one of which is dropped',
    kernels: ['6.12', '6.18', '7.3'],
    command: `busybox ip link set lo up; bin/stap -g -c 'bash -c "exec 2>/dev/null; echo -n ab > /dev/udp/127.0.0.1/9; echo -n abc > /dev/udp/127.0.0.1/7; true"' -e '
      global total
      probe netfilter.ip.local_out {
        if (protocol != ipproto_udp) next
        for (i = 0; i < length; i++) total++
        printf("%s %s %s:%d %d %s %d %s\\n", pf, saddr, daddr, dport, length, outdev_name, pid() == target() || ppid() == target(), execname())
        try { $verdict = dport - 7 } catch (m) { println(m) }
      }
      probe netfilter.hook("NF_INET_LOCAL_IN").pf("NFPROTO_IPV4").priority("NF_IP_PRI_NAT_SRC") {
        header = &@cast($skb->head + $skb->network_header, "iphdr", "kernel")
        if (header->protocol == 17) printf("in %d %d %d %s %d\\n", $hooknum, $pf, $out, kernel_string($in->name), $verdict) }
      probe end { println(total) }'`,
    stdout:
      'ipv4 127.0.0.1 127.0.0.1:9 30 lo 1 bash\nBPF can only drop (0) or accept (1) a packet\nin 1 2 0 lo 1\nipv4 127.0.0.1 127.0.0.1:7 31 lo 1 bash\n61\n',
  },
  {
    name: 'a hook of the packet filter before BPF programs ran there',
    kernels: ['6.1'],
    command: `bin/stap -p4 -e 'probe netfilter.hook("NF_INET_LOCAL_IN").pf("NFPROTO_IPV4") { println($skb->len) }' 2>&1 | grep -o 'does not run BPF.*LINK'`,
    stdout:
      'does not run BPF programs at hooks of its packet filter; Linux 6.4 does, built with CONFIG_NETFILTER_BPF_LINK\n',
  },
  {
    name: 'a variable of the kernel that is written',
    kernels: KERNELS,
    command: `bin/stap -e 'global written, used probe kernel.data("jiffies_64").write { written++ } probe kernel.data("jiffies_64").rw { used++ }
      probe timer.ms(500) { if (written && used) { println("seen"); exit() } }'`,
    stdout: 'seen\n',
  },
  {
    name: 'a variable that the kernel does not have, and more than the processor watches',
    kernels: ['6.1'],
    command: `bin/stap -e 'probe kernel.data("nosuch").rw { println(1) }'; bin/stap -p4 -e 'probe kernel.data(0xffff888000000000).length(9).rw { println(1) }'`,
    status: 1,
    stdout: '',
  },
  {
    name: 'a function of a module: its arguments, and types that only the module has',
    kernels: WITH_MODULE_TYPES,
    command: `${LOAD}; load loop; bin/stap -e 'probe module("loop").function("lo_ioctl") {
      lo = &@cast($bdev->bd_disk->private_data, "loop_device")
      if ($cmd == 0x4c01) { printf("%d %s\\n", lo->lo_number, kernel_string(lo->lo_file_name)); exit() } }'`,
    activity: LOOPS,
    stdout: /^(0 \/run\/disk\n)+$/,
  },
  {
    name: 'the return of a function of a module, whose types a function of the script names',
    kernels: WITH_MODULE_TYPES,
    command: `${LOAD}; load loop; bin/stap -e 'function number(disk) { return @cast(disk, "loop_device", "kernel:loop")->lo_number }
      probe module("loop").function("lo_ioctl").return {
        if ($cmd == 0x4c01) { println(number(@entry($bdev->bd_disk->private_data)), " ", $return); exit() } }'`,
    activity: LOOPS,
    stdout: /^(0 0\n)+$/,
  },
  {
    name: 'a tracepoint of a module, by types that only the module has',
    kernels: WITH_MODULE_TYPES,
    command: `${LOAD}; load watchdog softdog; bin/stap -e 'probe kernel.trace("watchdog:watchdog_start") {
      println(kernel_string($wdd->info->identity), " ", $err); exit() }'`,
    activity: '[ -c /dev/watchdog0 ] && echo V >/dev/watchdog0',
    stdout: /^(Software Watchdog 0\n)+$/,
  },
  {
    name: 'a module whose types the kernel does not describe',
    kernels: ['5.10'],
    command: `${LOAD}; load loop; bin/stap --check -e 'probe module("loop").function("lo_ioctl") { println($cmd) }'`,
    status: 1,
    stdout: /this kernel does not describe the types of its modules, such as 'loop'; Linux 5\.11 does/,
  },
];
