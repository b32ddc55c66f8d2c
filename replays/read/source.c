// SPDX-License-Identifier: MIT
// Which journal somebody means who names a path.
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/mem.h"
#include "replays/recording.h"

static char *newest_run(const char *folder);

toc_err toc_recording_path(char **out, const char *given, const char *command, toc_error *e)
{
    struct stat st;
    *out = NULL;
    if (stat(given, &st) != 0 || !S_ISDIR(st.st_mode)) {
        *out = toc_strdup(given);
        return TOC_OK;
    }
    char *journal = toc_sprintf("%s/journal.jsonl", given);
    char *newest = stat(journal, &st) == 0 ? NULL : newest_run(given);
    if (!newest) { // a folder without any says so when its journal is read
        *out = journal;
        return TOC_OK;
    }
    toc_fail(e, TOC_EUSAGE, "%.100s holds runs and is none; the newest is: %s%s%.100s", given,
             command ? command : "", command ? " " : "", newest);
    free(newest);
    free(journal);
    return TOC_EUSAGE;
}

static char *newest_run(const char *folder)
{
    struct stat st;
    time_t newest = 0;
    char *found = NULL;
    DIR *d = opendir(folder);
    const struct dirent *entry;
    while (d && (entry = readdir(d))) {
        char *journal = toc_sprintf("%s/%s/journal.jsonl", folder, entry->d_name);
        if (entry->d_name[0] != '.' && stat(journal, &st) == 0 &&
            (!found || st.st_mtime > newest)) {
            newest = st.st_mtime;
            free(found);
            found = toc_sprintf("%s%s%s", folder, folder[strlen(folder) - 1] == '/' ? "" : "/",
                                entry->d_name);
        }
        free(journal);
    }
    if (d)
        closedir(d);
    return found;
}
