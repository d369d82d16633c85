/* Lets the n-th file call below one folder fail: preloaded, so that SQLite's own calls are reached.

   fault_arm(n, error) counts from here on and refuses call n; fault_calls() says how many there
   were; n = 0 only counts. A descriptor belongs to the folder FAULT_BELOW by the name it was
   opened with. Reads are not counted: what cannot be read is shown elsewhere (rows 8 and 16).
   n = -1 refuses every call and every read: the disk was pulled out. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static char ours[65536];
static int armed, nth, calls, code;
static char last[512];

static int below(const char *path) {
    const char *folder = getenv("FAULT_BELOW");
    return folder && path && !strncmp(path, folder, strlen(folder));
}

void fault_arm(int n, int error) { armed = 1; nth = n; code = error; calls = 0; last[0] = 0; }
void fault_disarm(void) { armed = 0; }
int fault_calls(void) { return calls; }
const char *fault_last(void) { return last; }

static int refused(const char *what, const char *path) {
    if (!armed || (++calls != nth && nth != -1)) return 0;
    strncpy(last, what, 20);
    strcat(last, " ");
    if (path) strncat(last, path, 400);
    errno = code;
    return 1;
}

static int marked(int fd) { return fd >= 0 && fd < (int)sizeof ours && ours[fd]; }

#define REAL(name) \
    static __typeof__(name) *real; \
    if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        REAL(name); \
        va_list more; va_start(more, flags); mode_t mode = va_arg(more, mode_t); va_end(more); \
        int mine = below(path); \
        if (mine && ((flags & (O_CREAT | O_WRONLY | O_RDWR)) || nth == -1) && refused("open", path)) \
            return -1; \
        int fd = real(path, flags, mode); \
        if (fd >= 0 && fd < (int)sizeof ours) ours[fd] = mine; \
        return fd; \
    }
OPEN(open)
OPEN(open64)

int close(int fd) {
    REAL(close);
    if (fd >= 0 && fd < (int)sizeof ours) ours[fd] = 0;
    return real(fd);
}

#define ON_FD(kind, name, given, passed) \
    kind name given { \
        REAL(name); \
        if (marked(fd) && refused(#name, 0)) return -1; \
        return real passed; \
    }
ON_FD(ssize_t, write, (int fd, const void *data, size_t size), (fd, data, size))
ON_FD(ssize_t, pwrite, (int fd, const void *data, size_t size, off_t at), (fd, data, size, at))
ON_FD(ssize_t, pwrite64, (int fd, const void *data, size_t size, off64_t at), (fd, data, size, at))
#define ON_READ(name, given, passed) \
    ssize_t name given { \
        REAL(name); \
        if (nth == -1 && marked(fd) && refused(#name, 0)) return -1; \
        return real passed; \
    }
ON_READ(read, (int fd, void *data, size_t size), (fd, data, size))
ON_READ(pread, (int fd, void *data, size_t size, off_t at), (fd, data, size, at))
ON_READ(pread64, (int fd, void *data, size_t size, off64_t at), (fd, data, size, at))
ON_FD(int, ftruncate, (int fd, off_t size), (fd, size))
ON_FD(int, ftruncate64, (int fd, off64_t size), (fd, size))
ON_FD(int, fsync, (int fd), (fd))
ON_FD(int, fdatasync, (int fd), (fd))

#define ON_TWO(name) \
    int name(const char *from, const char *to) { \
        REAL(name); \
        if (below(to) && refused(#name, to)) return -1; \
        return real(from, to); \
    }
ON_TWO(rename)
ON_TWO(link)

int mkdir(const char *path, mode_t mode) {
    REAL(mkdir);
    if (below(path) && refused("mkdir", path)) return -1;
    return real(path, mode);
}
