// SPDX-License-Identifier: MIT
#include "options.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/text.h"

static const toc_option *find(const toc_option *options, const char *name, size_t len)
{
    for (; options->name; options++)
        if (strlen(options->name) == len && strncmp(options->name, name, len) == 0)
            return options;
    return NULL;
}

static toc_err unknown(const toc_option *options, const char *word, toc_error *e)
{
    const char *names[TOC_GIVEN_MAX];
    size_t count = 0;
    for (; count < TOC_GIVEN_MAX && options[count].name; count++)
        names[count] = options[count].name;
    const char *near = toc_text_near(word + 2, names, count);
    if (near)
        return toc_fail(e, TOC_EUSAGE, "there is no option %.60s; did you mean --%s?", word, near);
    return toc_fail(e, TOC_EUSAGE, "there is no option %.60s; --help lists them", word);
}

static bool is_help(const char *word)
{
    return strcmp(word, "-h") == 0 || strcmp(word, "--help") == 0;
}

toc_err toc_options_parse(toc_arguments *out, const toc_option *options, int argc, char **argv,
                          toc_error *e)
{
    *out = (toc_arguments){.options = options};
    bool is_end = false; // after --
    for (int i = 1; i < argc; i++) {
        const char *word = argv[i];
        if (!is_end && is_help(word)) {
            out->wants_help = true;
            return TOC_OK;
        }
        if (!is_end && strcmp(word, "--") == 0) {
            is_end = true;
            continue;
        }
        if (is_end || word[0] != '-' || word[1] == '\0') {
            if (out->argument_count == TOC_ARGUMENTS_MAX)
                return toc_fail(e, TOC_EUSAGE, "too many arguments");
            out->arguments[out->argument_count++] = word;
            continue;
        }
        const char *equals = strchr(word, '=');
        size_t len = word[1] != '-' ? 0 : equals ? (size_t)(equals - word) - 2 : strlen(word) - 2;
        const toc_option *option = len ? find(options, word + 2, len) : NULL;
        if (strcmp(word, "-o") == 0)
            option = find(options, "output", strlen("output"));
        if (!option)
            return unknown(options, word, e);
        if (!option->value && equals)
            return toc_fail(e, TOC_EUSAGE, "--%s takes no value", option->name);
        if (option->value && !equals && i + 1 == argc)
            return toc_fail(e, TOC_EUSAGE, "--%s needs %s", option->name, option->value);
        if (!option->is_repeated && toc_options_has(out, option->name))
            return toc_fail(e, TOC_EUSAGE, "--%s is given twice", option->name);
        if (out->given_count == TOC_GIVEN_MAX)
            return toc_fail(e, TOC_EUSAGE, "too many options");
        out->given[out->given_count].option = option;
        out->given[out->given_count++].value = !option->value ? ""
                                               : equals       ? equals + 1
                                                              : argv[++i];
    }
    return TOC_OK;
}

bool toc_options_has(const toc_arguments *a, const char *name)
{
    return toc_options_get(a, name) != NULL;
}

const char *toc_options_get(const toc_arguments *a, const char *name)
{
    for (size_t i = a->given_count; i-- > 0;)
        if (strcmp(a->given[i].option->name, name) == 0)
            return a->given[i].value;
    return NULL;
}

size_t toc_options_all(const toc_arguments *a, const char *name, const char **values, size_t max)
{
    size_t count = 0;
    for (size_t i = 0; i < a->given_count && count < max; i++)
        if (strcmp(a->given[i].option->name, name) == 0)
            values[count++] = a->given[i].value;
    return count;
}

toc_err toc_options_count(const toc_arguments *a, const char *name, long low, long high,
                          long fallback, long *out, toc_error *e)
{
    const char *text = toc_options_get(a, name);
    *out = fallback;
    if (!text)
        return TOC_OK;
    char *end;
    *out = strtol(text, &end, 10);
    if (*text == '\0' || *end != '\0' || *out < low || *out > high)
        return toc_fail(e, TOC_EUSAGE, "--%s must be a whole number from %ld to %ld, not \"%.40s\"",
                        name, low, high, text);
    return TOC_OK;
}

// Behind its name, or below it if the name is long; 80 columns wide.
static void add_row(FILE *out, const char *name, const char *help)
{
    enum { NAME = 24, WIDTH = 80 };
    static const char gutter[] =
        "                           "; // as wide as the name with its margins
    toc_buf text = {0};
    toc_text_block(&text, help, strlen(help), gutter, WIDTH);
    bool is_long = strlen(name) > NAME;
    fprintf(out, is_long ? "  %s\n" : "  %-24s", name);
    fputs(toc_buf_text(&text) + (is_long ? 0 : NAME + 2), out);
    if (text.len == 0 || text.data[text.len - 1] != '\n')
        fputc('\n', out);
    toc_buf_fini(&text);
}

void toc_options_help(FILE *out, const toc_option *options)
{
    for (; options->name; options++) {
        toc_buf left = {0};
        bool is_output = strcmp(options->name, "output") == 0;
        toc_buf_printf(&left, "%s--%s%s%s", is_output ? "-o, " : "", options->name,
                       options->value ? " " : "", options->value ? options->value : "");
        add_row(out, toc_buf_text(&left), options->help);
        toc_buf_fini(&left);
    }
    add_row(out, "-h, --help", "this text");
}

// Bounds keep a typing mistake from asking for gigabytes.
toc_err toc_options_size(const char *text, int *w, int *h, toc_error *e)
{
    char *end;
    long columns = strtol(text, &end, 10), lines = 0;
    if (end != text && *end == 'x')
        lines = strtol(end + 1, &end, 10);
    if (*end != '\0' || columns < 1 || columns > 500 || lines < 1 || lines > 500)
        return toc_fail(
            e, TOC_EUSAGE,
            "--snapshot is columns and lines, up to 500x500, as in 80x24; not \"%.40s\"", text);
    *w = (int)columns;
    *h = (int)lines;
    return TOC_OK;
}
