// SPDX-License-Identifier: MIT
// Lines of any content behind a good recording, chained as they should be (who forges a journal can do that): verify ends with a
// verdict, which it can put into words. An input is bodies of lines: what stands in each behind {"seq":N, .
#include "fuzz.h"

#include "base/text.h"
#include "record/chain.h"
#include "replays/verify.h"
#include "small.h"

#define LINES 24

static void on_line(void *context, int64_t seq, const toc_line *line)
{
    (void)seq, (void)line;
    ++*(int64_t *)context;
}

static void look_at(const toc_buf *bytes)
{
    toc_verdict v;
    toc_buf text = {0};
    if (toc_verify(&v, bytes->data, bytes->len, &(toc_verify_options){.key = NULL}, NULL) ==
        TOC_OK) {
        assert(v.difference <= v.lines + 1);
        toc_verdict_text(&text, &v); // made visible where it is shown
        toc_buf_clear(&text);
        toc_verdict_json(&text, &v);
        assert(toc_utf8_valid(toc_buf_text(&text), text.len, NULL));
        toc_verdict_fini(&v);
    }
    toc_buf_fini(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    small s;
    toc_buf bytes = {0}, body = {0};
    toc_chain_report report;
    int64_t seq = 0;
    small_open(&s);
    if (toc_file_slurp(&bytes, s.path, (size_t)1 << 24, NULL))
        abort();
    toc_chain_scan(bytes.data, bytes.len, &report, on_line, &seq);
    const char *at = (const char *)data, *end = at + size;
    for (int i = 0; i < LINES && at < end; i++) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        size_t len = (size_t)((newline ? newline : end) - at);
        toc_buf_clear(&body);
        toc_buf_printf(&body, "{\"seq\":%lld,", (long long)seq);
        toc_buf_add(&body, at, len);
        toc_line_write(&bytes, body.data, body.len, seq - 1, report.hash);
        seq++;
        at += len + 1;
    }
    look_at(&bytes);
    toc_buf_fini(&body);
    toc_buf_fini(&bytes);
    small_close(&s);
    return 0;
}
