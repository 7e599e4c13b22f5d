#include "bpf.h"

struct {
  NUMBER(type, BPF_MAP_TYPE_RINGBUF);
  NUMBER(max_entries, 1048576);
} events SECTION(".maps");

struct record {
  u64 format;
  char name[16];
  u64 pid, tid;
  s64 number;
};

SECTION("tracepoint/handler") int handler(struct event *event) {
  struct record *record = bpf_ringbuf_reserve(&events, sizeof *record, 0);
  if (!record) return 0;
  u64 both = bpf_get_current_pid_tgid();
  record->format = 0;
  bpf_get_current_comm(record->name, sizeof record->name);
  record->pid = both >> 32;
  record->tid = (__u32)both;
  record->number = (int)event->argument;
  bpf_ringbuf_submit(record, 0);
  return 0;
}
