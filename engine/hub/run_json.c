// SPDX-License-Identifier: MIT
#include "run_json.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "record/json.h"

static char **copy_list(char *const *list, size_t count);
static void free_list(char **list, size_t count);
static void write_list(toc_buf *out, const char *key, char *const *list, size_t count);
static toc_err read_text(const toc_json *json, const char *key, char **out, toc_error *e);
static toc_err read_list(const toc_json *json, const char *key, char ***list, size_t *count,
                         toc_error *e);
static toc_err read_ports(const toc_json *json, toc_run_info *out, toc_error *e);

void toc_run_info_fini(toc_run_info *info)
{
    free(info->run);
    free(info->exercise);
    free(info->title);
    free(info->marking);
    free(info->listen);
    free(info->host);
    free(info->ports);
    free_list(info->audiences, info->audience_count);
    free_list(info->seats, info->seat_count);
    *info = (toc_run_info){0};
}

void toc_run_info_copy(toc_run_info *to, const toc_run_info *from)
{
    *to = (toc_run_info){.run = toc_strdup(from->run),
                         .exercise = toc_strdup(from->exercise),
                         .title = toc_strdup(from->title),
                         .marking = toc_strdup(from->marking),
                         .listen = toc_strdup(from->listen),
                         .host = toc_strdup(from->host),
                         .audiences = copy_list(from->audiences, from->audience_count),
                         .audience_count = from->audience_count,
                         .seats = copy_list(from->seats, from->seat_count),
                         .seat_count = from->seat_count};
    to->ports = toc_alloc((from->audience_count + 1) * sizeof *to->ports);
    memcpy(to->ports, from->ports, (from->audience_count + 1) * sizeof *to->ports);
}

void toc_run_info_json(toc_buf *out, const toc_run_info *info)
{
    const struct {
        const char *key, *text;
    } texts[] = {{"run", info->run},         {"exercise", info->exercise}, {"title", info->title},
                 {"marking", info->marking}, {"listen", info->listen},     {"host", info->host}};
    toc_buf_char(out, '{');
    for (size_t i = 0; i < TOC_COUNT(texts); i++) {
        toc_json_key(out, texts[i].key);
        toc_json_str(out, texts[i].text);
    }
    toc_json_key(out, "ports");
    for (size_t i = 0; i <= info->audience_count; i++)
        toc_buf_printf(out, "%c%d", i == 0 ? '[' : ',', info->ports[i]);
    toc_buf_char(out, ']');
    write_list(out, "audiences", info->audiences, info->audience_count);
    write_list(out, "seats", info->seats, info->seat_count);
    toc_buf_str(out, "}\n");
}

toc_err toc_run_info_parse(toc_run_info *out, const char *text, size_t len, toc_error *e)
{
    *out = (toc_run_info){0};
    toc_json *json;
    toc_error why = {0};
    toc_err err = toc_json_read(&json, text, len, TOC_JSON_DESK, &why);
    if (err)
        return toc_fail(e, err, "run.json cannot be read: %s", why.msg);
    err = read_text(json, "run", &out->run, e);
    if (!err)
        err = read_text(json, "exercise", &out->exercise, e);
    if (!err)
        err = read_text(json, "title", &out->title, e);
    if (!err)
        err = read_text(json, "marking", &out->marking, e);
    if (!err)
        err = read_text(json, "listen", &out->listen, e);
    if (!err)
        err = read_text(json, "host", &out->host, e);
    if (!err)
        err = read_list(json, "audiences", &out->audiences, &out->audience_count, e);
    if (!err)
        err = read_list(json, "seats", &out->seats, &out->seat_count, e);
    if (!err)
        err = read_ports(json, out, e);
    toc_json_free(json);
    if (err)
        toc_run_info_fini(out);
    return err;
}

static char **copy_list(char *const *list, size_t count)
{
    char **copy = toc_alloc((count + 1) * sizeof *copy);
    for (size_t i = 0; i < count; i++)
        copy[i] = toc_strdup(list[i]);
    return copy;
}

static void free_list(char **list, size_t count)
{
    for (size_t i = 0; list && i < count; i++)
        free(list[i]);
    free(list);
}

static void write_list(toc_buf *out, const char *key, char *const *list, size_t count)
{
    toc_json_key(out, key);
    toc_buf_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            toc_buf_char(out, ',');
        toc_json_str(out, list[i]);
    }
    toc_buf_char(out, ']');
}

static toc_err read_text(const toc_json *json, const char *key, char **out, toc_error *e)
{
    const toc_json *value = toc_json_get(json, key);
    const char *text = value ? toc_json_text(value) : NULL;
    if (!text)
        return toc_fail(e, TOC_EFORMAT, "run.json: \"%s\" must be a text", key);
    *out = toc_strdup(text);
    return TOC_OK;
}

static toc_err read_list(const toc_json *json, const char *key, char ***list, size_t *count,
                         toc_error *e)
{
    const toc_json *value = toc_json_get(json, key);
    if (!value || toc_json_kind(value) != TOC_JSON_ARRAY)
        return toc_fail(e, TOC_EFORMAT, "run.json: \"%s\" must be a list", key);
    size_t capacity = 0;
    for (const toc_json *at = toc_json_first(value); at; at = toc_json_next(at)) {
        if (!toc_json_text(at))
            return toc_fail(e, TOC_EFORMAT, "run.json: \"%s\" must be a list of texts", key);
        TOC_GROW(*list, *count, capacity);
        (*list)[(*count)++] = toc_strdup(toc_json_text(at));
    }
    return TOC_OK;
}

static toc_err read_ports(const toc_json *json, toc_run_info *out, toc_error *e)
{
    const toc_json *value = toc_json_get(json, "ports");
    size_t count = 0;
    out->ports = toc_alloc((out->audience_count + 1) * sizeof *out->ports);
    for (const toc_json *at = value ? toc_json_first(value) : NULL; at; at = toc_json_next(at)) {
        int64_t port;
        if (count > out->audience_count || !toc_json_int(at, &port) || port < 1 || port > 65535)
            return toc_fail(e, TOC_EFORMAT,
                            "run.json: a port is a number from 1 to 65535, one for "
                            "the desk and one an audience");
        out->ports[count++] = (int)port;
    }
    if (count != out->audience_count + 1)
        return toc_fail(e, TOC_EFORMAT,
                        "run.json: there must be a port for the desk and one an "
                        "audience");
    return TOC_OK;
}
