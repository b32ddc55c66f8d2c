// SPDX-License-Identifier: MIT
// cJSON builds the tree, but it accepts far more than JSON: bad UTF-8, raw controls, leading zeros,
// strings cut at \u0000, duplicate keys, numbers that a double rounds. So the text passes a scanner
// of our own first, which knows the whole grammar and counts as it goes; cJSON only ever sees what
// is known to be right, and never more of it than the limits allow.
#include "record/json.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "base/mem.h"
#include "base/text.h"

#define INTEGER_MAX    INT64_C(9007199254740991) // 2^53 - 1
#define INTEGER_DIGITS 16

typedef struct {
    const char *start;
    const char *at;
    const char *end;
    toc_json_limits limits;
    int depth;
    int tokens;
    toc_error *e;
} scanner;

static toc_err scan_document(scanner *s);
static toc_err scan_value(scanner *s);
static toc_err scan_object(scanner *s);
static toc_err scan_array(scanner *s);
static toc_err scan_string(scanner *s);
static toc_err scan_escape(scanner *s);
static toc_err scan_number(scanner *s);
static toc_err scan_word(scanner *s);
static bool scan_hex(scanner *s, unsigned *unit);
static toc_err enter(scanner *s);
static toc_err count_token(scanner *s);
static void skip_space(scanner *s);
static bool take(scanner *s, char c);
static toc_err fail_at(const scanner *s, const char *what);
static cJSON *build_tree(const char *text, size_t len, toc_error *e);
static toc_err refuse_duplicates(const cJSON *node, toc_error *e);
static toc_err refuse_duplicate_keys(const cJSON *object, toc_error *e);
static int compare_keys(const void *a, const void *b);
static const cJSON *node_of(const toc_json *j);

toc_err toc_json_read(toc_json **out, const char *text, size_t len, toc_json_limits limits,
                      toc_error *e)
{
    assert(limits.depth < CJSON_NESTING_LIMIT);
    *out = NULL;
    if (len > limits.bytes)
        return toc_fail(e, TOC_ELIMIT, "JSON of %zu bytes: the limit is %zu", len, limits.bytes);
    if (len == 0)
        return toc_fail(e, TOC_EFORMAT, "not JSON: it is empty");
    size_t bad = 0;
    if (!toc_utf8_valid(text, len, &bad))
        return toc_fail(e, TOC_EFORMAT, "not JSON at byte %zu: not UTF-8, or a zero byte", bad);
    scanner s = {.start = text, .at = text, .end = text + len, .limits = limits, .e = e};
    toc_err err = scan_document(&s);
    if (err)
        return err;
    cJSON *root = build_tree(text, len, e);
    if (!root)
        return TOC_EINTERNAL;
    err = refuse_duplicates(root, e);
    if (err) {
        cJSON_Delete(root);
        return err;
    }
    *out = (toc_json *)root;
    return TOC_OK;
}

void toc_json_free(toc_json *document)
{
    cJSON_Delete((cJSON *)document);
}

toc_json_type toc_json_kind(const toc_json *j)
{
    const cJSON *node = node_of(j);
    if (cJSON_IsBool(node))
        return TOC_JSON_BOOL;
    if (cJSON_IsNumber(node))
        return TOC_JSON_NUMBER;
    if (cJSON_IsString(node))
        return TOC_JSON_STRING;
    if (cJSON_IsArray(node))
        return TOC_JSON_ARRAY;
    if (cJSON_IsObject(node))
        return TOC_JSON_OBJECT;
    return TOC_JSON_NULL;
}

const toc_json *toc_json_get(const toc_json *object, const char *key)
{
    if (!cJSON_IsObject(node_of(object)))
        return NULL;
    return (const toc_json *)cJSON_GetObjectItemCaseSensitive(node_of(object), key);
}

const char *toc_json_text(const toc_json *j)
{
    return cJSON_IsString(node_of(j)) ? node_of(j)->valuestring : NULL;
}

bool toc_json_int(const toc_json *j, int64_t *n)
{
    if (!cJSON_IsNumber(node_of(j)))
        return false;
    *n = (int64_t)node_of(j)->valuedouble; // exact: the scanner lets nothing larger through
    return true;
}

bool toc_json_true(const toc_json *j)
{
    return cJSON_IsTrue(node_of(j));
}

const toc_json *toc_json_first(const toc_json *container)
{
    return container ? (const toc_json *)node_of(container)->child : NULL;
}

const toc_json *toc_json_next(const toc_json *child)
{
    return child ? (const toc_json *)node_of(child)->next : NULL;
}

const char *toc_json_name(const toc_json *child)
{
    return child ? node_of(child)->string : NULL;
}

static toc_err scan_document(scanner *s)
{
    skip_space(s);
    toc_err err = scan_value(s);
    if (err)
        return err;
    skip_space(s);
    if (s->at < s->end)
        return fail_at(s, "something follows the value");
    return TOC_OK;
}

static toc_err scan_value(scanner *s)
{
    toc_err err = count_token(s);
    if (err)
        return err;
    if (s->at == s->end)
        return fail_at(s, "it ends where a value should stand");
    switch (*s->at) {
    case '{':
        return scan_object(s);
    case '[':
        return scan_array(s);
    case '"':
        return scan_string(s);
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
        return scan_number(s);
    default:
        return scan_word(s);
    }
}

static toc_err scan_object(scanner *s)
{
    toc_err err = enter(s);
    if (err)
        return err;
    skip_space(s);
    if (take(s, '}')) {
        s->depth--;
        return TOC_OK;
    }
    do {
        skip_space(s);
        if (s->at == s->end || *s->at != '"')
            return fail_at(s, "a key should stand here");
        err = count_token(s);
        if (!err)
            err = scan_string(s);
        if (err)
            return err;
        skip_space(s);
        if (!take(s, ':'))
            return fail_at(s, "a colon should stand here");
        skip_space(s);
        err = scan_value(s);
        if (err)
            return err;
        skip_space(s);
    } while (take(s, ','));
    if (!take(s, '}'))
        return fail_at(s, "a comma or the object's end should stand here");
    s->depth--;
    return TOC_OK;
}

static toc_err scan_array(scanner *s)
{
    toc_err err = enter(s);
    if (err)
        return err;
    skip_space(s);
    if (take(s, ']')) {
        s->depth--;
        return TOC_OK;
    }
    do {
        skip_space(s);
        err = scan_value(s);
        if (err)
            return err;
        skip_space(s);
    } while (take(s, ','));
    if (!take(s, ']'))
        return fail_at(s, "a comma or the array's end should stand here");
    s->depth--;
    return TOC_OK;
}

static toc_err scan_string(scanner *s)
{
    s->at++;
    while (s->at < s->end) {
        unsigned char c = (unsigned char)*s->at;
        if (c == '"') {
            s->at++;
            return TOC_OK;
        }
        if (c < 0x20)
            return fail_at(s, "a control character that is not escaped");
        if (c == '\\') {
            toc_err err = scan_escape(s);
            if (err)
                return err;
        } else {
            s->at++;
        }
    }
    return fail_at(s, "it ends within a string");
}

static toc_err scan_escape(scanner *s)
{
    const char *from = s->at++;
    if (s->at == s->end)
        return fail_at(s, "it ends within a string");
    char c = *s->at++;
    if (strchr("\"\\/bfnrt", c))
        return TOC_OK;
    unsigned unit = 0;
    if (c != 'u' || !scan_hex(s, &unit)) {
        s->at = from;
        return fail_at(s, "an escape that JSON does not have");
    }
    if (unit == 0) {
        s->at = from;
        return fail_at(s, "\\u0000 would end the text early");
    }
    if (unit < 0xD800 || unit > 0xDFFF)
        return TOC_OK;
    unsigned low = 0;
    if (unit > 0xDBFF || !take(s, '\\') || !take(s, 'u') || !scan_hex(s, &low) || low < 0xDC00 ||
        low > 0xDFFF) {
        s->at = from;
        return fail_at(s, "half of a surrogate pair");
    }
    return TOC_OK;
}

static toc_err scan_number(scanner *s)
{
    const char *from = s->at;
    bool negative = take(s, '-');
    const char *first = s->at;
    int64_t n = 0;
    while (s->at < s->end && *s->at >= '0' && *s->at <= '9') {
        if (s->at - first < INTEGER_DIGITS)
            n = n * 10 + (*s->at - '0');
        s->at++;
    }
    ptrdiff_t digits = s->at - first;
    const char *what = NULL;
    if (digits == 0)
        what = "a minus sign without a number";
    else if (*first == '0' && (digits > 1 || negative))
        what = "a number with a zero too many in front";
    else if (s->at < s->end && strchr(".eE", *s->at))
        what = "a number that is not written as a whole one";
    else if (digits > INTEGER_DIGITS || n > INTEGER_MAX)
        what = "a number beyond 9007199254740991";
    if (!what)
        return TOC_OK;
    s->at = from;
    return fail_at(s, what);
}

static toc_err scan_word(scanner *s)
{
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; i < TOC_COUNT(words); i++) {
        size_t len = strlen(words[i]);
        if ((size_t)(s->end - s->at) >= len && memcmp(s->at, words[i], len) == 0) {
            s->at += len;
            return TOC_OK;
        }
    }
    return fail_at(s, "a value should stand here");
}

static bool scan_hex(scanner *s, unsigned *unit)
{
    *unit = 0;
    for (int i = 0; i < 4; i++) {
        if (s->at == s->end)
            return false;
        char c = *s->at++;
        unsigned digit;
        if (c >= '0' && c <= '9')
            digit = (unsigned)(c - '0');
        else if (c >= 'a' && c <= 'f')
            digit = (unsigned)(c - 'a') + 10;
        else if (c >= 'A' && c <= 'F')
            digit = (unsigned)(c - 'A') + 10;
        else
            return false;
        *unit = *unit << 4 | digit;
    }
    return true;
}

static toc_err enter(scanner *s)
{
    if (++s->depth > s->limits.depth)
        return toc_fail(s->e, TOC_ELIMIT, "JSON nested deeper than %d", s->limits.depth);
    s->at++;
    return TOC_OK;
}

static toc_err count_token(scanner *s)
{
    if (++s->tokens > s->limits.tokens)
        return toc_fail(s->e, TOC_ELIMIT, "JSON of more than %d values and keys", s->limits.tokens);
    return TOC_OK;
}

static void skip_space(scanner *s)
{
    while (s->at < s->end && (*s->at == ' ' || *s->at == '\n' || *s->at == '\t' || *s->at == '\r'))
        s->at++;
}

static bool take(scanner *s, char c)
{
    if (s->at == s->end || *s->at != c)
        return false;
    s->at++;
    return true;
}

static toc_err fail_at(const scanner *s, const char *what)
{
    return toc_fail(s->e, TOC_EFORMAT, "not JSON at byte %zu: %s", (size_t)(s->at - s->start),
                    what);
}

static cJSON *build_tree(const char *text, size_t len, toc_error *e)
{
    char *copy = toc_strndup(text, len); // cJSON only sees trailing bytes behind a NUL
    const char *end = NULL;
    cJSON *root = cJSON_ParseWithLengthOpts(copy, len + 1, &end, 1);
    bool whole = root && end == copy + len;
    free(copy);
    if (whole)
        return root;
    cJSON_Delete(root);
    toc_fail(e, TOC_EINTERNAL, "cJSON does not read what our scanner accepts");
    return NULL;
}

// Keys are compared as they read, not as they are written: "a" and "\u0061" are the same.
static toc_err refuse_duplicates(const cJSON *node, toc_error *e)
{
    toc_err err = cJSON_IsObject(node) ? refuse_duplicate_keys(node, e) : TOC_OK;
    for (const cJSON *child = node->child; child && !err; child = child->next) {
        if (child->child)
            err = refuse_duplicates(child, e);
    }
    return err;
}

static toc_err refuse_duplicate_keys(const cJSON *object, toc_error *e)
{
    size_t count = 0;
    for (const cJSON *child = object->child; child; child = child->next)
        count++;
    if (count < 2)
        return TOC_OK;
    const char **keys = toc_alloc(count * sizeof *keys);
    size_t n = 0;
    for (const cJSON *child = object->child; child; child = child->next)
        keys[n++] = child->string;
    qsort(keys, count, sizeof *keys, compare_keys);
    toc_err err = TOC_OK;
    for (size_t i = 1; i < count && !err; i++) {
        if (strcmp(keys[i - 1], keys[i]) != 0)
            continue;
        toc_buf shown = {0};
        toc_text_visible(&shown, keys[i], strlen(keys[i]), false);
        err = toc_fail(e, TOC_EFORMAT, "the same key stands twice in one object: %s",
                       toc_buf_text(&shown));
        toc_buf_fini(&shown);
    }
    free(keys);
    return err;
}

static int compare_keys(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static const cJSON *node_of(const toc_json *j)
{
    return (const cJSON *)j;
}
