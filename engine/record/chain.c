// SPDX-License-Identifier: MIT
// The verdict must never be wrong in two directions. A torn tail taken for damage locks an exercise
// that lost nothing; damage taken for a torn tail throws away lines that people were told of. What
// decides is d: a power loss can only spoil the one batch that was being written, all of whose
// lines carry the same d, and that d is below the first of them. So a trailer whose d is at or above
// the bad line was written when that line was durable, in whatever order sectors reached the disk.
//
// There is one way to make such a number that nobody wrote: where a torn tail was cut off once, its
// old sectors may show again between new ones, and a d that lies across the border of two sectors
// may be half old and half new (5 and 12 made 55). Such a d counts only if the line's hash is right.
#include "record/chain.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

#define D_KEY        ",\"d\":"
#define HASH_KEY     ",\"hash\":\""
#define HASH_END     "\"}"
#define HEADER_START "{\"format\":\"tocsin-journal\","
#define SECTOR       512 // bytes that a disk writes as one; larger sectors end where these do
#define D_DIGITS     16
#define D_MAX        INT64_C(9007199254740991)

// Lengths without the NUL.
#define LENGTH(literal) (sizeof(literal) - 1)

static bool is_good_line(toc_chain_report *r, toc_line *line, const char *bytes, size_t len,
                         bool ended);
static bool is_converted(const char *bytes, size_t len);
static bool has_form(toc_chain_report *r, const toc_line *line, int64_t seq);
static void hash_line(char out[TOC_HASH_HEX + 1], const char *before, const char *bytes,
                      size_t len);
static void judge_tail(toc_chain_report *r, const char *data, size_t len, size_t at);
static bool is_testimony(const toc_line *line, size_t at, const char *before);
static size_t hashed_length(const toc_line *line);
static size_t line_length(const char *data, size_t len, size_t at, bool *ended);
static bool starts_with(const char *bytes, size_t len, const char *start, size_t start_len);
static bool is_hex(char c);

bool toc_line_split(toc_line *line, const char *bytes, size_t len)
{
    const size_t tail = LENGTH(HASH_KEY) + TOC_HASH_HEX + LENGTH(HASH_END);
    if (len < LENGTH(D_KEY) + 1 + tail)
        return false;
    size_t at = len - tail;
    const char *hash = bytes + at + LENGTH(HASH_KEY);
    if (memcmp(bytes + at, HASH_KEY, LENGTH(HASH_KEY)) != 0 ||
        memcmp(hash + TOC_HASH_HEX, HASH_END, LENGTH(HASH_END)) != 0)
        return false;
    for (int i = 0; i < TOC_HASH_HEX; i++) {
        if (!is_hex(hash[i]))
            return false;
    }
    size_t first = at;
    while (first > LENGTH(D_KEY) && bytes[first - 1] >= '0' && bytes[first - 1] <= '9')
        first--;
    size_t digits = at - first;
    if (digits == 0 || digits > D_DIGITS || (digits > 1 && bytes[first] == '0') ||
        memcmp(bytes + first - LENGTH(D_KEY), D_KEY, LENGTH(D_KEY)) != 0)
        return false;
    int64_t d = 0;
    for (size_t i = first; i < at; i++)
        d = d * 10 + (bytes[i] - '0');
    if (d > D_MAX)
        return false;
    *line = (toc_line){bytes, len, first - LENGTH(D_KEY), d, hash};
    return true;
}

void toc_line_write(toc_buf *out, const char *body, size_t body_len, int64_t d,
                    char hash[TOC_HASH_HEX + 1])
{
    size_t from = out->len;
    toc_buf_add(out, body, body_len);
    toc_buf_str(out, D_KEY);
    toc_buf_int(out, d);
    char own[TOC_HASH_HEX + 1];
    hash_line(own, hash, out->data + from, out->len - from);
    memcpy(hash, own, sizeof own);
    toc_buf_str(out, HASH_KEY);
    toc_buf_add(out, own, TOC_HASH_HEX);
    toc_buf_str(out, HASH_END "\n");
}

void toc_chain_scan(const char *data, size_t len, toc_chain_report *report, toc_line_cb each,
                    void *context)
{
    *report = (toc_chain_report){0};
    memset(report->hash, '0', TOC_HASH_HEX);
    toc_chain_scan_on(data, len, report, each, context);
}

void toc_chain_scan_on(const char *data, size_t len, toc_chain_report *report, toc_line_cb each,
                       void *context)
{
    report->state = TOC_CHAIN_WHOLE;
    report->bad_line = report->witness = 0;
    report->why[0] = '\0';
    size_t at = (size_t)report->good_bytes;
    while (at < len) {
        bool ended = false;
        size_t n = line_length(data, len, at, &ended);
        toc_line line;
        if (!is_good_line(report, &line, data + at, n, ended))
            break;
        if (each)
            each(context, report->lines, &line);
        memcpy(report->hash, line.hash, TOC_HASH_HEX);
        report->durable = line.d;
        report->lines++;
        at += n + 1;
    }
    report->good_bytes = (int64_t)at;
    if (len == 0)
        snprintf(report->why, sizeof report->why, "the file is empty");
    if (at < len || len == 0)
        judge_tail(report, data, len, at);
}

static bool is_converted(const char *bytes, size_t len)
{
    static const char *const marks[] = {"\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF"};
    for (size_t i = 0; i < TOC_COUNT(marks); i++)
        if (starts_with(bytes, len, marks[i], strlen(marks[i])))
            return true;
    return starts_with(bytes, len, HEADER_START, LENGTH(HEADER_START)) && bytes[len - 1] == '\r';
}

// Says in r->why what is wrong.
static bool is_good_line(toc_chain_report *r, toc_line *line, const char *bytes, size_t len,
                         bool ended)
{
    const char *why = NULL;
    if (r->lines == 0 && is_converted(bytes, len))
        why = "an editor, a mail program or git converted the file (CR LF, or a byte order mark): "
              "ask for it as it was written";
    else if (len >= TOC_LINE_MAX)
        why = "it is longer than 1 MiB";
    else if (memchr(bytes, '\0', len))
        why = "there are zero bytes in it";
    else if (!ended)
        why = "the file ends within it";
    else if (r->lines == 0 && !starts_with(bytes, len, HEADER_START, LENGTH(HEADER_START)))
        why = "it is not the header of a tocsin journal";
    else if (!toc_line_split(line, bytes, len))
        why = "it does not end as a line of a journal does";
    if (why) {
        snprintf(r->why, sizeof r->why, "%s", why);
        return false;
    }
    if (!has_form(r, line, r->lines))
        return false;
    char hash[TOC_HASH_HEX + 1];
    hash_line(hash, r->hash, bytes, hashed_length(line));
    if (memcmp(hash, line->hash, TOC_HASH_HEX) != 0) {
        snprintf(r->why, sizeof r->why,
                 "its hash is not the one of its bytes and of the line before");
        return false;
    }
    return true;
}

// The hash covers all of this; it is looked at first because it can say more.
static bool has_form(toc_chain_report *r, const toc_line *line, int64_t seq)
{
    char start[32] = "{";
    if (seq > 0)
        snprintf(start, sizeof start, "{\"seq\":%" PRId64 ",", seq);
    if (!starts_with(line->bytes, line->body_len, start, strlen(start))) {
        snprintf(r->why, sizeof r->why,
                 "it is not seq %" PRId64 ": a line is missing, repeated or moved", seq);
        return false;
    }
    if (line->d < r->durable || line->d > seq || (seq > 0 && line->d == seq)) {
        snprintf(r->why, sizeof r->why,
                 "it claims that seq %" PRId64 " was durable, which cannot be", line->d);
        return false;
    }
    return true;
}

static void hash_line(char out[TOC_HASH_HEX + 1], const char *before, const char *bytes, size_t len)
{
    const toc_bytes runs[] = {{before, TOC_HASH_HEX}, {bytes, len}, {NULL, 0}};
    toc_sha256_hex(out, runs);
}

// The bad line is a witness too: if the newline before the next line was lost, the trailer at its
// end is the next line's. Not so for the header, whose own d is 0 like its number.
static void judge_tail(toc_chain_report *r, const char *data, size_t len, size_t at)
{
    r->state = TOC_CHAIN_TORN;
    r->bad_line = r->lines + 1;
    const char *before = NULL; // the hash of the line before, where it has one
    for (int64_t number = r->bad_line; at < len; number++) {
        bool ended = false;
        size_t n = line_length(data, len, at, &ended);
        toc_line line;
        bool has_trailer = toc_line_split(&line, data + at, n);
        bool may_tell = has_trailer && (number > r->bad_line || r->lines > 0);
        if (may_tell && line.d >= r->lines && is_testimony(&line, at, before)) {
            r->state = TOC_CHAIN_DAMAGED;
            r->witness = number;
            return;
        }
        before = has_trailer ? line.hash : NULL;
        at += n + 1;
    }
}

// at is the line's offset in the file.
static bool is_testimony(const toc_line *line, size_t at, const char *before)
{
    size_t first_digit = at + line->body_len + LENGTH(D_KEY);
    size_t last_digit = at + hashed_length(line) - 1;
    if (first_digit / SECTOR == last_digit / SECTOR)
        return true;
    char hash[TOC_HASH_HEX + 1];
    if (!before)
        return false;
    hash_line(hash, before, line->bytes, hashed_length(line));
    return memcmp(hash, line->hash, TOC_HASH_HEX) == 0;
}

// Bytes before `,"hash":`.
static size_t hashed_length(const toc_line *line)
{
    return (size_t)(line->hash - line->bytes) - LENGTH(HASH_KEY);
}

static size_t line_length(const char *data, size_t len, size_t at, bool *ended)
{
    const char *newline = memchr(data + at, '\n', len - at);
    *ended = newline != NULL;
    return newline ? (size_t)(newline - (data + at)) : len - at;
}

static bool starts_with(const char *bytes, size_t len, const char *start, size_t start_len)
{
    return len >= start_len && memcmp(bytes, start, start_len) == 0;
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}
