// SPDX-License-Identifier: MIT
// An attachment comes from the desk in pages, and is worth nothing before its hash was compared.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "crypto/crypto.h"
#include "link/link.h"

enum { FETCH_MAX = 4 << 20, PARTS_MAX = 64 };

typedef struct {
    toc_link *link;
    char *path;
    char *sha256;
    toc_buf data;
    int64_t part;
    toc_fetch_cb on_data;
    void *context;
} fetch;

static void ask_part(fetch *f);
static void on_part(void *context, const toc_link_reply *reply);
static toc_err take_part(fetch *f, const toc_link_reply *reply, bool *is_last, toc_error *e);
static toc_err check_hash(const fetch *f, toc_error *e);

void toc_link_fetch(toc_link *l, const char *path, const char *sha256, toc_fetch_cb on_data,
                    void *context)
{
    fetch *f = toc_alloc(sizeof *f);
    *f = (fetch){.link = l, .part = 1, .on_data = on_data, .context = context};
    f->path = toc_strdup(path);
    f->sha256 = toc_strdup(sha256);
    ask_part(f);
}

static void ask_part(fetch *f)
{
    toc_buf fields = {0};
    toc_buf_str(&fields, ",\"path\":");
    toc_json_str(&fields, f->path);
    toc_buf_printf(&fields, ",\"part\":%lld", (long long)f->part);
    toc_link_ask(f->link, "attachment", toc_buf_text(&fields), on_part, f);
    toc_buf_fini(&fields);
}

static void on_part(void *context, const toc_link_reply *reply)
{
    fetch *f = context;
    toc_error e = {0};
    bool is_last = false;
    toc_err err = take_part(f, reply, &is_last, &e);
    if (!err && !is_last) {
        f->part++;
        ask_part(f);
        return;
    }
    if (!err)
        err = check_hash(f, &e);
    f->on_data(f->context, err, err ? e.msg : "", toc_buf_text(&f->data), err ? 0 : f->data.len);
    toc_buf_fini(&f->data);
    free(f->path);
    free(f->sha256);
    free(f);
}

static toc_err take_part(fetch *f, const toc_link_reply *reply, bool *is_last, toc_error *e)
{
    if (!reply->ok)
        return toc_fail(e, strcmp(reply->code, "link") == 0 ? TOC_ENET : TOC_EREFUSED, "%s",
                        reply->text);
    int64_t part = 0;
    int64_t parts = 0;
    const char *data = toc_json_text(toc_json_get(reply->body, "data"));
    toc_json_int(toc_json_get(reply->body, "part"), &part);
    toc_json_int(toc_json_get(reply->body, "parts"), &parts);
    if (!data || part != f->part || parts < part || parts > PARTS_MAX)
        return toc_fail(e, TOC_EFORMAT, "the engine sent something else than part %lld",
                        (long long)f->part);
    toc_err err = toc_base64_decode(&f->data, data, strlen(data), e);
    if (!err && f->data.len > FETCH_MAX)
        err = toc_fail(e, TOC_ELIMIT, "it is larger than attachments may be");
    *is_last = part == parts;
    return err;
}

static toc_err check_hash(const fetch *f, toc_error *e)
{
    char hash[TOC_HASH_HEX + 1];
    toc_bytes runs[] = {{toc_buf_text(&f->data), f->data.len}, {NULL, 0}};
    toc_sha256_hex(hash, runs);
    if (strcmp(hash, f->sha256) != 0)
        return toc_fail(e, TOC_EDAMAGED,
                        "what arrived is not what was announced: its SHA-256 is %s", hash);
    return TOC_OK;
}
