// SPDX-License-Identifier: MIT
// What a disk does without us: a bare write with fdatasync, and SQLite's durable inserts.
#include "reference.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "bench.h"

#ifdef TOC_SQLITE
#include <sqlite3.h>

static void run(sqlite3 *db, const char *sql);
static void step(sqlite3_stmt *s);
#endif

void toc_reference_sync(const char *folder, size_t len, size_t rounds, double *took)
{
    char *path = toc_sprintf("%s/bare", folder);
    char *line = toc_alloc(len);
    memset(line, 'x', len);
    int fd = open(path, O_CREAT | O_EXCL | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
    toc_bench_require(fd >= 0, "a file for the disk's own speed");
    for (size_t i = 0; i < rounds; i++) {
        double began = toc_bench_now();
        bool is_on_disk = write(fd, line, len) == (ssize_t)len && fdatasync(fd) == 0;
        took[i] = toc_bench_now() - began;
        toc_bench_require(is_on_disk, "the disk takes a line");
    }
    close(fd);
    unlink(path);
    free(path);
    free(line);
}

#ifdef TOC_SQLITE
bool toc_reference_sqlite(const char *folder, size_t len, size_t rounds, size_t batch, double *took)
{
    char *path = toc_sprintf("%s/durable.db", folder);
    char *line = toc_alloc(len);
    memset(line, 'x', len);
    sqlite3 *db;
    sqlite3_stmt *insert, *begin, *commit, *count;
    toc_bench_require(sqlite3_open(path, &db) == SQLITE_OK, "a database");
    run(db, "PRAGMA journal_mode=WAL");
    run(db, "PRAGMA synchronous=FULL");
    run(db, "CREATE TABLE line (n INTEGER PRIMARY KEY, text TEXT)");
    sqlite3_prepare_v2(db, "INSERT INTO line (text) VALUES (?)", -1, &insert, NULL);
    sqlite3_prepare_v2(db, "BEGIN", -1, &begin, NULL);
    sqlite3_prepare_v2(db, "COMMIT", -1, &commit, NULL);
    for (size_t i = 0; i < rounds / batch; i++) {
        double began = toc_bench_now();
        step(begin);
        for (size_t k = 0; k < batch; k++) {
            sqlite3_bind_text(insert, 1, line, (int)len, SQLITE_STATIC);
            step(insert);
        }
        step(commit);
        took[i] = toc_bench_now() - began;
    }
    sqlite3_prepare_v2(db, "SELECT count(*) FROM line", -1, &count, NULL);
    toc_bench_require(sqlite3_step(count) == SQLITE_ROW &&
                          sqlite3_column_int64(count, 0) == (sqlite3_int64)(rounds / batch * batch),
                      "the database has every line");
    sqlite3_stmt *all[] = {insert, begin, commit, count};
    for (size_t i = 0; i < TOC_COUNT(all); i++)
        sqlite3_finalize(all[i]);
    sqlite3_close(db);
    unlink(path);
    free(path);
    free(line);
    return true;
}

static void run(sqlite3 *db, const char *sql)
{
    toc_bench_require(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, sql);
}

static void step(sqlite3_stmt *s)
{
    toc_bench_require(sqlite3_step(s) == SQLITE_DONE, "the database takes a line");
    sqlite3_reset(s);
}
#else
bool toc_reference_sqlite(const char *folder, size_t len, size_t rounds, size_t batch, double *took)
{
    (void)folder, (void)len, (void)rounds, (void)batch, (void)took;
    return false;
}
#endif
