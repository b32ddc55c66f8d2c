// SPDX-License-Identifier: MIT
// The journal's first line: what the file is, and what it takes to run it again.
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/journal.h"
#include "record/json.h"

#define FORMAT "tocsin-journal"

static toc_err read_numbers(toc_header *h, const toc_json *root, toc_error *e);
static toc_err read_texts(toc_header *h, const toc_json *root, toc_error *e);
static toc_err read_parent(toc_header *h, const toc_json *root, toc_error *e);
static toc_err refuse_unknown(const toc_header *h, const toc_json *root, toc_error *e);
static toc_err need_hex(const char *key, const char *text, toc_error *e);
static void add_text(toc_buf *out, const char *key, const char *text);
static void add_number(toc_buf *out, const char *key, int64_t n);

void toc_header_fini(toc_header *h)
{
    free(h->exercise);
    free(h->run);
    free(h->startex);
    free(h->engine);
    free(h->lua);
    free(h->key);
    free(h->parent);
    free(h->parent_hash);
    *h = (toc_header){0};
}

void toc_header_body(toc_buf *out, const toc_header *h)
{
    toc_buf_str(out, "{\"format\":\"" FORMAT "\"");
    add_number(out, "version", h->version);
    add_number(out, "semantics", h->semantics);
    add_text(out, "exercise", h->exercise);
    add_text(out, "run", h->run);
    add_number(out, "seed", h->seed);
    add_text(out, "startex", h->startex);
    add_text(out, "engine", h->engine);
    add_text(out, "lua", h->lua);
    add_text(out, "key", h->key);
    if (!h->parent)
        return;
    add_text(out, "parent", h->parent);
    add_number(out, "parent_seq", h->parent_seq);
    add_text(out, "parent_hash", h->parent_hash);
}

toc_err toc_header_parse(toc_header *h, const char *json, size_t len, toc_error *e)
{
    *h = (toc_header){0};
    toc_json *root = NULL;
    toc_err err = toc_json_read(&root, json, len, TOC_JSON_JOURNAL, e);
    if (err)
        return toc_fail(e, TOC_EFORMAT, "the first line is not a journal's header: %s",
                        e ? e->msg : "");
    err = read_numbers(h, root, e);
    if (!err)
        err = read_texts(h, root, e);
    if (!err)
        err = read_parent(h, root, e);
    if (!err)
        err = refuse_unknown(h, root, e);
    toc_json_free(root);
    if (err)
        toc_header_fini(h);
    return err;
}

// The version is judged before anything else: a later one may have other fields.
static toc_err read_numbers(toc_header *h, const toc_json *root, toc_error *e)
{
    const char *format = toc_json_text(toc_json_get(root, "format"));
    if (!format || strcmp(format, FORMAT) != 0)
        return toc_fail(e, TOC_EFORMAT, "this is not a tocsin journal");
    if (!toc_json_int(toc_json_get(root, "version"), &h->version))
        return toc_fail(e, TOC_EFORMAT, "the journal's header has no version");
    if (h->version < 1)
        return toc_fail(e, TOC_EFORMAT,
                        "the journal's header says version %" PRId64 ": the first is 1",
                        h->version);
    if (h->version > TOC_JOURNAL_VERSION)
        return toc_fail(e, TOC_EFORMAT,
                        "the journal is of version %" PRId64 "; this tocsin reads version %d: "
                        "use a newer one",
                        h->version, TOC_JOURNAL_VERSION);
    if (!toc_json_int(toc_json_get(root, "semantics"), &h->semantics) || h->semantics < 1)
        return toc_fail(e, TOC_EFORMAT,
                        "the journal's header has no semantics, a whole number from 1 on");
    if (!toc_json_int(toc_json_get(root, "seed"), &h->seed) || h->seed < 0)
        return toc_fail(e, TOC_EFORMAT,
                        "the journal's header has no seed, a whole number from 0 on");
    return TOC_OK;
}

static toc_err read_texts(toc_header *h, const toc_json *root, toc_error *e)
{
    const struct {
        const char *key;
        char **to;
    } texts[] = {
        {"exercise", &h->exercise}, {"run", &h->run}, {"startex", &h->startex},
        {"engine", &h->engine},     {"lua", &h->lua}, {"key", &h->key},
    };
    for (size_t i = 0; i < TOC_COUNT(texts); i++) {
        const char *text = toc_json_text(toc_json_get(root, texts[i].key));
        if (!text)
            return toc_fail(e, TOC_EFORMAT, "the journal's header has no %s", texts[i].key);
        *texts[i].to = toc_strdup(text);
    }
    return need_hex("key", h->key, e);
}

// All three, or none.
static toc_err read_parent(toc_header *h, const toc_json *root, toc_error *e)
{
    const toc_json *seq = toc_json_get(root, "parent_seq");
    const char *parent = toc_json_text(toc_json_get(root, "parent"));
    const char *hash = toc_json_text(toc_json_get(root, "parent_hash"));
    if (!toc_json_get(root, "parent") && !seq && !toc_json_get(root, "parent_hash"))
        return TOC_OK;
    bool is_whole =
        parent && parent[0] && hash && toc_json_int(seq, &h->parent_seq) && h->parent_seq >= 0;
    if (!is_whole)
        return toc_fail(e, TOC_EFORMAT,
                        "the journal's header says that it is a branch, and not of what: parent, "
                        "parent_seq and parent_hash belong together");
    toc_err err = need_hex("parent_hash", hash, e);
    if (err)
        return err;
    h->parent = toc_strdup(parent);
    h->parent_hash = toc_strdup(hash);
    return TOC_OK;
}

// All known keys were found and none stands twice, so another one shows in the count.
static toc_err refuse_unknown(const toc_header *h, const toc_json *root, toc_error *e)
{
    int count = 0;
    for (const toc_json *j = toc_json_first(root); j; j = toc_json_next(j))
        count++;
    if (count != (h->parent ? 13 : 10))
        return toc_fail(e, TOC_EFORMAT, "the journal's header has a field that version %d has not",
                        TOC_JOURNAL_VERSION);
    return TOC_OK;
}

// Of upper case there would be two headers for one key.
static toc_err need_hex(const char *key, const char *text, toc_error *e)
{
    if (strlen(text) == TOC_HASH_HEX && strspn(text, "0123456789abcdef") == TOC_HASH_HEX)
        return TOC_OK;
    return toc_fail(e, TOC_EFORMAT,
                    "the journal's header has a %s that is not 64 lower-case hex digits", key);
}

static void add_text(toc_buf *out, const char *key, const char *text)
{
    toc_json_key(out, key);
    toc_json_str(out, text ? text : "");
}

static void add_number(toc_buf *out, const char *key, int64_t n)
{
    toc_json_key(out, key);
    toc_buf_int(out, n);
}
