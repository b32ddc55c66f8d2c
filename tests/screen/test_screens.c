// SPDX-License-Identifier: MIT
// Whole tasks by their keys: every script in this folder is one test, named after what it shows.

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "check_main.h"
#include "room.h"

static char *scripts[256];
static size_t count;

static int is_script(const struct dirent *d)
{
    size_t len = strlen(d->d_name);
    return len > 5 && strcmp(d->d_name + len - 5, ".keys") == 0;
}

static void find_scripts(void)
{
    const char *only = getenv("TOC_SCRIPT"); // the name of one, to try it
    char *folder = toc_sprintf("%s/tests/screen", getenv("TOC_SOURCE_DIR"));
    struct dirent **entries;
    int found = scandir(folder, &entries, is_script, alphasort);
    for (int i = 0; i < found; i++) {
        if (count < TOC_COUNT(scripts) &&
            (!only || strncmp(entries[i]->d_name, only, strlen(only)) == 0))
            scripts[count++] = toc_sprintf("%s/%s", folder, entries[i]->d_name);
        free(entries[i]);
    }
    if (found > 0)
        free(entries);
    free(folder);
}

START_TEST(a_script_of_keys_gives_the_screens_it_names)
{
    room_run(scripts[_i]);
}
END_TEST

static void add_tests(TCase *tcase)
{
    find_scripts();
    if (count == 0)
        abort(); // TOC_SOURCE_DIR is not set
    tcase_add_loop_test(tcase, a_script_of_keys_gives_the_screens_it_names, 0, (int)count);
}

TOC_CHECK_MAIN("screens", add_tests)
