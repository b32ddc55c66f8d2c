// SPDX-License-Identifier: MIT
#include "journal_fixture.h"

#include <check.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "check_main.h"

void fixture_setup(journal_fixture *f)
{
    toc_error e = {0};
    toc_buf pem = {0};
    char public_hex[65];
    memset(f, 0, sizeof *f);
    // Memory is fast; what a disk does to a journal is made by hand in these tests anyway.
    const char *base = access("/dev/shm", W_OK | X_OK) == 0 ? "/dev/shm" : "/tmp";
    snprintf(f->folder, sizeof f->folder, "%s/tocsin-test-XXXXXX", base);
    ck_assert_ptr_nonnull(mkdtemp(f->folder));
    snprintf(f->path, sizeof f->path, "%s/journal.jsonl", f->folder);
    TOC_OK_OR_FAIL(toc_seal_key_new(&pem, public_hex, &e), e);
    f->private_pem = toc_buf_take(&pem);
    f->header = (toc_header){
        .version = TOC_JOURNAL_VERSION,
        .semantics = TOC_SEMANTICS,
        .exercise = toc_strdup("silent-beams"),
        .run = toc_strdup("silent-beams-1"),
        .startex = toc_strdup("2022-02-24 03:00Z"),
        .engine = toc_strdup("0.1.0"),
        .lua = toc_strdup("5.4.4"),
        .key = toc_strdup(public_hex),
        .seed = 26,
    };
}

void fixture_teardown(journal_fixture *f)
{
    fixture_empty_folder(f);
    rmdir(f->folder);
    free(f->private_pem);
    toc_header_fini(&f->header);
}

void fixture_empty_folder(const journal_fixture *f)
{
    DIR *dir = opendir(f->folder);
    ck_assert_ptr_nonnull(dir);
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
        char path[400];
        snprintf(path, sizeof path, "%s/%s", f->folder, entry->d_name);
        if (entry->d_name[0] != '.')
            unlink(path);
    }
    closedir(dir);
}

toc_journal *fixture_create(const journal_fixture *f, const toc_disk *disk)
{
    toc_error e = {0};
    toc_journal *j = NULL;
    TOC_OK_OR_FAIL(toc_journal_create(&j, f->path, &f->header, f->private_pem, disk, &e), e);
    return j;
}

toc_journal *fixture_open(const journal_fixture *f, const toc_disk *disk, int64_t *cut)
{
    toc_error e = {0};
    toc_journal *j = NULL;
    TOC_OK_OR_FAIL(toc_journal_open(&j, f->path, f->private_pem, disk, cut, NULL, NULL, &e), e);
    return j;
}

void fixture_note(toc_journal *j, const char *text)
{
    toc_error e = {0};
    toc_event ev;
    toc_event_init(&ev, TOC_K_NOTE, 1000 * toc_journal_next(j));
    ev.seq = toc_journal_next(j);
    toc_event_set_str(&ev, TOC_F_TEXT, text);
    TOC_OK_OR_FAIL(toc_journal_add(j, &ev, &e), e);
    toc_event_fini(&ev);
}

void fixture_commit_note(toc_journal *j, const char *text)
{
    toc_error e = {0};
    fixture_note(j, text);
    TOC_OK_OR_FAIL(toc_journal_flush(j, &e), e);
}

void fixture_read(toc_buf *out, const char *path)
{
    FILE *file = fopen(path, "rb");
    ck_assert_msg(file != NULL, "%s cannot be read", path);
    char piece[4096];
    size_t n;
    toc_buf_clear(out);
    while ((n = fread(piece, 1, sizeof piece, file)) > 0)
        toc_buf_add(out, piece, n);
    fclose(file);
}

void fixture_write(const char *path, const void *data, size_t len)
{
    FILE *file = fopen(path, "wb");
    ck_assert_msg(file != NULL, "%s cannot be written", path);
    ck_assert_uint_eq(fwrite(data, 1, len, file), len);
    ck_assert_int_eq(fclose(file), 0);
}
