// SPDX-License-Identifier: MIT
// Lines wait here as bodies only. They get their trailers when a batch is taken, because only then
// is it known what is durable (d) and what stands before them (hash); one batch at a time is out.
#include "record/journal.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/text.h"
#include "disk.h"

typedef struct {
    size_t from, len; // of the body, in bodies; len 0: a seal
    int64_t t;        // of a seal
} queued;

struct toc_journal {
    int fd;
    toc_disk disk;
    char *path;
    char *cut_path;
    char *run;
    char *private_pem;              // NULL: no seals
    char hash[TOC_HASH_HEX + 1];    // of the newest line that has a trailer
    char receipt[TOC_HASH_HEX + 1]; // of the newest durable line
    int64_t next;
    int64_t durable;
    toc_buf bodies;
    queued *queue;
    size_t count, capacity;
    toc_batch *out;
    toc_map *hashes; // of the durable lines
    bool has_failed;
};

struct toc_batch {
    int fd;
    toc_disk disk;
    const char *path; // the journal's
    toc_buf bytes;
    char (*hashes)[TOC_HASH_HEX + 1];
    size_t count;
    toc_error problem; // what kept the batch from being made: a key that does not sign
};

// What open's second walk over the lines needs.
typedef struct {
    toc_journal *journal;
    toc_line_cb each;
    void *context;
} loading;

static toc_journal *new_journal(const char *path, const toc_disk *disk);
static toc_err check_key(const char *private_pem, const char *public_hex, toc_error *e);
static toc_err write_header(toc_journal *j, const toc_header *header, toc_error *e);
static toc_err read_header(toc_journal *j, const toc_buf *data, const char *private_pem,
                           toc_error *e);
static toc_err judge(const char *path, const toc_chain_report *r, toc_error *e);
static toc_err mend(toc_journal *j, const toc_buf *data, const toc_chain_report *r, toc_error *e);
static size_t start_of_line(const char *data, int64_t seq);
static void load_line(void *context, int64_t seq, const toc_line *line);
static toc_err refuse_if_failed(const toc_journal *j, toc_error *e);
static void add_queued(toc_journal *j, queued q);
static void clear_queue(toc_journal *j);
static toc_err compose_line(toc_journal *j, toc_batch *b, const queued *q, int64_t seq,
                            toc_error *e);
static toc_err compose_seal(toc_journal *j, toc_buf *body, int64_t t, int64_t seq, toc_error *e);
static void free_batch(toc_batch *b);

toc_err toc_journal_create(toc_journal **out, const char *path, const toc_header *header,
                           const char *private_pem, const toc_disk *disk, toc_error *e)
{
    *out = NULL;
    toc_err err = check_key(private_pem, header->key, e);
    if (err)
        return err;
    toc_journal *j = new_journal(path, disk);
    j->fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (j->fd < 0) {
        err = toc_fail_sys(e, errno, "the journal %s could not be made", path);
        toc_journal_close(j);
        return err;
    }
    err = toc_disk_lock(j->fd, path, e);
    if (err)
        goto fail;
    j->run = toc_strdup(header->run);
    j->private_pem = toc_strdup(private_pem);
    err = write_header(j, header, e);
    if (err)
        goto fail;
    err = toc_disk_sync_folder(&j->disk, path, e);
    if (err)
        goto fail;
    *out = j;
    return TOC_OK;

fail:
    unlink(path); // ours: O_EXCL made it
    toc_journal_close(j);
    return err;
}

toc_err toc_journal_open(toc_journal **out, const char *path, const char *private_pem,
                         const toc_disk *disk, int64_t *cut, toc_line_cb each, void *context,
                         toc_error *e)
{
    *out = NULL;
    *cut = 0;
    toc_err err = TOC_OK;
    toc_buf data = {0};
    toc_chain_report report = {0};
    toc_journal *j = new_journal(path, disk);
    j->fd = open(path, O_RDWR | O_CLOEXEC);
    if (j->fd < 0) {
        int sys = errno;
        err = sys == ENOENT
                  ? toc_fail(e, TOC_EIO,
                             "there is no journal %s: if its run never began, start a new run",
                             path)
                  : toc_fail_sys(e, sys, "the journal %s could not be opened", path);
        if (e)
            e->sys = sys;
        goto fail;
    }
    err = toc_disk_lock(j->fd, path, e);
    if (err)
        goto fail;
    err = toc_disk_read(j->fd, path, &data, e);
    if (err)
        goto fail;
    toc_chain_scan(toc_buf_text(&data), data.len, &report, NULL, NULL);
    err = judge(path, &report, e);
    if (err)
        goto fail;
    err = read_header(j, &data, private_pem, e);
    if (err)
        goto fail;
    err = mend(j, &data, &report, e);
    if (err)
        goto fail;
    loading l = {j, each, context};
    toc_chain_scan(data.data, (size_t)report.good_bytes, &report, load_line, &l);
    *cut = (int64_t)data.len - report.good_bytes;
    toc_buf_fini(&data);
    *out = j;
    return TOC_OK;

fail:
    toc_buf_fini(&data);
    toc_journal_close(j);
    return err;
}

void toc_journal_close(toc_journal *j)
{
    if (!j)
        return;
    assert(!j->out);
    if (j->fd >= 0)
        close(j->fd);
    toc_buf_fini(&j->bodies);
    toc_map_free(j->hashes);
    free(j->queue);
    free(j->path);
    free(j->cut_path);
    free(j->run);
    free(j->private_pem);
    free(j);
}

const char *toc_journal_cut_path(const toc_journal *j)
{
    return j->cut_path;
}

int64_t toc_journal_next(const toc_journal *j)
{
    return j->next;
}

int64_t toc_journal_durable(const toc_journal *j)
{
    return j->durable;
}

const char *toc_journal_receipt(const toc_journal *j)
{
    return j->receipt;
}

bool toc_journal_holds(const toc_journal *j, const char *hash)
{
    return hash && toc_map_get(j->hashes, hash, NULL);
}

toc_err toc_journal_add(toc_journal *j, const toc_event *ev, toc_error *e)
{
    toc_err err = refuse_if_failed(j, e);
    if (err)
        return err;
    if (ev->seq != j->next)
        return toc_fail(e, TOC_EINTERNAL, "an event numbered %lld where line %lld comes next",
                        (long long)ev->seq, (long long)j->next);
    size_t from = j->bodies.len;
    toc_event_body(&j->bodies, ev);
    size_t len = j->bodies.len - from;
    if (len > TOC_LINE_MAX - TOC_TRAILER_MAX)
        err =
            toc_fail(e, TOC_ELIMIT, "a %s of %zu bytes: a line of the journal holds at most 1 MiB",
                     toc_kind_name(ev->kind), len);
    else if (!toc_utf8_valid(j->bodies.data + from, len, NULL))
        err = toc_fail(e, TOC_EFORMAT, "a %s whose text is not UTF-8", toc_kind_name(ev->kind));
    if (err) {
        j->bodies.len = from;
        j->bodies.data[from] = '\0';
        return err;
    }
    add_queued(j, (queued){.from = from, .len = len});
    return TOC_OK;
}

toc_err toc_journal_seal(toc_journal *j, int64_t t, toc_error *e)
{
    toc_err err = refuse_if_failed(j, e);
    if (err)
        return err;
    if (!j->private_pem)
        return toc_fail(e, TOC_EUSAGE, "%s was opened without its key and cannot be sealed",
                        j->path);
    add_queued(j, (queued){.from = j->bodies.len, .t = t});
    return TOC_OK;
}

bool toc_journal_has_queue(const toc_journal *j)
{
    return j->count > 0;
}

toc_batch *toc_journal_batch(toc_journal *j)
{
    if (j->has_failed || j->out || j->count == 0)
        return NULL;
    toc_batch *b = toc_alloc(sizeof *b);
    b->fd = j->fd;
    b->disk = j->disk;
    b->path = j->path;
    b->hashes = toc_alloc(j->count * sizeof *b->hashes);
    int64_t seq = j->next - (int64_t)j->count;
    for (size_t i = 0; i < j->count && !b->problem.code; i++)
        compose_line(j, b, &j->queue[i], seq++, &b->problem);
    clear_queue(j);
    j->out = b;
    return b;
}

toc_err toc_batch_commit(toc_batch *b, toc_error *e)
{
    if (b->problem.code)
        return toc_fail(e, b->problem.code, "%s", b->problem.msg);
    toc_err err = toc_disk_check(b->fd, b->path, e);
    if (err)
        return err;
    int sys = b->disk.write(b->disk.context, b->fd, b->bytes.data, b->bytes.len);
    if (sys)
        return toc_fail_sys(e, sys, "the journal %s could not be written", b->path);
    sys = b->disk.sync(b->disk.context, b->fd);
    if (sys)
        return toc_fail_sys(e, sys, "the journal %s could not be made durable", b->path);
    return TOC_OK;
}

void toc_journal_done(toc_journal *j, toc_batch *b, toc_err outcome)
{
    assert(b && b == j->out);
    j->out = NULL;
    if (outcome == TOC_OK) {
        for (size_t i = 0; i < b->count; i++)
            toc_map_put(j->hashes, b->hashes[i], ++j->durable);
        memcpy(j->receipt, b->hashes[b->count - 1], sizeof j->receipt);
    } else {
        j->has_failed = true;
        clear_queue(j); // nothing in it will ever be written
    }
    free_batch(b);
}

bool toc_journal_has_failed(const toc_journal *j)
{
    return j->has_failed;
}

toc_err toc_journal_flush(toc_journal *j, toc_error *e)
{
    if (j->out)
        return toc_fail(e, TOC_EINTERNAL, "a batch of %s is still being written", j->path);
    toc_err err = refuse_if_failed(j, e);
    toc_batch *b = err ? NULL : toc_journal_batch(j);
    if (b) {
        err = toc_batch_commit(b, e);
        toc_journal_done(j, b, err);
    }
    return err;
}

void toc_seal_text(toc_buf *out, const char *run, int64_t seq, const char *hash)
{
    toc_buf_str(out, "tocsin-seal-1\n");
    toc_buf_str(out, run);
    toc_buf_char(out, '\n');
    toc_buf_int(out, seq);
    toc_buf_char(out, '\n');
    toc_buf_add(out, hash, TOC_HASH_HEX);
    toc_buf_char(out, '\n');
}

static toc_journal *new_journal(const char *path, const toc_disk *disk)
{
    toc_journal *j = toc_alloc(sizeof *j);
    j->fd = -1;
    j->disk = disk ? *disk : toc_disk_real();
    j->path = toc_strdup(path);
    j->hashes = toc_map_new();
    memset(j->hash, '0', TOC_HASH_HEX);
    return j;
}

static toc_err check_key(const char *private_pem, const char *public_hex, toc_error *e)
{
    char public_half[65];
    toc_err err = toc_seal_key_public(private_pem, public_half, e);
    if (err)
        return err;
    if (!public_hex || strcmp(public_half, public_hex) != 0)
        return toc_fail(e, TOC_EUSAGE,
                        "the seal key is not that of the run: its seals could not be verified");
    return TOC_OK;
}

static toc_err write_header(toc_journal *j, const toc_header *header, toc_error *e)
{
    toc_buf body = {0};
    toc_buf line = {0};
    toc_header_body(&body, header);
    toc_line_write(&line, body.data, body.len, 0, j->hash);
    toc_err err = TOC_OK;
    int sys = 0;
    if (line.len > TOC_LINE_MAX)
        err = toc_fail(e, TOC_ELIMIT, "a journal's header of %zu bytes: at most 1 MiB", line.len);
    else if (!toc_utf8_valid(body.data, body.len, NULL))
        err = toc_fail(e, TOC_EFORMAT, "a journal's header with text that is not UTF-8");
    else
        sys = j->disk.write(j->disk.context, j->fd, line.data, line.len);
    if (!err && !sys)
        sys = j->disk.sync(j->disk.context, j->fd);
    if (sys)
        err = toc_fail_sys(e, sys, "the journal %s could not be written", j->path);
    toc_buf_fini(&body);
    toc_buf_fini(&line);
    if (err)
        return err;
    memcpy(j->receipt, j->hash, sizeof j->receipt);
    toc_map_put(j->hashes, j->hash, 0);
    j->next = 1;
    return TOC_OK;
}

static toc_err read_header(toc_journal *j, const toc_buf *data, const char *private_pem,
                           toc_error *e)
{
    toc_line line;
    const char *newline = strchr(data->data, '\n');
    if (!toc_line_split(&line, data->data, (size_t)(newline - data->data)))
        return toc_fail(e, TOC_EINTERNAL, "%s: a header that is good and bad", j->path);
    toc_buf body = {0};
    toc_buf_add(&body, line.bytes, line.body_len);
    toc_buf_char(&body, '}');
    toc_header header;
    toc_err err = toc_header_parse(&header, body.data, body.len, e);
    toc_buf_fini(&body);
    if (err)
        return err;
    if (private_pem)
        err = check_key(private_pem, header.key, e);
    if (!err) {
        j->run = toc_strdup(header.run);
        j->private_pem = toc_strdup(private_pem);
    }
    toc_header_fini(&header);
    return err;
}

static toc_err judge(const char *path, const toc_chain_report *r, toc_error *e)
{
    if (r->state == TOC_CHAIN_DAMAGED)
        return toc_fail(e, TOC_EDAMAGED,
                        "%s is damaged at line %lld: %s; line %lld shows that it was whole once. "
                        "Nothing was changed: go on from a copy",
                        path, (long long)r->bad_line, r->why, (long long)r->witness);
    if (r->lines == 0)
        return toc_fail(e, TOC_EDAMAGED,
                        "%s has no whole first line (%s): its run never recorded anything. Nothing "
                        "was changed: start a new run",
                        path, r->why);
    return TOC_OK;
}

// Cuts a torn tail, then makes sure of the lines that no other line calls durable. A plain sync is
// not enough for those: if a sync failed in the process before, the kernel believes the pages to be
// clean, shows them to us, and has nothing to write. Writing the same bytes makes them dirty again;
// a crash in the middle changes nothing, because old and new are the same.
static toc_err mend(toc_journal *j, const toc_buf *data, const toc_chain_report *r, toc_error *e)
{
    size_t good = (size_t)r->good_bytes;
    if (good < data->len) {
        toc_err err =
            toc_disk_keep(&j->disk, j->path, data->data + good, data->len - good, &j->cut_path, e);
        if (!err)
            err = toc_disk_cut(&j->disk, j->fd, j->path, r->good_bytes, e);
        if (err)
            return err;
    }
    // The header's own d of 0 says nothing about the header.
    size_t from = r->lines == 1 ? 0 : start_of_line(data->data, r->durable + 1);
    if (lseek(j->fd, (off_t)from, SEEK_SET) < 0)
        return toc_fail_sys(e, errno, "the journal %s could not be written", j->path);
    int sys = j->disk.write(j->disk.context, j->fd, data->data + from, good - from);
    if (!sys)
        sys = j->disk.sync(j->disk.context, j->fd);
    if (sys)
        return toc_fail_sys(e, sys, "the journal %s could not be made durable", j->path);
    return TOC_OK;
}

// The offset of a line by its seq; past the end if there is none.
static size_t start_of_line(const char *data, int64_t seq)
{
    const char *at = data;
    for (int64_t i = 0; i < seq; i++)
        at = strchr(at, '\n') + 1;
    return (size_t)(at - data);
}

static void load_line(void *context, int64_t seq, const toc_line *line)
{
    loading *l = context;
    toc_journal *j = l->journal;
    memcpy(j->hash, line->hash, TOC_HASH_HEX);
    memcpy(j->receipt, line->hash, TOC_HASH_HEX);
    toc_map_put(j->hashes, j->hash, seq);
    j->durable = seq;
    j->next = seq + 1;
    if (l->each)
        l->each(l->context, seq, line);
}

static toc_err refuse_if_failed(const toc_journal *j, toc_error *e)
{
    if (!j->has_failed)
        return TOC_OK;
    return toc_fail(e, TOC_EIO, "recording in %s has failed; it takes no more in this process",
                    j->path);
}

static void add_queued(toc_journal *j, queued q)
{
    TOC_GROW(j->queue, j->count, j->capacity);
    j->queue[j->count++] = q;
    j->next++;
}

static void clear_queue(toc_journal *j)
{
    j->count = 0;
    toc_buf_clear(&j->bodies);
}

static toc_err compose_line(toc_journal *j, toc_batch *b, const queued *q, int64_t seq,
                            toc_error *e)
{
    toc_buf seal = {0};
    toc_err err = TOC_OK;
    if (q->len > 0) {
        toc_line_write(&b->bytes, j->bodies.data + q->from, q->len, j->durable, j->hash);
    } else {
        err = compose_seal(j, &seal, q->t, seq, e);
        if (!err)
            toc_line_write(&b->bytes, seal.data, seal.len, j->durable, j->hash);
    }
    toc_buf_fini(&seal);
    if (!err)
        memcpy(b->hashes[b->count++], j->hash, sizeof j->hash);
    return err;
}

static toc_err compose_seal(toc_journal *j, toc_buf *body, int64_t t, int64_t seq, toc_error *e)
{
    toc_buf text = {0};
    char sig[129];
    toc_seal_text(&text, j->run, seq - 1, j->hash);
    toc_err err = toc_seal_sign(j->private_pem, text.data, text.len, sig, e);
    toc_buf_fini(&text);
    if (err)
        return err;
    toc_event ev;
    toc_event_init(&ev, TOC_K_SEAL, t);
    ev.seq = seq;
    toc_event_set_str(&ev, TOC_F_SIG, sig);
    toc_event_body(body, &ev);
    toc_event_fini(&ev);
    return TOC_OK;
}

static void free_batch(toc_batch *b)
{
    toc_buf_fini(&b->bytes);
    free(b->hashes);
    free(b);
}
