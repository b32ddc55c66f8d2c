// SPDX-License-Identifier: MIT
#include "record/ticket.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/files.h"
#include "base/mem.h"
#include "base/text.h"
#include "record/json.h"

enum { TICKET_MAX = 65536 };

// In the order in which they are written.
static const struct {
    const char *name;
    size_t offset;
} fields[] = {
#define FIELD(name)                                                                                \
    {                                                                                              \
#name, offsetof(toc_ticket, name)                                                          \
    }
    FIELD(exercise), FIELD(title),       FIELD(marking), FIELD(run),      FIELD(seat),
    FIELD(role),     FIELD(team),        FIELD(desk),    FIELD(feed),     FIELD(token),
    FIELD(ca),       FIELD(certificate), FIELD(key),     FIELD(seal_key),
#undef FIELD
};

static char **field_of(toc_ticket *t, size_t i);
static toc_err take_fields(toc_ticket *out, const toc_json *object, toc_error *e);
static toc_err check_fields(const toc_ticket *t, toc_error *e);
static bool is_hex(const char *s, size_t len);

toc_err toc_ticket_parse(toc_ticket *out, const char *text, size_t len, toc_error *e)
{
    static const char mark[] = "\xEF\xBB\xBF"; // editors of Windows put it before a text
    memset(out, 0, sizeof *out);
    if (len >= strlen(mark) && memcmp(text, mark, strlen(mark)) == 0) {
        text += strlen(mark);
        len -= strlen(mark);
    }
    while (len > 0 && strchr(" \t\r\n", text[len - 1]))
        len--;
    if (len == 0)
        return toc_fail(e, TOC_EFORMAT, "the ticket is empty; ask EXCON for it again");
    if (text[0] != '{')
        return toc_fail(e, TOC_EFORMAT, "this is not a ticket: a ticket begins with '{'");
    if (text[len - 1] != '}')
        return toc_fail(
            e, TOC_EFORMAT,
            "the ticket is cut short: its last byte is not '}'; copy the whole file again");
    toc_json *object;
    toc_error why;
    if (toc_json_read(&object, text, len, TOC_JSON_DESK, &why) != TOC_OK)
        return toc_fail(e, TOC_EFORMAT, "the ticket is not whole: %s; copy the file again",
                        why.msg);
    toc_err err = take_fields(out, object, e);
    if (!err)
        err = check_fields(out, e);
    toc_json_free(object);
    if (err)
        toc_ticket_fini(out);
    return err;
}

toc_err toc_ticket_read(toc_ticket *out, const char *path, toc_buf *warning, toc_error *e)
{
    memset(out, 0, sizeof *out);
    toc_buf text = {0};
    toc_err err = toc_file_slurp(&text, path, TICKET_MAX, e);
    if (err == TOC_ELIMIT)
        err = toc_fail(e, TOC_EFORMAT, "%s is not a ticket: it is larger than any", path);
    if (!err) {
        toc_error why;
        err = toc_ticket_parse(out, toc_buf_text(&text), text.len, &why);
        if (err)
            toc_fail(e, err, "%s: %s", path, why.msg);
    }
    struct stat st;
    if (!err && warning && stat(path, &st) == 0 && (st.st_mode & (S_IRWXG | S_IRWXO)))
        toc_buf_printf(
            warning,
            "others on this machine may read %s and sit down in your place: chmod 600 it\n", path);
    toc_buf_fini(&text);
    return err;
}

void toc_ticket_text(toc_buf *out, const toc_ticket *t)
{
    toc_ticket copy = *t; // for field_of only
    toc_buf_char(out, '{');
    for (size_t i = 0; i < TOC_COUNT(fields); i++) {
        const char *value = *field_of(&copy, i);
        toc_json_key(out, fields[i].name);
        toc_json_str(out, value ? value : "");
    }
    toc_buf_str(out, "}\n");
}

toc_err toc_ticket_write(const toc_ticket *t, const char *path, toc_error *e)
{
    toc_buf out = {0};
    toc_ticket_text(&out, t);
    toc_err err = toc_file_write_private(path, out.data, out.len, e);
    toc_buf_fini(&out);
    return err;
}

void toc_ticket_copy(toc_ticket *to, const toc_ticket *from)
{
    *to = *from;
    for (size_t i = 0; i < TOC_COUNT(fields); i++)
        *field_of(to, i) = toc_strdup(*field_of(to, i));
}

void toc_ticket_fini(toc_ticket *t)
{
    for (size_t i = 0; i < TOC_COUNT(fields); i++)
        free(*field_of(t, i));
    memset(t, 0, sizeof *t);
}

static char **field_of(toc_ticket *t, size_t i)
{
    return (char **)((char *)t + fields[i].offset);
}

static toc_err take_fields(toc_ticket *out, const toc_json *object, toc_error *e)
{
    char quoted[TOC_QUOTE_SIZE];
    for (const toc_json *j = toc_json_first(object); j; j = toc_json_next(j)) {
        size_t i = 0;
        while (i < TOC_COUNT(fields) && strcmp(fields[i].name, toc_json_name(j)) != 0)
            i++;
        if (i == TOC_COUNT(fields))
            return toc_fail(e, TOC_EFORMAT,
                            "the ticket has a field %s that this version does not know",
                            toc_text_quote(quoted, toc_json_name(j)));
        if (!toc_json_text(j))
            return toc_fail(e, TOC_EFORMAT, "the ticket's \"%s\" is not a text", fields[i].name);
        *field_of(out, i) = toc_strdup(toc_json_text(j));
    }
    for (size_t i = 0; i < TOC_COUNT(fields); i++)
        if (!*field_of(out, i))
            return toc_fail(e, TOC_EFORMAT, "the ticket has no \"%s\"", fields[i].name);
    return TOC_OK;
}

// What would otherwise fail much later, and say less.
static toc_err check_fields(const toc_ticket *t, toc_error *e)
{
    static const char scheme[] = "tls+tcp://";
    if (!t->seat[0] || !t->team[0] || !t->role[0])
        return toc_fail(e, TOC_EFORMAT, "the ticket names no seat");
    if (strncmp(t->desk, scheme, sizeof scheme - 1) != 0)
        return toc_fail(e, TOC_EFORMAT, "the ticket's \"desk\" is not a tls+tcp:// address");
    if (strncmp(t->feed, scheme, sizeof scheme - 1) != 0)
        return toc_fail(e, TOC_EFORMAT, "the ticket's \"feed\" is not a tls+tcp:// address");
    if (!is_hex(t->token, 32))
        return toc_fail(e, TOC_EFORMAT, "the ticket's \"token\" is not 32 hex digits");
    if (!is_hex(t->seal_key, 64))
        return toc_fail(e, TOC_EFORMAT, "the ticket's \"seal_key\" is not 64 hex digits");
    return TOC_OK;
}

static bool is_hex(const char *s, size_t len)
{
    return strlen(s) == len && strspn(s, "0123456789abcdef") == len;
}
