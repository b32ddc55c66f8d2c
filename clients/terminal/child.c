// SPDX-License-Identifier: MIT
#include "child.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

extern char **environ;

static char **make_environment(void);
static bool is_kept(const char *variable);
static bool is_set(const char *name);

char **toc_child_argv(const char *command, const char *path)
{
    char **argv = NULL;
    size_t count = 0, capacity = 0;
    for (const char *at = command + strspn(command, " \t"); *at; at += strspn(at, " \t")) {
        size_t len = strcspn(at, " \t");
        TOC_GROW(argv, count, capacity);
        argv[count++] = toc_strndup(at, len);
        at += len;
    }
    TOC_GROW(argv, count, capacity);
    argv[count++] = toc_strdup(path);
    TOC_GROW(argv, count, capacity);
    argv[count] = NULL;
    return argv;
}

void toc_child_free(char **argv)
{
    for (size_t i = 0; argv && argv[i]; i++)
        free(argv[i]);
    free(argv);
}

toc_err toc_child_start(pid_t *out, char **argv, bool is_apart, toc_error *e)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    sigset_t signals;
    short flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
    char **environment = make_environment();
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&attributes);
    for (int fd = STDIN_FILENO; is_apart && fd <= STDERR_FILENO; fd++)
        posix_spawn_file_actions_addopen(&files, fd, "/dev/null", O_RDWR, 0);
    // What this process ignores, the other would ignore too.
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes, &signals);
    sigaddset(&signals, SIGPIPE);
    posix_spawnattr_setsigdefault(&attributes, &signals);
    if (is_apart)
        flags |= POSIX_SPAWN_SETPGROUP;
    posix_spawnattr_setflags(&attributes, flags);
    int failed = posix_spawnp(out, argv[0], &files, &attributes, argv, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    free(environment);
    return failed ? toc_fail_sys(e, failed, "cannot run %.100s", argv[0]) : TOC_OK;
}

toc_err toc_child_edit(pid_t *out, const char *path, toc_error *e)
{
    const char *const editors[] = {getenv("VISUAL"), getenv("EDITOR"), "nano", "vi"};
    for (size_t i = 0; i < TOC_COUNT(editors); i++) {
        if (!editors[i] || editors[i][strspn(editors[i], " \t")] == '\0')
            continue;
        char **argv = toc_child_argv(editors[i], path);
        toc_err err = toc_child_start(out, argv, false, e);
        toc_child_free(argv);
        // Of an editor that somebody chose, they shall hear that it is not there.
        if (!err || i < 2)
            return err;
    }
    return toc_fail(e, TOC_EIO, "there is no editor here: set EDITOR to one");
}

toc_err toc_child_show(pid_t *out, const char *path, bool is_text, bool *is_apart, toc_error *e)
{
    static char less[] = "less", prompt[] = "-PEXERCISE   q goes back", end[] = "--";
    char **argv = NULL;
    toc_err err;
    const char *own = is_set("TOCSIN_OPEN") ? getenv("TOCSIN_OPEN") : NULL;
    *is_apart = !own && (is_set("DISPLAY") || is_set("WAYLAND_DISPLAY"));
    if (own || *is_apart) {
        argv = toc_child_argv(own ? own : "xdg-open", path);
        err = toc_child_start(out, argv, *is_apart, e);
        toc_child_free(argv);
        if (!err || !*is_apart)
            return err;
        *is_apart = false;
    }
    if (!is_text)
        return toc_fail(e, TOC_EREFUSED,
                        "nothing here can show this file: save it, or set TOCSIN_OPEN to a program "
                        "that can");
    char *name = toc_strdup(path);
    err = toc_child_start(out, (char *[]){less, prompt, end, name, NULL}, false, e);
    free(name);
    return err;
}

// The strings are those of this process.
static char **make_environment(void)
{
    // less shows control characters as marks unless it is told otherwise, and starts no program of
    // its own then.
    static char secure[] = "LESSSECURE=1";
    char **list = NULL;
    size_t count = 0, capacity = 0;
    for (char **at = environ; *at; at++) {
        if (!is_kept(*at))
            continue;
        TOC_GROW(list, count, capacity);
        list[count++] = *at;
    }
    TOC_GROW(list, count, capacity);
    list[count++] = secure;
    TOC_GROW(list, count, capacity);
    list[count] = NULL;
    return list;
}

static bool is_kept(const char *variable)
{
    static const char *const dropped[] = {"LESS=", "LESSOPEN=", "LESSCLOSE=", "LESSSECURE="};
    for (size_t i = 0; i < TOC_COUNT(dropped); i++)
        if (strncmp(variable, dropped[i], strlen(dropped[i])) == 0)
            return false;
    return true;
}

static bool is_set(const char *name)
{
    const char *value = getenv(name);
    return value && value[strspn(value, " \t")] != '\0';
}
