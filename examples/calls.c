/* Calls work() as often as its argument says: something for calls.stp to count. */
#include <stdio.h>
#include <stdlib.h>

static volatile long sum;

__attribute__((noinline)) void work(long n) { sum += n; }

int main(int argc, char **argv) {
  long count = argc > 1 ? strtol(argv[1], NULL, 10) : 1000;
  for (long n = 0; n < count; n++) work(n);
  printf("made %ld calls\n", count);
  return 0;
}
