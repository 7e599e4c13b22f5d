/*
 * Attaches a pinned program to the tracepoint of a number until it is ended: attach PROGRAM NUMBER [RING].
 * Meanwhile reads all that comes through a pinned ring buffer.
 */
#include <linux/bpf.h>
#include <linux/perf_event.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static int bpf(int command, union bpf_attr *attributes) {
  return (int)syscall(SYS_bpf, command, attributes, sizeof *attributes);
}

static int pinned(const char *path) {
  union bpf_attr attributes = {.pathname = (uintptr_t)path};
  return bpf(BPF_OBJ_GET, &attributes);
}

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static void attach(int program, const char *number) {
  struct perf_event_attr event = {
      .type = PERF_TYPE_TRACEPOINT, .size = sizeof event, .config = strtoull(number, NULL, 10), .sample_period = 1};
  int opened = (int)syscall(SYS_perf_event_open, &event, -1, 0, -1, PERF_FLAG_FD_CLOEXEC);
  if (opened < 0 || ioctl(opened, PERF_EVENT_IOC_SET_BPF, program) || ioctl(opened, PERF_EVENT_IOC_ENABLE, 0)) fail("attach");
}

static void read_all(int ring, size_t size) {
  size_t page = (size_t)getpagesize();
  uint64_t *consumer = mmap(NULL, page, PROT_READ | PROT_WRITE, MAP_SHARED, ring, 0);
  char *producer = mmap(NULL, page + 2 * size, PROT_READ, MAP_SHARED, ring, (off_t)page);
  if (consumer == MAP_FAILED || producer == MAP_FAILED) fail("mmap");
  struct pollfd readable = {.fd = ring, .events = POLLIN};
  for (;;) {
    poll(&readable, 1, -1);
    uint64_t end = __atomic_load_n((uint64_t *)producer, __ATOMIC_ACQUIRE);
    __atomic_store_n(consumer, end, __ATOMIC_RELEASE);
    /* Else most events would come one by one, and pay for waking this: what is compared is code. */
    usleep(1000);
  }
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  int program = pinned(argv[1]);
  if (program < 0) fail(argv[1]);
  attach(program, argv[2]);
  if (argc < 4) pause();
  int ring = pinned(argv[3]);
  if (ring < 0) fail(argv[3]);
  read_all(ring, 1048576);
}
