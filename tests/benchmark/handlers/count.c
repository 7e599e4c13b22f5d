#include "bpf.h"

struct {
  NUMBER(type, BPF_MAP_TYPE_HASH);
  NUMBER(max_entries, 2048);
  TYPE(key, s64);
  TYPE(value, s64);
} n SECTION(".maps");

SECTION("tracepoint/handler") int handler(struct event *event) {
  s64 key = (int)event->argument, zero = 0;
  s64 *value = bpf_map_lookup_elem(&n, &key);
  if (!value) {
    bpf_map_update_elem(&n, &key, &zero, BPF_NOEXIST);
    value = bpf_map_lookup_elem(&n, &key);
    if (!value) return 0;
  }
  __sync_fetch_and_add(value, 1);
  return 0;
}
