// SPDX-License-Identifier: MIT
#ifndef TOC_JOURNAL_H
#define TOC_JOURNAL_H

// The journal is the exercise: an append-only file of JSON lines, one event a line, each
// chained to the one before by its hash. State that cannot be rebuilt from it is a bug.
//
// Thread: every call belongs to the loop thread, but for toc_batch_commit, which may block on the
// disk and runs wherever its caller wants, one batch at a time, in order.
//
// One engine a journal: an fcntl lock keeps other processes out. It is lost when this process
// closes any descriptor of the same file, so nothing else in the process may open a journal that is
// being written.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/error.h"
#include "crypto/crypto.h"
#include "record/chain.h"
#include "record/event.h"

#define TOC_JOURNAL_VERSION 1
// Raised only when derived output changes. 2: the world, phases, expected actions, and limits on what
// texts and storylines may bring about in one moment.
#define TOC_SEMANTICS 4

typedef struct {
    int64_t version, semantics;
    char *exercise, *run, *startex, *engine, *lua, *key; // key: the run's public seal key, hex
    int64_t seed;
    // A branch: the run that it left, the last line it has from there, and that line's hash there. parent is NULL
    // where there is none.
    char *parent, *parent_hash;
    int64_t parent_seq;
} toc_header;

void toc_header_fini(toc_header *h);
// toc_header_body appends the first line's body without its trailer and closing brace.
void toc_header_body(toc_buf *out, const toc_header *h);
// toc_header_parse reads a body with its closing brace. TOC_EFORMAT for what is not a tocsin
// journal, or of a later version; h is then empty. Other semantics are the caller's to judge.
toc_err toc_header_parse(toc_header *h, const char *json, size_t len, toc_error *e);

typedef struct toc_journal toc_journal;

// How the file is written; tests inject faults here. NULL means the real thing.
typedef struct {
    void *context;
    // Each returns 0 or an errno. write must write all of it, at the descriptor's position. sync
    // gets files (data and size must be safe then) and folders (names).
    int (*write)(void *context, int fd, const void *data, size_t len);
    int (*sync)(void *context, int fd);
    // cut makes a file end at size, durably; NULL: as the real thing does.
    int (*cut)(void *context, int fd, int64_t size);
} toc_disk;

// toc_journal_create makes path (it must not exist; mode 0600), writes and syncs the header and the
// folder it stands in. private_pem is the run's seal key, borrowed for the call; header->key must
// be its public half (TOC_EUSAGE). After a failure there is no file.
toc_err toc_journal_create(toc_journal **out, const char *path, const toc_header *header,
                           const char *private_pem, const toc_disk *disk, toc_error *e);

// toc_journal_open opens an existing journal for going on, under an exclusive lock. A torn tail is
// cut off and kept beside it (path.cut, path.cut-2, …; toc_journal_cut_path): *cut gets its bytes
// (0: none). Lines that no other line shows to be durable are written over with the same bytes and
// synced before they are trusted: after a failed sync the kernel calls pages clean that never
// reached the disk. Damage is TOC_EDAMAGED, names the line, and leaves the file as it was; so is a
// file without a whole header, whose run never recorded anything. each (may be NULL) is called for
// every good line, the header as seq 0, when all of them are durable. private_pem NULL: no seals.
toc_err toc_journal_open(toc_journal **out, const char *path, const char *private_pem,
                         const toc_disk *disk, int64_t *cut, toc_line_cb each, void *context,
                         toc_error *e);
// toc_journal_close: lines not yet written are lost; no batch may be out. NULL is fine.
void toc_journal_close(toc_journal *j);
// toc_journal_cut_path is where open put the torn tail; NULL if there was none.
const char *toc_journal_cut_path(const toc_journal *j);

int64_t toc_journal_next(const toc_journal *j);    // the seq the next line gets
int64_t toc_journal_durable(const toc_journal *j); // the newest seq known to be on the disk
// toc_journal_receipt is the hash of the newest durable line.
const char *toc_journal_receipt(const toc_journal *j);
// toc_journal_holds: is this the hash of a durable line? (receipts of rejoining seats)
bool toc_journal_holds(const toc_journal *j, const char *hash);

// toc_journal_add queues a line; ev->seq must be toc_journal_next. TOC_ELIMIT for a line over
// TOC_LINE_MAX, TOC_EFORMAT for text that is not UTF-8 (it could not be read again), TOC_EIO once
// recording has failed: the line is not queued then. toc_journal_seal queues a seal over the line
// before it; it is signed when the batch is taken, because that line's hash is not known sooner.
toc_err toc_journal_add(toc_journal *j, const toc_event *ev, toc_error *e);
toc_err toc_journal_seal(toc_journal *j, int64_t t, toc_error *e);
bool toc_journal_has_queue(const toc_journal *j);

// A batch is what is written with one write and made durable with one sync. toc_journal_batch takes
// the queue and gives it trailers; NULL if the queue is empty, a batch is out, or recording has
// failed. toc_batch_commit writes and syncs, once a batch. toc_journal_done, on the loop thread,
// takes the outcome: on success durable moves on, on failure the journal refuses everything from
// then on (what a failed sync left on the disk is unknown for ever).
typedef struct toc_batch toc_batch;
toc_batch *toc_journal_batch(toc_journal *j);
toc_err toc_batch_commit(toc_batch *b, toc_error *e);
void toc_journal_done(toc_journal *j, toc_batch *b, toc_err outcome); // frees b
bool toc_journal_has_failed(const toc_journal *j);

// toc_journal_flush commits everything queued, here and now: for start, end, and tests.
toc_err toc_journal_flush(toc_journal *j, toc_error *e);

// toc_seal_text is what a seal signs: "tocsin-seal-1\n<run>\n<seq>\n<hash>\n" of the line before.
void toc_seal_text(toc_buf *out, const char *run, int64_t seq, const char *hash);

#endif
