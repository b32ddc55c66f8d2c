// SPDX-License-Identifier: MIT
#define _XOPEN_SOURCE 700 // S_ISVTX
#include "secrecy.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

static mode_t rights_of_others(const char *path);
static bool is_open_below(const char *folder);

toc_err toc_secrecy_of_run(const char *run, toc_error *e)
{
    static const char *const kept[] = {"keys", "tickets"};
    bool is_open = rights_of_others(run) != 0;
    for (size_t i = 0; i < TOC_COUNT(kept) && !is_open; i++) {
        char *folder = toc_sprintf("%s/%s", run, kept[i]);
        is_open = is_open_below(folder);
        free(folder);
    }
    if (is_open)
        return toc_fail(e, TOC_EIO,
                        "others on this machine may read keys or tickets in %.150s: chmod -R go= "
                        "%.150s (where that changes nothing, the file system keeps no rights: put "
                        "the run on another)",
                        run, run);
    return TOC_OK;
}

toc_err toc_secrecy_of_runs(const char *runs, toc_error *e)
{
    struct stat st;
    mode_t rights = rights_of_others(runs);
    if (!(rights & (S_IROTH | S_IWOTH)) && !(rights & S_IWGRP))
        return TOC_OK;
    // A folder for everybody, or somebody else's, is not ours to shut.
    bool is_ours = stat(runs, &st) == 0 && !(st.st_mode & S_ISVTX) && st.st_uid == geteuid() &&
                   strcmp(runs, ".") != 0;
    if (is_ours)
        return toc_fail(e, TOC_EIO,
                        "others on this machine may look into %.150s, where the run's keys and "
                        "recording would be: chmod go= %.150s, or name a folder that is not there "
                        "yet (--run-dir)",
                        runs, runs);
    return toc_fail(e, TOC_EIO,
                    "others on this machine may look into %.150s, where the run's keys and "
                    "recording would be: name a folder that is not there yet (--run-dir)",
                    runs);
}

// What is not there gives nobody a right.
static mode_t rights_of_others(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 ? st.st_mode & (S_IRWXG | S_IRWXO) : 0;
}

static bool is_open_below(const char *folder)
{
    bool is_open = rights_of_others(folder) != 0;
    DIR *dir = opendir(folder);
    for (const struct dirent *entry; dir && !is_open && (entry = readdir(dir));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        char *path = toc_sprintf("%s/%s", folder, entry->d_name);
        is_open = rights_of_others(path) != 0;
        free(path);
    }
    if (dir)
        closedir(dir);
    return is_open;
}
