// SPDX-License-Identifier: MIT
// A machine that is busy elsewhere, for a program that knows nothing of it (LD_PRELOAD): now and then a thread is slow
// for a while, and so is each of its calls below, while the other threads go on. A test, or a program, that is right
// only as long as its threads keep step fails so within minutes, on an idle machine:
//
//     LD_PRELOAD=build/tests/libjitter.so ctest --test-dir build -R unit/tls --repeat until-fail:30
//
// What is delayed is left to chance, and differs from one time to the next: no seed would bring the same order back.

#define _GNU_SOURCE // RTLD_NEXT, ppoll
#include <dlfcn.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum {
    LOOK = 64,         // calls after which a thread may turn slow
    SLOW_PERCENT = 36, // does it?
    LEAST_US = 2000,   // that long it stays as it is
    MOST_US = 62000,
    CALL_LEAST_US = 200, // each call of one that is slow
    CALL_MOST_US = 4200,
};

static __thread uint64_t chance;
static __thread bool is_slow;
static __thread int64_t until; // us, when it may change

static int64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

// xorshift64*, a thread's own.
static int64_t between(int64_t least, int64_t most)
{
    if (chance == 0)
        chance = ((uint64_t)now() * 0x9E3779B97F4A7C15u) ^ (uint64_t)syscall(SYS_gettid) ^ 1;
    chance ^= chance >> 12;
    chance ^= chance << 25;
    chance ^= chance >> 27;
    return least + (int64_t)((chance * 0x2545F4914F6CDD1Du >> 33) % (uint64_t)(most - least));
}

static void delay(void)
{
    int saved = errno;
    if (is_slow && now() < until) {
        struct timespec t = {.tv_nsec = 1000 * between(CALL_LEAST_US, CALL_MOST_US)};
        ppoll(NULL, 0, &t, NULL);
    } else if (is_slow || (between(0, LOOK) == 0 && now() >= until)) {
        is_slow = !is_slow && between(0, 100) < SLOW_PERCENT;
        until = now() + between(LEAST_US, MOST_US);
    }
    errno = saved;
}

// POSIX wants dlsym's result taken like this.
static void find(void *function, const char *name)
{
    if (!*(void **)function)
        *(void **)function = dlsym(RTLD_NEXT, name);
}

int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
    static int (*real)(pthread_mutex_t *);
    find(&real, __func__);
    int result = real(mutex);
    delay();
    return result;
}

int epoll_wait(int fd, struct epoll_event *events, int most, int timeout)
{
    static int (*real)(int, struct epoll_event *, int, int);
    find(&real, __func__);
    int result = real(fd, events, most, timeout);
    delay();
    return result;
}

int poll(struct pollfd *fds, nfds_t count, int timeout)
{
    static int (*real)(struct pollfd *, nfds_t, int);
    find(&real, __func__);
    int result = real(fds, count, timeout);
    delay();
    return result;
}

ssize_t read(int fd, void *buf, size_t len)
{
    static ssize_t (*real)(int, void *, size_t);
    find(&real, __func__);
    delay();
    return real(fd, buf, len);
}

ssize_t write(int fd, const void *buf, size_t len)
{
    static ssize_t (*real)(int, const void *, size_t);
    find(&real, __func__);
    delay();
    return real(fd, buf, len);
}

ssize_t readv(int fd, const struct iovec *parts, int count)
{
    static ssize_t (*real)(int, const struct iovec *, int);
    find(&real, __func__);
    delay();
    return real(fd, parts, count);
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags)
{
    static ssize_t (*real)(int, const struct msghdr *, int);
    find(&real, __func__);
    delay();
    return real(fd, message, flags);
}
