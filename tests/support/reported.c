// SPDX-License-Identifier: MIT
#include "reported.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/mem.h"
#include "check_main.h"
#include "process.h"
#include "report_findings.h"

typedef struct {
    const char *name;
    toc_buf bytes;
    bool is_there;
} wanted;

void reported_begin(reported *x, const toc_buf *journal)
{
    toc_error e = {0};
    TOC_OK_OR_FAIL(toc_recording_read(&x->r, journal->data, journal->len, &e), e);
    x->rp = (toc_report){.r = x->r, .o = &x->o, .plan = toc_recording_plan(x->r, NULL)};
    toc_review_of(&x->rp.review, x->r);
    toc_report_names(&x->rp);
    toc_report_find_kept(&x->rp);
    toc_report_find_lacking(&x->rp);
    x->rp.paper = toc_paper_new("Try", NULL);
    if (!x->o.team)
        return;
    x->rp.feed = toc_feed_new(x->o.team);
    for (int64_t seq = 1; seq <= toc_recording_count(x->r); seq++)
        toc_feed_add(x->rp.feed, toc_recording_at(x->r, seq));
}

void reported_acted(reported *x, acted *a)
{
    toc_buf journal = {0};
    acted_journal(a, 0, &journal);
    reported_begin(x, &journal);
    toc_buf_fini(&journal);
    acted_end(a);
}

void reported_end(reported *x)
{
    toc_paper_free(x->rp.paper);
    toc_feed_free(x->rp.feed);
    toc_report_names_fini(&x->rp);
    free(x->rp.kept);
    toc_review_end(&x->rp.review);
    toc_recording_free(x->r);
}

char *reported_markdown(const reported *x)
{
    toc_buf out = {0};
    toc_paper_markdown(&out, x->rp.paper);
    return toc_buf_take(&out);
}

char *reported_html(const reported *x)
{
    toc_buf out = {0};
    toc_paper_html(&out, x->rp.paper);
    return toc_buf_take(&out);
}

static void take_file(void *context, const char *name, const toc_buf *bytes)
{
    wanted *w = context;
    if (strcmp(name, w->name) != 0)
        return;
    w->is_there = true;
    toc_buf_add(&w->bytes, bytes->data, bytes->len);
}

char *reported_csv(const reported *x, const char *name)
{
    wanted w = {.name = name};
    toc_paper_csv(x->rp.paper, take_file, &w);
    ck_assert_msg(w.is_there, "there is no %s.csv", name);
    return toc_buf_take(&w.bytes);
}

void reported_is_golden(const char *name, const char *text)
{
    char *file = toc_sprintf("tests/fixtures/report/%s", name), *path = source_path(file);
    toc_error e = {0};
    toc_buf golden = {0};
    if (getenv("TOC_UPDATE_GOLDEN")) {
        FILE *f = fopen(path, "w");
        ck_assert_ptr_nonnull(f);
        fputs(text, f);
        fclose(f);
    }
    TOC_OK_OR_FAIL(toc_file_slurp(&golden, path, 1 << 20, &e), e);
    const char *was = toc_buf_text(&golden), *is = text;
    for (int line = 1; *was || *is; line++) {
        size_t left = strcspn(was, "\n"), right = strcspn(is, "\n");
        ck_assert_msg(left == right && memcmp(was, is, left) == 0,
                      "%s:%d is not what comes out; TOC_UPDATE_GOLDEN=1 writes it:\n%.*s\n%.*s",
                      file, line, left < 500 ? (int)left : 500, was, right < 500 ? (int)right : 500,
                      is);
        was += left + (was[left] != '\0');
        is += right + (is[right] != '\0');
    }
    toc_buf_fini(&golden);
    free(file);
    free(path);
}

void must_have(const char *text, const char *words)
{
    if (!strstr(text, words))
        puts(text);
    ck_assert_msg(strstr(text, words), "not in it: %s", words);
}

void must_lack(const char *text, const char *words)
{
    if (strstr(text, words))
        puts(text);
    ck_assert_msg(!strstr(text, words), "in it: %s", words);
}
