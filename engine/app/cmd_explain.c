// SPDX-License-Identifier: MIT
// tocsin explain: what a code means, from the pages that are built in.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/embedded.h"
#include "base/mem.h"
#include "base/text.h"
#include "command.h"
#include "script/codes.h"

static const toc_option options[] = {
    {"markdown", NULL, "the page as it is written, also on a terminal", false},
    {NULL, NULL, NULL, false},
};

extern const toc_embedded toc_pages_files[]; // scripts/errors
extern const size_t toc_pages_count;

static const char *find_page(const char *code)
{
    size_t len = strlen(code);
    for (size_t i = 0; i < toc_pages_count; i++)
        if (strncasecmp(toc_pages_files[i].path, code, len) == 0 &&
            strcmp(toc_pages_files[i].path + len, ".md") == 0)
            return toc_pages_files[i].data;
    return NULL;
}

static const toc_code *find_code(const char *word)
{
    size_t count;
    const toc_code *codes = toc_codes(&count);
    const toc_code *found = toc_code_find(word);
    for (size_t i = 0; i < count && !found; i++)
        if (strcasecmp(codes[i].slug, word) == 0)
            found = &codes[i];
    return found;
}

static int list(void)
{
    size_t count;
    const toc_code *codes = toc_codes(&count);
    const char *group = "";
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || strncmp(codes[i].code, group, 3) != 0) {
            group = codes[i].code;
            const char *what = strncmp(group, "E01", 3) == 0   ? "What cannot be read"
                               : strncmp(group, "E02", 3) == 0 ? "What is declared"
                               : strncmp(group, "E03", 3) == 0 ? "What can be read, but not meant"
                                                               : "For planners";
            printf("%s%s\n", i ? "\n" : "", what);
        }
        printf("  %s  %-26s %s\n", codes[i].code, codes[i].slug, codes[i].title);
    }
    printf("\n`tocsin explain CODE` says more, with an example.\n");
    return toc_said_all(0);
}

static bool contains(const char *text, const char *word)
{
    size_t len = strlen(word);
    for (; strlen(text) >= len; text++)
        if (strncasecmp(text, word, len) == 0)
            return true;
    return false;
}

// 102 is E0102.
static bool is_number_of(const char *code, const char *word)
{
    size_t digits = strspn(word, "0123456789"), len = strlen(code);
    return digits > 0 && !word[digits] && digits <= len && strcmp(code + len - digits, word) == 0 &&
           strspn(code + 1, "0") + digits >= len - 1;
}

// Those whose name or title has the word; how many.
static size_t find_all(const char *word, const toc_code **found)
{
    size_t count, hits = 0;
    const toc_code *codes = toc_codes(&count);
    for (size_t i = 0; i < count; i++)
        if (is_number_of(codes[i].code, word) ||
            (strlen(word) > 1 && (contains(codes[i].slug, word) || contains(codes[i].title, word))))
            found[hits++] = &codes[i];
    return hits;
}

static int unknown(const char *word)
{
    size_t count;
    const toc_code *codes = toc_codes(&count);
    const char **names = toc_alloc(2 * count * sizeof *names);
    toc_error e;
    for (size_t i = 0; i < count; i++) {
        names[2 * i] = codes[i].code;
        names[2 * i + 1] = codes[i].slug;
    }
    const char *near = toc_text_near(word, names, 2 * count);
    if (near)
        toc_fail(&e, TOC_EUSAGE, "there is no code \"%.40s\"; did you mean `tocsin explain %s`?",
                 word, near);
    else
        toc_fail(&e, TOC_EUSAGE, "there is no code \"%.40s\"; `tocsin explain` lists them", word);
    free(names);
    return toc_report(&e);
}

// Markdown as plain text: no fences, code indented, headings without their marks, no backquotes.
static void strip(toc_buf *out, const char *page)
{
    bool is_code = false;
    while (*page) {
        size_t len = strcspn(page, "\n");
        bool is_fence = strncmp(page, "```", 3) == 0;
        if (is_fence) {
            is_code = !is_code;
        } else if (is_code) {
            toc_buf_printf(out, "%s%.*s\n", len ? "    " : "", (int)len, page);
        } else {
            size_t marks = strspn(page, "#");
            const char *from = page + marks + (marks && page[marks] == ' ');
            for (; from < page + len; from++)
                if (*from != '`')
                    toc_buf_char(out, *from);
            toc_buf_char(out, '\n');
        }
        page += len + (page[len] == '\n');
    }
}

static int explain(const toc_arguments *a, const toc_code *code)
{
    const char *page = find_page(code->code);
    toc_buf out = {0};
    if (!page)
        toc_buf_printf(&out, "%s: %s\n", code->code, code->title);
    else if (isatty(STDOUT_FILENO) && !toc_options_has(a, "markdown"))
        strip(&out, page);
    else
        toc_buf_str(&out, page);
    fwrite(toc_buf_text(&out), 1, out.len, stdout);
    toc_buf_fini(&out);
    return toc_said_all(0);
}

// A word that is no code: the codes that it may mean. One is explained, several are listed.
static int search(const toc_arguments *a, const char *word)
{
    size_t count;
    toc_codes(&count);
    const toc_code **found = toc_alloc(count * sizeof *found);
    size_t hits = find_all(word, found);
    int code = 0;
    if (hits == 1) {
        code = explain(a, found[0]);
    } else if (hits == 0) {
        code = unknown(word);
    } else {
        for (size_t i = 0; i < hits; i++)
            printf("  %s  %-26s %s\n", found[i]->code, found[i]->slug, found[i]->title);
        printf("\n`tocsin explain %s` says more.\n", found[0]->code);
        code = toc_said_all(0);
    }
    free(found);
    return code;
}

static int run(const toc_arguments *a)
{
    toc_error e;
    if (a->argument_count == 0)
        return list();
    if (a->argument_count > 1) {
        toc_fail(&e, TOC_EUSAGE, "explain takes one code: tocsin explain E0214");
        return toc_report(&e);
    }
    const toc_code *code = find_code(a->arguments[0]);
    return code ? explain(a, code) : search(a, a->arguments[0]);
}
const toc_command toc_command_explain = {
    .name = "explain",
    .usage = "explain [CODE|WORD]",
    .summary = "one mistake, explained",
    .about =
        "Every mistake that `tocsin check` finds has a code. This says what it means, why it\n"
        "matters and how to mend it, with a wrong and a right example. Without a code it lists "
        "all;\nwith a word, those that have it in their name or title.\n",
    .examples = "  tocsin explain E0214\n  tocsin explain unknown-id\n  tocsin explain comma\n",
    .options = options,
    .run = run,
};
