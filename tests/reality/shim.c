/* Loaded into a PostgreSQL server beside its own libraries (LD_PRELOAD). Counts what one of its
 * processes writes, forces and sends, and kills the server right before the n-th of these: a crash
 * at a point which no client can name. Everything else goes on as if this was not here. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

/* Shared with who watches: `Watch` of server.hpp. */
struct watch {
  _Atomic int process; /* of the server, 0: none */
  _Atomic int die_at;  /* 0: never */
  _Atomic int count;
};

static struct watch* watch;

__attribute__((constructor)) static void find_watch(void) {
  const char* path = getenv("INDOUBT_WATCH");
  if (path == NULL) return;
  const int file = open(path, O_RDWR | O_CLOEXEC);
  if (file < 0) return;
  void* page = mmap(NULL, sizeof *watch, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  close(file);
  if (page != MAP_FAILED) watch = page;
}

/* The parent first: it would call the death of one of its children a reason to go on. */
static void point(void) {
  if (watch == NULL || watch->process != getpid()) return;
  if (++watch->count != watch->die_at) return;
  kill(getppid(), SIGKILL);
  kill(getpid(), SIGKILL);
}

#define REAL(name)                                                 \
  static __typeof__(&name) real;                                   \
  if (real == NULL) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

ssize_t pwrite(int file, const void* bytes, size_t size, off_t at) {
  REAL(pwrite);
  point();
  return real(file, bytes, size, at);
}

ssize_t pwrite64(int file, const void* bytes, size_t size, off64_t at) {
  REAL(pwrite64);
  point();
  return real(file, bytes, size, at);
}

int fdatasync(int file) {
  REAL(fdatasync);
  point();
  return real(file);
}

int fsync(int file) {
  REAL(fsync);
  point();
  return real(file);
}

ssize_t send(int socket, const void* bytes, size_t size, int flags) {
  REAL(send);
  point();
  return real(socket, bytes, size, flags);
}
