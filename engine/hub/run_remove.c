// SPDX-License-Identifier: MIT
#define _XOPEN_SOURCE 700 // nftw
#include <ftw.h>
#include <unistd.h>

#include "hub/run_folder.h"

#define OPEN_MOST 8

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at);

void toc_run_folder_remove(const char *path)
{
    nftw(path, remove_one, OPEN_MOST, FTW_DEPTH | FTW_PHYS);
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
    (void)st, (void)at;
    const int failed = type == FTW_DP ? rmdir(path) : unlink(path);
    (void)failed; // the others still go
    return 0;
}
