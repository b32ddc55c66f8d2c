// SPDX-License-Identifier: MIT
#ifndef TOC_OPTIONS_H
#define TOC_OPTIONS_H

// The command line, from tables: each command lists its options; parsing, --help and messages follow.

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/error.h"

typedef struct {
    const char *name;  // "listen", as in --listen; "output" is -o as well
    const char *value; // "HOST:PORT" for those that take one, NULL for flags
    const char *help;
    bool is_repeated; // may be given several times
} toc_option;

#define TOC_ARGUMENTS_MAX 8
#define TOC_GIVEN_MAX     64

typedef struct {
    const toc_option *options; // ends with a NULL name
    const char *arguments[TOC_ARGUMENTS_MAX];
    size_t argument_count;
    struct {
        const toc_option *option;
        const char *value;
    } given[TOC_GIVEN_MAX];
    size_t given_count;
    bool wants_help;
} toc_arguments;

// toc_options_parse reads argv[1 …]; unknown options are TOC_EUSAGE with a suggestion.
toc_err toc_options_parse(toc_arguments *out, const toc_option *options, int argc, char **argv,
                          toc_error *e);
bool toc_options_has(const toc_arguments *a, const char *name);
const char *toc_options_get(const toc_arguments *a,
                            const char *name); // the last; NULL if not given
size_t toc_options_all(const toc_arguments *a, const char *name, const char **values, size_t max);
// toc_options_count reads a whole number between low and high, or fallback if not given.
toc_err toc_options_count(const toc_arguments *a, const char *name, long low, long high,
                          long fallback, long *out, toc_error *e);
void toc_options_help(FILE *out, const toc_option *options);

// toc_options_size reads what --snapshot is given: columns and lines, "80x24".
toc_err toc_options_size(const char *text, int *w, int *h, toc_error *e);

#endif
