#include "bpf.h"

struct name {
  char text[16];
};

struct {
  NUMBER(type, BPF_MAP_TYPE_HASH);
  NUMBER(max_entries, 2048);
  TYPE(key, struct name);
  TYPE(value, s64);
} n SECTION(".maps");

SECTION("tracepoint/handler") int handler(struct event *event) {
  struct name key = {};
  s64 zero = 0;
  bpf_get_current_comm(key.text, sizeof key.text);
  s64 *value = bpf_map_lookup_elem(&n, &key);
  if (!value) {
    bpf_map_update_elem(&n, &key, &zero, BPF_NOEXIST);
    value = bpf_map_lookup_elem(&n, &key);
    if (!value) return 0;
  }
  __sync_fetch_and_add(value, 1);
  return 0;
}
