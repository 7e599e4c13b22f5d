package dev.tapwright.compiler.bpf;

/**
 * A perf event array through which programs read a counter: it has an event of each processor.
 *
 * @param map its place in the maps
 * @param type {@code perf_event_attr.type}
 * @param config {@code perf_event_attr.config}: what of that type
 */
public record CounterMap(int map, int type, long config) {}
