// SPDX-License-Identifier: MIT
// How far two recordings go together. Their lines are read side by side, without what says nothing of the exercise; a
// reference is the same if the lines that it leads to are.
#include "replays/compare.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "branch_signs.h"
#include "compare_inside.h"

// The lines of one that are compared, and what number a line has among them.
typedef struct {
    const toc_recording *r;
    int64_t *seqs;
    size_t count;
    int64_t *number; // by seq, from 1; 0: it is not compared
} stream;

static void open_side(toc_compare_side *s, const toc_recording *r);
static void close_side(toc_compare_side *s);
static void compare_files(toc_comparison *c);
static void open_stream(stream *s, const toc_recording *r);
static void compare_lines(toc_comparison *c);
static bool is_same_line(const stream *a, const stream *b, size_t i);
static bool is_branch_of(const toc_recording *branch, const toc_recording *parent);

void toc_compare(toc_comparison *out, const toc_recording *a, const toc_recording *b)
{
    const toc_header *ha = toc_recording_header(a), *hb = toc_recording_header(b);
    *out = (toc_comparison){.is_same_exercise = strcmp(ha->exercise, hb->exercise) == 0,
                            .is_same_seed = ha->seed == hb->seed,
                            .is_a_of_b = is_branch_of(a, b),
                            .is_b_of_a = is_branch_of(b, a)};
    open_side(&out->a, a);
    open_side(&out->b, b);
    compare_files(out);
    compare_lines(out);
    out->is_same =
        out->file_count == 0 && out->a.first == 0 && out->b.first == 0 && out->is_same_exercise;
    if (!out->is_same)
        toc_compare_facts(out);
}

void toc_comparison_fini(toc_comparison *c)
{
    close_side(&c->a);
    close_side(&c->b);
    free(c->files);
    free(c->rows);
    *c = (toc_comparison){0};
}

const toc_compare_row *toc_comparison_first(const toc_comparison *c)
{
    const toc_compare_row *first = NULL;
    for (size_t i = 0; i < c->row_count; i++) {
        const toc_compare_row *row = &c->rows[i];
        bool is_story = row->kind != TOC_COMPARE_SERVICE && row->kind != TOC_COMPARE_OBJECTIVE;
        if (is_story && row->t >= 0 && (!first || row->t < first->t))
            first = row;
    }
    return first;
}

int64_t toc_compare_lost(const toc_compare_side *s, size_t service)
{
    const toc_review_service *one = &s->review.services[service];
    return s->has_hours && one->service < s->hours.count ? s->hours.lost[one->service] : one->lost;
}

int64_t toc_compare_lost_all(const toc_compare_side *s)
{
    return s->has_hours ? s->hours.total : s->review.numbers.lost;
}

int64_t toc_compare_below_half(const toc_review_service *s)
{
    enum { HALF = 500000 };
    if (s->first < HALF)
        return 0;
    for (size_t i = 0; i < s->count; i++)
        if (s->at[i].level < HALF)
            return s->at[i].t;
    return -1;
}

static void open_side(toc_compare_side *s, const toc_recording *r)
{
    s->recording = r;
    toc_review_of(&s->review, r);
    s->has_hours = toc_hours_of(&s->hours, r, NULL) == TOC_OK;
    for (int64_t seq = 1; seq <= toc_recording_count(r); seq++)
        s->message_count += toc_recording_at(r, seq)->kind == TOC_K_MESSAGE;
}

static void close_side(toc_compare_side *s)
{
    toc_review_end(&s->review);
    toc_hours_fini(&s->hours);
    for (size_t i = 0; i < s->objective_count; i++)
        toc_buf_fini(&s->objectives[i].ratings);
    free(s->objectives);
    free(s->phases);
}

// Two runs may have one name: only the line's hash says which one it left.
static bool is_branch_of(const toc_recording *branch, const toc_recording *parent)
{
    const toc_header *h = toc_recording_header(branch);
    if (!h->parent || strcmp(h->parent, toc_recording_header(parent)->run) != 0)
        return false;
    char *hash = toc_sign_hash(parent, h->parent_seq);
    bool is_line = hash && h->parent_hash && strcmp(hash, h->parent_hash) == 0;
    free(hash);
    return is_line;
}

static int first_line(const toc_file *a, const toc_file *b)
{
    int line = 1;
    size_t most = a->size < b->size ? a->size : b->size;
    for (size_t i = 0; i < most && a->data[i] == b->data[i]; i++) {
        if (a->data[i] == '\0')
            return 0;
        line += a->data[i] == '\n';
    }
    return line;
}

static void add_file(toc_comparison *c, const char *path, const toc_file *a, const toc_file *b)
{
    TOC_GROW(c->files, c->file_count, c->file_capacity);
    c->files[c->file_count++] =
        (toc_compare_file){path, a != NULL, b != NULL, a && b ? first_line(a, b) : 0};
}

// Both lists are sorted by path.
static void compare_files(toc_comparison *c)
{
    const toc_files *a = toc_recording_files(c->a.recording),
                    *b = toc_recording_files(c->b.recording);
    size_t i = 0, k = 0;
    while (i < toc_files_count(a) || k < toc_files_count(b)) {
        const toc_file *fa = i < toc_files_count(a) ? toc_files_at(a, i) : NULL;
        const toc_file *fb = k < toc_files_count(b) ? toc_files_at(b, k) : NULL;
        assert(fa || fb); // the loop ends behind the last of both
        int order = !fa ? 1 : !fb ? -1 : strcmp(fa->path, fb->path);
        if (order < 0)
            add_file(c, fa->path, fa, NULL);
        else if (order > 0)
            add_file(c, fb->path, NULL, fb);
        else if (fa->size != fb->size || memcmp(fa->data, fb->data, fa->size) != 0)
            add_file(c, fa->path, fa, fb);
        i += order <= 0;
        k += order >= 0;
    }
}

static bool is_compared(const toc_event *ev)
{
    switch (ev->kind) {
    case TOC_K_UNKNOWN:
    case TOC_K_SOURCE:
    case TOC_K_ATTACHMENT:
    case TOC_K_SEAL:
    case TOC_K_MARK:
    case TOC_K_SPEED:
    case TOC_K_JOIN:
    case TOC_K_LEAVE:
    case TOC_K_SIGN_IN:
    case TOC_K_SIGN_OUT:
    case TOC_K_OPEN_SEAT:
    case TOC_K_REVOKE:
    case TOC_K_REASSIGN:
        return false;
    default:
        return true;
    }
}

static void open_stream(stream *s, const toc_recording *r)
{
    int64_t count = toc_recording_count(r);
    *s = (stream){.r = r};
    s->seqs = toc_alloc(((size_t)count + 1) * sizeof *s->seqs);
    s->number = toc_alloc(((size_t)count + 1) * sizeof *s->number);
    for (int64_t seq = 1; seq <= count; seq++) {
        if (!is_compared(toc_recording_at(r, seq)))
            continue;
        s->seqs[s->count++] = seq;
        s->number[seq] = (int64_t)s->count;
    }
}

static void compare_lines(toc_comparison *c)
{
    stream a, b;
    open_stream(&a, c->a.recording);
    open_stream(&b, c->b.recording);
    size_t i = 0;
    while (i < a.count && i < b.count && is_same_line(&a, &b, i))
        i++;
    c->common = (int64_t)i;
    c->a.last = i > 0 ? a.seqs[i - 1] : 0;
    c->b.last = i > 0 ? b.seqs[i - 1] : 0;
    c->a.first = i < a.count ? a.seqs[i] : 0;
    c->b.first = i < b.count ? b.seqs[i] : 0;
    free(a.seqs);
    free(a.number);
    free(b.seqs);
    free(b.number);
}

static int64_t number_of(const stream *s, int64_t seq)
{
    return seq >= 1 && seq <= toc_recording_count(s->r) ? s->number[seq] : 0;
}

static bool is_same_value(const stream *a, const stream *b, const toc_value *x, const toc_value *y)
{
    if (x->field != y->field || x->count != y->count || !x->text != !y->text)
        return false;
    if (toc_field_type(x->field) == TOC_TYPE_REF)
        return number_of(a, x->number) == number_of(b, y->number);
    if (x->number != y->number || (x->text && strcmp(x->text, y->text) != 0))
        return false;
    size_t strings = x->count * (toc_field_type(x->field) == TOC_TYPE_PAIRS ? 2 : 1);
    for (size_t i = 0; i < strings; i++)
        if (strcmp(x->list[i], y->list[i]) != 0)
            return false;
    return true;
}

static const toc_value *next_value(const toc_event *ev, size_t *i)
{
    while (*i < ev->count) {
        const toc_value *v = &ev->values[(*i)++];
        if (v->field != TOC_F_WALL && v->field != TOC_F_ID && v->field != TOC_F_SESSION)
            return v;
    }
    return NULL;
}

static bool is_same_line(const stream *a, const stream *b, size_t at)
{
    const toc_event *x = toc_recording_at(a->r, a->seqs[at]),
                    *y = toc_recording_at(b->r, b->seqs[at]);
    if (x->kind != y->kind || x->t != y->t || number_of(a, x->cause) != number_of(b, y->cause))
        return false;
    size_t i = 0, k = 0;
    for (;;) {
        const toc_value *v = next_value(x, &i), *w = next_value(y, &k);
        if (!v || !w)
            return !v && !w;
        if (!is_same_value(a, b, v, w))
            return false;
    }
}
