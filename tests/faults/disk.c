/* The disk below one folder as a test wants it: preloaded, so that SQLite's own calls are reached.
   A descriptor belongs to the folder FAULT_BELOW by the name it was opened with.

   Refused: fault_arm(n, error) counts from here on and refuses call n; fault_calls() says how many
   there were; n = 0 only counts. Reads are not counted: what cannot be read is shown elsewhere
   (rows 8 and 16). n = -1 refuses every call and every read: the disk was pulled out.

   Written down: disk_record(log) writes every change to a log from here on, disk_mark(text) a word
   between them, disk_rest() no more. Each entry: a struct entry, then `size` bytes. `powercuts.py`
   makes of it what a disk holds that loses its power. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#define REAL(name) \
    static __typeof__(name) *real; \
    if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

static char ours[65536];

static int below(const char *path) {
    const char *folder = getenv("FAULT_BELOW");
    return folder && path && !strncmp(path, folder, strlen(folder));
}

static int marked(int fd) { return fd >= 0 && fd < (int)sizeof ours && ours[fd]; }

/* -- refused */

static int armed, nth, calls, code;
static char last[512];

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

/* -- written down */

struct entry { uint64_t what, file, at, size; };

static FILE *paper;
static pthread_mutex_t turn = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

void disk_record(const char *log) { paper = fopen(log, "wb"); }
void disk_rest(void) { fclose(paper); paper = NULL; }

static void put(char what, uint64_t file, uint64_t at, const void *data, uint64_t size) {
    struct entry entry = {(uint64_t)what, file, at, size};
    if (!paper) return;
    int error = errno;
    fwrite(&entry, sizeof entry, 1, paper);
    if (size) fwrite(data, size, 1, paper);
    errno = error;
}

void disk_mark(const char *text) {
    pthread_mutex_lock(&turn);
    put('k', 0, 0, text, strlen(text));
    pthread_mutex_unlock(&turn);
}

static uint64_t file_of(int fd) {
    struct stat found;
    return fstat(fd, &found) ? 0 : found.st_ino;
}

static void put_path(char what, uint64_t file, const char *path) {
    if (below(path)) put(what, file, 0, path, strlen(path));
}

static void put_two(char what, const char *from, const char *to) {
    char both[8192];
    if (!below(to)) return;
    put(what, 0, 0, both, (uint64_t)snprintf(both, sizeof both, "%s\n%s", from, to));
}

/* What the descriptor was read to, not what was passed: a stream writes where it stands. */
static void put_written(int fd, const void *data, ssize_t done, off64_t at) {
    if (paper && done > 0) put('w', file_of(fd), (uint64_t)at, data, (uint64_t)done);
}

static void put_stream(int fd, ssize_t done) {
    char *data;
    off64_t end;
    if (!paper || done <= 0 || !(data = malloc((size_t)done))) return;
    end = lseek64(fd, 0, SEEK_CUR);
    char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    FILE *again = fopen(path, "rb");
    if (again && !fseeko64(again, end - done, SEEK_SET) && fread(data, 1, (size_t)done, again))
        put_written(fd, data, done, end - done);
    if (again) fclose(again);
    free(data);
}

/* -- the calls */

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        REAL(name); \
        va_list more; va_start(more, flags); mode_t mode = va_arg(more, mode_t); va_end(more); \
        int mine = below(path); \
        if (mine && ((flags & (O_CREAT | O_WRONLY | O_RDWR)) || nth == -1) && refused("open", path)) \
            return -1; \
        pthread_mutex_lock(&turn); \
        int there = mine && paper && !access(path, F_OK); \
        int fd = real(path, flags, mode); \
        if (fd >= 0 && fd < (int)sizeof ours) ours[fd] = mine; \
        if (fd >= 0 && mine && !there) put_path('c', file_of(fd), path); \
        if (fd >= 0 && there && (flags & O_TRUNC)) put('t', file_of(fd), 0, 0, 0); \
        pthread_mutex_unlock(&turn); \
        return fd; \
    }
OPEN(open)
OPEN(open64)

int close(int fd) {
    REAL(close);
    if (fd >= 0 && fd < (int)sizeof ours) ours[fd] = 0;
    return real(fd);
}

#define ON_FD(kind, name, given, passed, said) \
    kind name given { \
        REAL(name); \
        if (!marked(fd)) return real passed; \
        if (refused(#name, 0)) return -1; \
        pthread_mutex_lock(&turn); \
        kind done = real passed; \
        said; \
        pthread_mutex_unlock(&turn); \
        return done; \
    }
ON_FD(ssize_t, write, (int fd, const void *data, size_t size), (fd, data, size),
      put_written(fd, data, done, lseek64(fd, 0, SEEK_CUR) - done))
ON_FD(ssize_t, pwrite, (int fd, const void *data, size_t size, off_t at), (fd, data, size, at),
      put_written(fd, data, done, at))
ON_FD(ssize_t, pwrite64, (int fd, const void *data, size_t size, off64_t at), (fd, data, size, at),
      put_written(fd, data, done, at))
ON_FD(ssize_t, sendfile, (int fd, int from, off_t *at, size_t size), (fd, from, at, size),
      put_stream(fd, done))
ON_FD(ssize_t, sendfile64, (int fd, int from, off64_t *at, size_t size), (fd, from, at, size),
      put_stream(fd, done))
ON_FD(int, ftruncate, (int fd, off_t size), (fd, size),
      if (!done) put('t', file_of(fd), (uint64_t)size, 0, 0))
ON_FD(int, ftruncate64, (int fd, off64_t size), (fd, size),
      if (!done) put('t', file_of(fd), (uint64_t)size, 0, 0))
ON_FD(int, fsync, (int fd), (fd), if (!done) put('s', file_of(fd), 0, 0, 0))
ON_FD(int, fdatasync, (int fd), (fd), if (!done) put('s', file_of(fd), 0, 0, 0))

#define ON_READ(name, given, passed) \
    ssize_t name given { \
        REAL(name); \
        if (nth == -1 && marked(fd) && refused(#name, 0)) return -1; \
        return real passed; \
    }
ON_READ(read, (int fd, void *data, size_t size), (fd, data, size))
ON_READ(pread, (int fd, void *data, size_t size, off_t at), (fd, data, size, at))
ON_READ(pread64, (int fd, void *data, size_t size, off64_t at), (fd, data, size, at))

#define ON_NAMES(name, given, passed, counted, said) \
    int name given { \
        REAL(name); \
        if (counted && below(to) && refused(#name, to)) return -1; \
        pthread_mutex_lock(&turn); \
        int done = real passed; \
        if (!done) said; \
        pthread_mutex_unlock(&turn); \
        return done; \
    }
ON_NAMES(rename, (const char *from, const char *to), (from, to), 1, put_two('r', from, to))
ON_NAMES(link, (const char *from, const char *to), (from, to), 1, put_two('l', from, to))
ON_NAMES(mkdir, (const char *to, mode_t mode), (to, mode), 1, put_path('m', 0, to))
ON_NAMES(unlink, (const char *to), (to), 0, put_path('u', 0, to))
ON_NAMES(rmdir, (const char *to), (to), 0, put_path('u', 0, to))

int unlinkat(int folder, const char *name, int flags) {
    REAL(unlinkat);
    char path[8192] = "", link[64];
    if (folder != AT_FDCWD && name[0] != '/') {
        snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
        ssize_t size = readlink(link, path, 4096);
        if (size > 0) snprintf(path + size, sizeof path - (size_t)size, "/%s", name);
    } else
        snprintf(path, sizeof path, "%s", name);
    pthread_mutex_lock(&turn);
    int done = real(folder, name, flags);
    if (!done) put_path('u', 0, path);
    pthread_mutex_unlock(&turn);
    return done;
}
