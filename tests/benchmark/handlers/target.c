/* Makes as many events as its argument says of getpgid() and of memfd_create(), which is refused, under changing names. */
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int main(int argc, char **argv) {
  static const char *const names[] = {"read", "write", "openat", "close", "clock_nanosleep", "mmap", "", "epoll_wait"};
  const struct timespec pause = {0, 2000000};
  long count = argc > 1 ? strtol(argv[1], NULL, 10) : 1000;
  for (long i = 0; i < count; i++) {
    prctl(PR_SET_NAME, names[i % 8]);
    syscall(SYS_getpgid, i % 100);
    syscall(SYS_memfd_create, names[i % 8], -1);
    /* Lets readers of events keep up. */
    if (i % 256 == 0) nanosleep(&pause, NULL);
  }
  return 0;
}
