#include "bpf.h"

struct {
  NUMBER(type, BPF_MAP_TYPE_ARRAY);
  NUMBER(max_entries, 1);
  TYPE(key, int);
  TYPE(value, s64);
} n SECTION(".maps");

SECTION("tracepoint/handler") int handler(struct event *event) {
  char name[64];
  int zero = 0;
  s64 *value = bpf_map_lookup_elem(&n, &zero);
  if (!value) return 0;
  long length = bpf_probe_read_user_str(name, sizeof name, (void *)event->argument) - 1;
#pragma unroll 1
  for (long i = 0; i < length && i < 63; i++)
    if (name[i] == 'e') __sync_fetch_and_add(value, 1);
  return 0;
}
