// SPDX-License-Identifier: MIT
#ifndef TOC_JOURNAL_FIXTURE_H
#define TOC_JOURNAL_FIXTURE_H

// A folder of its own, a seal key and a header: what a test needs to write a journal. Whatever goes
// wrong in here fails the test.

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "record/journal.h"

typedef struct {
    char folder[64];
    char path[96]; // folder/journal.jsonl
    char *private_pem;
    toc_header header;
} journal_fixture;

void fixture_setup(journal_fixture *f);
void fixture_teardown(journal_fixture *f); // removes the folder and the files in it
void fixture_empty_folder(const journal_fixture *f);

toc_journal *fixture_create(const journal_fixture *f, const toc_disk *disk);
toc_journal *fixture_open(const journal_fixture *f, const toc_disk *disk, int64_t *cut);

// fixture_note queues a note, fixture_commit_note makes it durable as well.
void fixture_note(toc_journal *j, const char *text);
void fixture_commit_note(toc_journal *j, const char *text);

void fixture_read(toc_buf *out, const char *path);
void fixture_write(const char *path, const void *data, size_t len);

#endif
