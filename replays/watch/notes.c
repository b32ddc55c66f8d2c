// SPDX-License-Identifier: MIT
#include "replays/notes.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/mem.h"
#include "record/json.h"

enum { MOST_BYTES = 64 << 20, LINE_BYTES = 65536, DEPTH = 4, TOKENS = 64 };

typedef struct {
    toc_note note;
    size_t order; // in which they were written
} written;

static bool parse(toc_note *note, const char *line, size_t len);
static void add(toc_notes *n, const toc_note *note);
static void sort(toc_notes *n);
static int by_moment(const void *a, const void *b);
static toc_err write_all(int fd, const toc_buf *line, const char *path, toc_error *e);

void toc_notes_fini(toc_notes *n)
{
    for (size_t i = 0; i < n->count; i++) {
        free(n->at[i].wall);
        free(n->at[i].by);
        free(n->at[i].text);
    }
    free(n->at);
    *n = (toc_notes){0};
}

char *toc_notes_path(const char *journal)
{
    static const char ending[] = ".jsonl";
    size_t len = strlen(journal), cut = sizeof ending - 1;
    bool has = len > cut && strcmp(journal + len - cut, ending) == 0;
    return toc_sprintf("%.*s.notes.jsonl", (int)(has ? len - cut : len), journal);
}

toc_err toc_notes_check(const char *path, const char *journal, toc_error *e)
{
    struct stat st, of_journal;
    if (stat(path, &st) != 0)
        return TOC_OK; // it is made when there is a note
    if (!S_ISREG(st.st_mode))
        return toc_fail(e, TOC_EUSAGE, "%.200s is no file that notes can be kept in", path);
    if (journal && stat(journal, &of_journal) == 0 && st.st_dev == of_journal.st_dev &&
        st.st_ino == of_journal.st_ino)
        return toc_fail(e, TOC_EUSAGE,
                        "%.200s is the recording itself, which nothing is written into: --notes "
                        "needs another file",
                        path);
    return TOC_OK;
}

toc_err toc_notes_read(toc_notes *n, const char *path, size_t *bad, toc_error *e)
{
    toc_buf text = {0};
    size_t wrong = 0;
    toc_error why = {0};
    toc_err err = toc_notes_check(path, NULL, &why);
    if (!err)
        err = toc_file_slurp(&text, path, MOST_BYTES, &why);
    if (err && why.sys != ENOENT && e)
        *e = why;
    if (err && why.sys == ENOENT)
        err = TOC_OK;
    for (const char *at = toc_buf_text(&text); *at;) {
        size_t len = strcspn(at, "\n");
        toc_note note = {0};
        if (parse(&note, at, len)) {
            TOC_GROW(n->at, n->count, n->capacity);
            n->at[n->count++] = note;
        } else if (len > 0) {
            wrong++;
        }
        at += len + (at[len] == '\n');
    }
    sort(n);
    if (bad)
        *bad = wrong;
    toc_buf_fini(&text);
    return err;
}

toc_err toc_notes_append(toc_notes *n, const char *path, const toc_note *note, toc_error *e)
{
    toc_buf line = {0};
    char last = '\n';
    struct stat st;
    int fd = open(path, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0600);
    if (fd < 0)
        return toc_fail_sys(e, errno, "%.200s cannot be written", path);
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        close(fd);
        return toc_fail(e, TOC_EIO, "%.200s is no file that notes can be kept in", path);
    }
    // A line that was cut off must not swallow this one.
    off_t end = lseek(fd, 0, SEEK_END);
    if (end > 0 && pread(fd, &last, 1, end - 1) == 1 && last != '\n')
        toc_buf_char(&line, '\n');
    toc_buf_char(&line, '{');
    toc_json_put_int(&line, "seq", note->seq);
    toc_json_put_int(&line, "t", note->t);
    toc_json_put_str(&line, "wall", note->wall);
    toc_json_put_str(&line, "by", note->by);
    toc_json_put_str(&line, "text", note->text);
    toc_buf_str(&line, "}\n");
    toc_err err = write_all(fd, &line, path, e);
    if (close(fd) != 0 && !err)
        err = toc_fail_sys(e, errno, "%.200s cannot be written", path);
    if (!err)
        add(n, &(toc_note){note->seq, note->t, toc_strdup(note->wall), toc_strdup(note->by),
                           toc_strdup(note->text)});
    toc_buf_fini(&line);
    return err;
}

static toc_err write_all(int fd, const toc_buf *line, const char *path, toc_error *e)
{
    for (size_t done = 0; done < line->len;) {
        ssize_t n = write(fd, line->data + done, line->len - done);
        if (n < 0 && errno != EINTR)
            return toc_fail_sys(e, errno, "%.200s cannot be written", path);
        done += n > 0 ? (size_t)n : 0;
    }
    if (fsync(fd) != 0 && errno != EINVAL) // what is no file on a disk cannot be synced
        return toc_fail_sys(e, errno, "%.200s cannot be written", path);
    return TOC_OK;
}

// Takes what the note owns. Of the same moment the one that was written later comes later.
static void add(toc_notes *n, const toc_note *note)
{
    TOC_GROW(n->at, n->count, n->capacity);
    size_t i = n->count++;
    for (; i > 0; i--) {
        const toc_note *before = &n->at[i - 1];
        if (before->seq < note->seq || (before->seq == note->seq && before->t <= note->t))
            break;
        n->at[i] = *before;
    }
    n->at[i] = *note;
}

// A file of notes was written in any order. Of the same moment the one that was written later comes later.
static void sort(toc_notes *n)
{
    if (n->count < 2)
        return;
    written *all = toc_alloc(n->count * sizeof *all);
    for (size_t i = 0; i < n->count; i++)
        all[i] = (written){n->at[i], i};
    qsort(all, n->count, sizeof *all, by_moment);
    for (size_t i = 0; i < n->count; i++)
        n->at[i] = all[i].note;
    free(all);
}

static int by_moment(const void *a, const void *b)
{
    const written *one = a, *other = b;
    if (one->note.seq != other->note.seq)
        return one->note.seq < other->note.seq ? -1 : 1;
    if (one->note.t != other->note.t)
        return one->note.t < other->note.t ? -1 : 1;
    return (one->order > other->order) - (one->order < other->order);
}

// Somebody may have written it by hand: text is what it needs.
static bool parse(toc_note *note, const char *line, size_t len)
{
    toc_json *json = NULL;
    if (toc_json_read(&json, line, len, (toc_json_limits){LINE_BYTES, DEPTH, TOKENS}, NULL))
        return false;
    const char *text = toc_json_text(toc_json_get(json, "text"));
    const char *by = toc_json_text(toc_json_get(json, "by"));
    const char *wall = toc_json_text(toc_json_get(json, "wall"));
    bool is_note = text && text[0] && toc_json_int(toc_json_get(json, "seq"), &note->seq) &&
                   toc_json_int(toc_json_get(json, "t"), &note->t) && note->seq >= 0 &&
                   note->t >= 0;
    if (is_note) {
        note->text = toc_strdup(text);
        note->by = toc_strdup(by ? by : "");
        note->wall = toc_strdup(wall ? wall : "");
    }
    toc_json_free(json);
    return is_note;
}
