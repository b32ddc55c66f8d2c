// SPDX-License-Identifier: MIT
// tocsin practice: First Light for one person in one terminal. The engine is a process of its own, as it is on
// the day; everybody else is played by it.

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/files.h"
#include "base/mem.h"
#include "command.h"
#include "embedded.h"
#include "new_folder.h"

#define SEAT     "watch-1"
#define PATIENCE 30000 // ms for the engine to open its doors
#define FAREWELL 100   // times 50 ms for it to end
#define LOG_MOST (1 << 20)

extern char **environ;

static const toc_option options[] = {
    {"plain", NULL, "append-only lines instead of the full screen", false},
    {"ascii", NULL, "frames and marks of ASCII only", false},
    {"no-color", NULL, "bold and reverse instead of colours", false},
    {"no-bell", NULL, "no bell for what is urgent", false},
    {"no-mouse", NULL, "leave the mouse to the terminal, for selecting text", false},
    {"speed", "X", "play time per wall time (2: seven minutes in all)", false},
    {NULL, NULL, NULL, false},
};

typedef struct {
    char *folder; // of this practice: the scenario, and the run
    char *ticket, *run;
    pid_t engine;
    int says;  // its stdout
    int leash; // its stdin: when we are gone, however that came, it ends
} practice;

static toc_err make_folder(practice *p, toc_error *e);
static toc_err start_engine(practice *p, const char *speed, toc_error *e);
static toc_err wait_for_doors(practice *p, toc_error *e);
static void take_line(practice *p, const char *line);
static bool has_ended(const practice *p);
static void say_end(const practice *p, toc_error *e);
static void end_engine(practice *p);

static int run(const toc_arguments *a)
{
    practice p = {.says = -1, .leash = -1};
    toc_error e = {0};
    const char *speed = toc_options_get(a, "speed");
    if (a->argument_count > 0) {
        toc_fail(&e, TOC_EUSAGE, "practice needs nothing: tocsin practice");
        return toc_report(&e);
    }
    toc_err err = make_folder(&p, &e);
    if (!err)
        err = start_engine(&p, speed ? speed : "2", &e);
    if (!err)
        err = wait_for_doors(&p, &e);
    int code = err ? toc_report(&e) : 0;
    if (!err) {
        printf("EXERCISE  You are the island watch. Play begins at once and takes seven minutes; "
               "leave with q "
               "whenever you like.\n");
        fflush(stdout);
        code = toc_sit(p.ticket, a, p.says, &e);
        if (code == 4 && has_ended(&p))
            say_end(&p, &e);
        if (code != 0)
            toc_report(&e);
    }
    end_engine(&p);
    if (p.run)
        printf("\nYour play is recorded. Prove it:    tocsin verify %s\n"
               "Once more:                          tocsin practice\n"
               "Conduct it yourself, with others:   tocsin run %s/first-light\n",
               p.run, p.folder);
    fflush(stdout);
    _exit(code); // a name that is being looked up would be waited for
}

static toc_err make_folder(practice *p, toc_error *e)
{
    const char *tmp = getenv("TMPDIR");
    p->folder = toc_sprintf("%s/tocsin-practice-XXXXXX", tmp && tmp[0] == '/' ? tmp : "/tmp");
    if (!mkdtemp(p->folder))
        return toc_fail_sys(e, errno, "no folder could be made: %s; TMPDIR names another place",
                            p->folder);
    char *scenario = toc_sprintf("%s/first-light", p->folder);
    toc_files *files = toc_files_new();
    toc_embedded_take(TOC_EXAMPLES "first-light/", files);
    toc_err err = toc_new_folder(scenario, files, e);
    toc_files_free(files);
    free(scenario);
    return err;
}

static toc_err start_engine(practice *p, const char *speed, toc_error *e)
{
    int ends[2], leash[2];
    char *scenario = toc_sprintf("%s/first-light", p->folder);
    char *runs = toc_sprintf("%s/runs", p->folder), *log = toc_sprintf("%s/engine.log", p->folder);
    char *pace = toc_strdup(speed);
    char *args[] = {"tocsin",  "run",     scenario,       "--listen",    "127.0.0.1:0", "--run-dir",
                    runs,      "--quiet", "--play",       "first",       "--people",    SEAT,
                    "--speed", pace,      "--auto-start", "--until-eof", NULL};
    if (pipe(ends) != 0 || pipe(leash) != 0)
        return toc_fail_sys(e, errno, "no pipe could be made");
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(leash[1], F_SETFD, FD_CLOEXEC);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, leash[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&files, ends[1]);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, log, O_WRONLY | O_CREAT | O_APPEND,
                                     0600);
    // Its own group: Ctrl-C at the terminal is for the terminal.
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    int code = posix_spawn(&p->engine, "/proc/self/exe", &files, &attributes, args, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&files);
    close(ends[1]);
    close(leash[0]);
    p->says = ends[0];
    p->leash = leash[1];
    free(scenario);
    free(runs);
    free(log);
    free(pace);
    return code ? toc_fail_sys(e, code, "the engine could not be started") : TOC_OK;
}

// The engine says where its tickets are, and then that they can be used.
static toc_err wait_for_doors(practice *p, toc_error *e)
{
    toc_buf said = {0};
    bool is_open = false;
    struct pollfd readable = {.fd = p->says, .events = POLLIN};
    while (!is_open && poll(&readable, 1, PATIENCE) == 1) {
        char bytes[1024];
        ssize_t n = read(p->says, bytes, sizeof bytes);
        if (n <= 0)
            break;
        toc_buf_add(&said, bytes, (size_t)n);
        is_open = strstr(toc_buf_text(&said), "Each seat sits down") != NULL;
    }
    char *at = said.data;
    for (char *end = at ? strchr(at, '\n') : NULL; end; at = end + 1, end = strchr(at, '\n')) {
        *end = '\0';
        take_line(p, at);
    }
    toc_buf_fini(&said);
    if (!is_open || !p->ticket)
        return toc_fail(e, TOC_EIO, "the engine did not start; what it said is in %s/engine.log",
                        p->folder);
    return TOC_OK;
}

static void take_line(practice *p, const char *line)
{
    static const char run[] = "run       ", ticket[] = "ticket    ", name[] = "/" SEAT ".ticket";
    size_t len = strlen(line);
    if (strncmp(line, run, sizeof run - 1) == 0 && !p->run)
        p->run = toc_strdup(line + sizeof run - 1);
    if (strncmp(line, ticket, sizeof ticket - 1) == 0 && len > sizeof name &&
        strcmp(line + len - (sizeof name - 1), name) == 0 && !p->ticket)
        p->ticket = toc_strdup(line + sizeof ticket - 1);
}

// Whatever happened to its process: nobody speaks there any more.
static bool has_ended(const practice *p)
{
    char byte;
    ssize_t n = -1;
    do {
        n = read(p->says, &byte, 1);
    } while (n > 0);
    return n == 0;
}

// The last line that it said of itself is why, if it said one.
static void say_end(const practice *p, toc_error *e)
{
    char *log = toc_sprintf("%s/engine.log", p->folder);
    toc_buf said = {0};
    toc_file_slurp(&said, log, LOG_MOST, NULL);
    while (said.len > 0 && said.data[said.len - 1] == '\n')
        said.data[--said.len] = '\0';
    const char *last = said.len > 0 ? strrchr(said.data, '\n') : NULL;
    toc_fail(e, TOC_ENET, "the engine of this practice ended: %.80s; the recording is in %.100s",
             last           ? last + 1
             : said.len > 0 ? said.data
                            : "it did not say why",
             p->run ? p->run : p->folder);
    toc_buf_fini(&said);
    free(log);
}

// It seals its recording and goes; what does not go is ended.
static void end_engine(practice *p)
{
    if (p->engine <= 0)
        return;
    kill(p->engine, SIGTERM);
    for (int i = 0; i < FAREWELL; i++) {
        if (waitpid(p->engine, NULL, WNOHANG) != 0)
            return;
        poll(NULL, 0, 50);
    }
    kill(-p->engine, SIGKILL);
    waitpid(p->engine, NULL, 0);
}

const toc_command toc_command_practice = {
    .name = "practice",
    .usage = "practice",
    .summary = "seven minutes for one person in one terminal: nothing to set up",
    .about =
        "You sit at a team's terminal while the program conducts First Light, an exercise on a "
        "small "
        "island, and plays\n"
        "everybody else. Nothing is installed, no network is used; the recording stays in a folder "
        "that is named at the end.\n",
    .examples = "  tocsin practice\n"
                "  tocsin practice --plain\n"
                "  tocsin practice --speed 1     fifteen minutes, as on the day\n",
    .options = options,
    .run = run,
};
