// SPDX-License-Identifier: MIT
// tocsin practice, as one person has it: its engine is there for that one seat, and its end is the end.
#include <ctype.h>
#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/mem.h"
#include "check_main.h"
#include "process.h"
#include "tmux.h"

enum { SECONDS = 60 };

static char *folder; // TMPDIR of the practice

static void set_up(void)
{
    folder = folder_new();
    ck_assert_int_eq(setenv("TMPDIR", folder, 1), 0);
}

static void tear_down(void)
{
    unsetenv("TMPDIR");
    folder_remove(folder);
}

// The engine of the practice in our folder; 0: it does not run.
static pid_t engine(void)
{
    DIR *all = opendir("/proc");
    pid_t found = 0;
    ck_assert_ptr_nonnull(all);
    for (struct dirent *entry; !found && (entry = readdir(all));) {
        toc_buf line = {0};
        char *path = toc_sprintf("/proc/%s/cmdline", entry->d_name);
        if (isdigit((unsigned char)entry->d_name[0]) &&
            toc_file_slurp(&line, path, 1 << 16, NULL) == TOC_OK) {
            for (size_t i = 0; i < line.len; i++)
                if (line.data[i] == '\0')
                    line.data[i] = ' ';
            if (strstr(toc_buf_text(&line), folder) && strstr(line.data, " --until-eof"))
                found = (pid_t)atoi(entry->d_name);
        }
        toc_buf_fini(&line);
        free(path);
    }
    closedir(all);
    return found;
}

START_TEST(a_practice_whose_engine_dies_says_so_and_ends)
{
    process p;
    process_start(&p, (const char *const[]){binary(), "practice", "--plain", NULL});
    ck_assert_msg(process_until(&p, "you sit at watch-1", NULL, SECONDS), "%s", p.said.data);
    pid_t pid = engine();
    ck_assert_int_gt(pid, 0);
    kill(pid, SIGKILL);
    ck_assert(process_until(&p, NULL, NULL, SECONDS)); // it goes although somebody could still type
    ck_assert_int_eq(process_end(&p, SECONDS), 4);
    ck_assert_msg(strstr(p.said.data, "tocsin: the engine of this practice ended: "), "%s",
                  p.said.data);
    ck_assert_msg(strstr(p.said.data, "; the recording is in "), "%s", p.said.data);
    process_free(&p);
}
END_TEST

START_TEST(so_it_is_with_the_whole_screen)
{
    tmux t;
    char *line = toc_sprintf("env TMPDIR=%s LC_ALL=C.UTF-8 TERM=xterm-256color %s practice; echo "
                             "left, code $?; exec sleep 600",
                             folder, binary());
    tmux_start(&t, 100, 30, line);
    tmux_until(&t, "Who sits here?", SECONDS);
    pid_t pid = engine();
    ck_assert_int_gt(pid, 0);
    kill(pid, SIGKILL);
    tmux_until(&t, "left, code 4", SECONDS);
    tmux_until(&t, "the engine of this practice ended: ", SECONDS);
    tmux_end(&t);
    free(line);
}
END_TEST

START_TEST(who_leaves_a_practice_ends_its_engine)
{
    process p;
    process_start(&p, (const char *const[]){binary(), "practice", "--plain", NULL});
    ck_assert_msg(process_until(&p, "you sit at watch-1", NULL, SECONDS), "%s", p.said.data);
    process_write(&p, "quit\n");
    ck_assert_int_eq(process_end(&p, SECONDS), 0);
    ck_assert_msg(strstr(p.said.data, "Your play is recorded."), "%s", p.said.data);
    ck_assert_int_eq(engine(), 0);
    process_free(&p);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, a_practice_whose_engine_dies_says_so_and_ends);
    tcase_add_test(tc, so_it_is_with_the_whole_screen);
    tcase_add_test(tc, who_leaves_a_practice_ends_its_engine);
}

TOC_CHECK_MAIN("practice", add_tests)
