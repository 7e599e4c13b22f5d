#include "bpf.h"

struct statistic {
  s64 count, sum, min, max;
};

struct {
  NUMBER(type, BPF_MAP_TYPE_PERCPU_HASH);
  NUMBER(max_entries, 2048);
  TYPE(key, s64);
  TYPE(value, struct statistic);
} s SECTION(".maps");

SECTION("tracepoint/handler") int handler(struct event *event) {
  s64 key = (int)event->argument, sample = key * 3;
  struct statistic *value = bpf_map_lookup_elem(&s, &key);
  if (!value) {
    struct statistic first = {1, sample, sample, sample};
    bpf_map_update_elem(&s, &key, &first, BPF_NOEXIST);
    return 0;
  }
  value->count++;
  value->sum += sample;
  if (sample < value->min) value->min = sample;
  if (sample > value->max) value->max = sample;
  return 0;
}
