/* What handlers in C need of BPF: sections, maps as BTF describes them, helpers by their numbers (include/uapi/linux/bpf.h). */
#pragma once
#include <linux/bpf.h>

#define SECTION(name) __attribute__((section(name), used))
#define NUMBER(name, value) int(*name)[value]
#define TYPE(name, type) type *name

typedef __u64 u64;
typedef __s64 s64;

/* The record of a tracepoint syscalls:sys_enter_X. */
struct event {
  u64 common;
  s64 number;
  u64 argument;
};

static void *(*const bpf_map_lookup_elem)(void *map, const void *key) = (void *)1;
static long (*const bpf_map_update_elem)(void *map, const void *key, const void *value, u64 flags) = (void *)2;
static u64 (*const bpf_get_current_pid_tgid)(void) = (void *)14;
static long (*const bpf_get_current_comm)(void *text, __u32 size) = (void *)16;
static long (*const bpf_probe_read_user_str)(void *text, __u32 size, const void *from) = (void *)114;
static void *(*const bpf_ringbuf_reserve)(void *ring, u64 size, u64 flags) = (void *)131;
static void (*const bpf_ringbuf_submit)(void *record, u64 flags) = (void *)132;

char _license[] SECTION("license") = "GPL";
