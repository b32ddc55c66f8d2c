// SPDX-License-Identifier: MIT
//
// What check says of broken scenarios: of each in broken/ exactly what its --! lines name, and of the
// examples in scripts/errors exactly the code of their page. And that codes, pages, corpus and sources
// know the same codes.

#include <ctype.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/map.h"
#include "base/mem.h"
#include "check/check.h"
#include "check_main.h"
#include "script/codes.h"

typedef struct {
    char **at;
    size_t count, capacity;
} names;

// What is wrong, one line each: all of it is shown at once.
static toc_buf wrong;

static char *in_source(const char *path)
{
    const char *root = getenv("TOC_SOURCE_DIR");
    return toc_sprintf("%s/%s", root ? root : ".", path);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static names list_folder(const char *path)
{
    names n = {0};
    DIR *d = opendir(path);
    const struct dirent *entry;
    while (d && (entry = readdir(d))) {
        if (entry->d_name[0] == '.')
            continue;
        TOC_GROW(n.at, n.count, n.capacity);
        n.at[n.count++] = toc_strdup(entry->d_name);
    }
    if (d)
        closedir(d);
    if (n.count > 0)
        qsort(n.at, n.count, sizeof *n.at, by_name);
    return n;
}

static void free_names(names *n)
{
    for (size_t i = 0; i < n->count; i++)
        free(n->at[i]);
    free(n->at);
}

static bool ends_with(const char *text, const char *end)
{
    size_t len = strlen(text), end_len = strlen(end);
    return len >= end_len && strcmp(text + len - end_len, end) == 0;
}

static void slurp(toc_buf *out, const char *path)
{
    toc_error e;
    TOC_OK_OR_FAIL(toc_file_slurp(out, path, 1 << 20, &e), e);
}

typedef struct {
    toc_files *files;
    const char *dir; // NULL: there is none
} room;

static toc_err fetch(void *context, const char *path, toc_error *e)
{
    room *r = context;
    if (!r->dir)
        return toc_fail(e, TOC_EIO, "there is no file %s", path);
    return toc_files_read_one(r->files, r->dir, path, (size_t)1 << 20, e);
}

static void review(toc_review *out, room *r)
{
    toc_error e = {0};
    toc_err err = toc_check(out, r->files, &(toc_fetch){fetch, r}, &e);
    ck_assert_msg(err == TOC_OK, "%s", e.msg);
}

static void add_problem(toc_buf *out, const toc_problem *p)
{
    if (*p->file && strcmp(p->file, "scenario.lua") != 0)
        toc_buf_printf(out, "%s %s:%d:%d\n", p->code, p->file, p->line, p->column);
    else
        toc_buf_printf(out, "%s %d:%d\n", p->code, p->line, p->column);
}

// Check takes no message of more than a few kilobytes.
static void finish(void)
{
    ck_assert_msg(wrong.len == 0, "\n%.3500s", toc_buf_text(&wrong));
}

// ---- the corpus ------------------------------------------------------------------------------------

static void read_expected(toc_buf *out, const toc_files *files)
{
    const toc_file *f = toc_files_find(files, "scenario.lua");
    const char *p = f ? f->data : "";
    while (*p) {
        size_t len = strcspn(p, "\r\n");
        if (strncmp(p, "--! ", 4) == 0)
            toc_buf_printf(out, "%.*s\n", (int)len - 4, p + 4);
        p += len + strspn(p + len, "\r\n");
    }
}

static void check_broken(const char *name, room *r)
{
    toc_buf expected = {0}, got = {0};
    toc_review out;
    read_expected(&expected, r->files);
    review(&out, r);
    for (size_t i = 0; i < out.problems.count; i++)
        add_problem(&got, &out.problems.at[i]);
    if (expected.len == 0)
        toc_buf_printf(&wrong, "%s names no problem (--! E0214 12:8)\n", name);
    else if (strcmp(toc_buf_text(&expected), toc_buf_text(&got)) != 0)
        toc_buf_printf(&wrong, "%s expects\n%sbut gets\n%s", name, toc_buf_text(&expected),
                       got.len ? toc_buf_text(&got) : "nothing\n");
    for (size_t i = 0; i < out.problems.count; i++)
        if (!out.problems.at[i].text[0] || strchr(out.problems.at[i].text, '\n'))
            toc_buf_printf(&wrong, "%s: a text of %s is not one line\n", name,
                           out.problems.at[i].code);
    toc_review_fini(&out);
    toc_buf_fini(&expected);
    toc_buf_fini(&got);
}

// As a folder is read: without BOM, with plain ends of lines.
static void add_source(toc_files *files, const char *path, const toc_buf *text)
{
    toc_buf plain = {0};
    size_t i = text->len >= 3 && memcmp(text->data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    for (; i < text->len; i++)
        if (text->data[i] != '\r' || i + 1 == text->len || text->data[i + 1] != '\n')
            toc_buf_char(&plain, text->data[i]);
    toc_files_add(files, path, toc_buf_text(&plain), plain.len);
    toc_buf_fini(&plain);
}

START_TEST(each_broken_scenario_gives_just_what_it_names)
{
    char *folder = in_source("tests/scenario/broken");
    names n = list_folder(folder);
    size_t count = 0;
    ck_assert_uint_gt(n.count, 0);
    for (size_t i = 0; i < n.count; i++) {
        toc_error e = {0};
        struct stat st;
        char *path = toc_sprintf("%s/%s", folder, n.at[i]);
        room r = {toc_files_new(), NULL};
        if (strcmp(n.at[i], "prelude.lua") == 0 || stat(path, &st) != 0) {
        } else if (S_ISDIR(st.st_mode)) {
            r.dir = path;
            if (toc_files_read_folder(r.files, path, &e))
                toc_buf_printf(&wrong, "%s: %s\n", n.at[i], e.msg);
            else
                check_broken(n.at[i], &r);
            count++;
        } else if (ends_with(n.at[i], ".lua")) {
            toc_buf text = {0};
            slurp(&text, path);
            add_source(r.files, "scenario.lua", &text);
            toc_buf_fini(&text);
            check_broken(n.at[i], &r);
            count++;
        }
        toc_files_free(r.files);
        free(path);
    }
    free_names(&n);
    free(folder);
    if (count < 60)
        toc_buf_printf(&wrong, "there are only %zu of them\n", count);
    finish();
}
END_TEST

static bool names_code(const char *text, const char *code)
{
    for (const char *p = text; (p = strstr(p, code)); p++)
        if (p >= text + 4 && strncmp(p - 4, "--! ", 4) == 0)
            return true;
    return false;
}

// A scenario <slug>….lua that names the code: plans are the command's, and tested there.
START_TEST(each_code_has_a_broken_scenario)
{
    char *folder = in_source("tests/scenario/broken");
    names n = list_folder(folder);
    size_t count;
    const toc_code *codes = toc_codes(&count);
    for (size_t c = 0; c < count; c++) {
        bool is_there = strcmp(codes[c].slug, "bad-plan") == 0;
        for (size_t i = 0; i < n.count && !is_there; i++) {
            if (strncmp(n.at[i], codes[c].slug, strlen(codes[c].slug)) != 0)
                continue;
            toc_buf text = {0};
            char *path = toc_sprintf("%s/%s%s", folder, n.at[i],
                                     ends_with(n.at[i], ".lua") ? "" : "/scenario.lua");
            slurp(&text, path);
            is_there = names_code(toc_buf_text(&text), codes[c].code);
            toc_buf_fini(&text);
            free(path);
        }
        if (!is_there)
            toc_buf_printf(&wrong, "%s has no tests/scenario/broken/%s….lua\n", codes[c].code,
                           codes[c].slug);
    }
    free_names(&n);
    free(folder);
    finish();
}
END_TEST

// ---- the pages -------------------------------------------------------------------------------------

// The block of code below a heading; NULL if there is none.
static char *block_of(const char *page, const char *heading)
{
    const char *at = strstr(page, heading);
    const char *begin = at ? strstr(at, "\n```") : NULL;
    const char *end = begin ? strstr(begin + 1, "\n```\n") : NULL;
    if (!end)
        return NULL;
    begin += 1 + strcspn(begin + 1, "\n") + 1;
    return begin > end ? toc_strdup("") : toc_strndup(begin, (size_t)(end + 1 - begin));
}

// Either a fragment behind the prelude, or files that begin with their names.
static void add_block(toc_files *files, const char *block, const char *prelude)
{
    static const char mark[] = "-- file: ";
    toc_buf text = {0};
    if (strncmp(block, mark, strlen(mark)) != 0) {
        toc_buf_printf(&text, "%s\n%s", prelude, block);
        toc_files_add(files, "scenario.lua", text.data, text.len);
        toc_buf_fini(&text);
        return;
    }
    while (*block) {
        const char *name = block + strlen(mark);
        size_t len = strcspn(name, "\n");
        char *path = toc_strndup(name, len);
        block = name + len + (name[len] == '\n');
        toc_buf_clear(&text);
        while (*block && strncmp(block, mark, strlen(mark)) != 0) {
            len = strcspn(block, "\n");
            len += block[len] == '\n';
            toc_buf_add(&text, block, len);
            block += len;
        }
        toc_files_add(files, path, toc_buf_text(&text), text.len);
        free(path);
    }
    toc_buf_fini(&text);
}

static void check_block(const char *page, const char *heading, const char *code,
                        const char *prelude)
{
    char *block = block_of(page, heading);
    room r = {toc_files_new(), NULL};
    toc_review out;
    size_t others = 0;
    toc_buf got = {0};
    if (!block) {
        toc_buf_printf(&wrong, "%s.md has no \"%s\" with a block of code\n", code ? code : "",
                       heading);
        toc_files_free(r.files);
        return;
    }
    bool is_wrong = strcmp(heading, "\n## Wrong\n") == 0;
    add_block(r.files, block, prelude);
    review(&out, &r);
    for (size_t i = 0; i < out.problems.count; i++) {
        const toc_problem *p = &out.problems.at[i];
        others += !is_wrong || strcmp(p->code, code) != 0;
        toc_buf_printf(&got, "    %s:%d:%d %s %s\n", p->file, p->line, p->column, p->code, p->text);
    }
    if (others > 0 || (is_wrong && out.problems.count == 0))
        toc_buf_printf(&wrong, "%s.md, %s, gives\n%s", code, is_wrong ? "Wrong" : "Right",
                       got.len ? toc_buf_text(&got) : "    nothing\n");
    toc_buf_fini(&got);
    toc_review_fini(&out);
    toc_files_free(r.files);
    free(block);
}

START_TEST(each_page_gives_its_code_and_only_that)
{
    toc_buf prelude = {0};
    char *path = in_source("tests/scenario/broken/prelude.lua");
    size_t count;
    const toc_code *codes = toc_codes(&count);
    slurp(&prelude, path);
    free(path);
    for (size_t i = 0; i < count; i++) {
        char *name = toc_sprintf("scripts/errors/%s.md", codes[i].code);
        char *title = toc_sprintf("# %s: %s\n", codes[i].code, codes[i].title);
        path = in_source(name);
        toc_buf page = {0};
        toc_error e;
        if (toc_file_slurp(&page, path, 1 << 20, &e)) {
            toc_buf_printf(&wrong, "%s is not there\n", name);
        } else {
            const char *text = toc_buf_text(&page);
            if (strncmp(text, title, strlen(title)) != 0)
                toc_buf_printf(&wrong, "%s does not begin with \"%.*s\"\n", name,
                               (int)strlen(title) - 1, title);
            if (strcmp(codes[i].slug, "bad-plan") != 0) // by the command alone
                check_block(text, "\n## Wrong\n", codes[i].code, toc_buf_text(&prelude));
            check_block(text, "\n## Right\n", codes[i].code, toc_buf_text(&prelude));
        }
        toc_buf_fini(&page);
        free(path);
        free(title);
        free(name);
    }
    toc_buf_fini(&prelude);
    finish();
}
END_TEST

START_TEST(the_prelude_is_clean)
{
    toc_buf text = {0};
    char *path = in_source("tests/scenario/broken/prelude.lua");
    room r = {toc_files_new(), NULL};
    toc_review out;
    slurp(&text, path);
    toc_files_add(r.files, "scenario.lua", text.data, text.len);
    review(&out, &r);
    ck_assert_uint_eq(out.problems.count, 0);
    toc_review_fini(&out);
    toc_files_free(r.files);
    toc_buf_fini(&text);
    free(path);
}
END_TEST

// ---- codes and sources -----------------------------------------------------------------------------

static bool is_code(const char *p)
{
    return p[0] == '"' && (p[1] == 'E' || p[1] == 'W') && p[2] == '0' && isdigit(p[3]) &&
           isdigit(p[4]) && isdigit(p[5]) && p[6] == '"';
}

static void read_codes(toc_map *used, const char *folder, const char *name)
{
    char *path = toc_sprintf("%s/%s", folder, name);
    toc_buf text = {0};
    slurp(&text, path);
    for (const char *p = toc_buf_text(&text); (p = strchr(p, '"')); p++) {
        char code[6];
        if (!is_code(p))
            continue;
        toc_copy_text(code, sizeof code, p + 1);
        if (!toc_code_find(code))
            toc_buf_printf(&wrong, "%s uses %s, which is not in codes.c\n", name, code);
        toc_map_put(used, code, 1);
    }
    toc_buf_fini(&text);
    free(path);
}

START_TEST(codes_are_those_that_are_used)
{
    static const char *const folders[] = {"engine/script", "engine/check", "engine/app"};
    toc_map *used = toc_map_new();
    for (size_t k = 0; k < TOC_COUNT(folders); k++) {
        char *folder = in_source(folders[k]);
        names n = list_folder(folder);
        for (size_t i = 0; i < n.count; i++)
            if (ends_with(n.at[i], ".c") && strcmp(n.at[i], "codes.c") != 0)
                read_codes(used, folder, n.at[i]);
        free_names(&n);
        free(folder);
    }
    size_t count;
    const toc_code *codes = toc_codes(&count);
    for (size_t i = 0; i < count; i++) {
        int64_t found;
        if (!toc_map_get(used, codes[i].code, &found))
            toc_buf_printf(&wrong, "nothing uses %s\n", codes[i].code);
        if (i > 0 && strcmp(codes[i - 1].code, codes[i].code) >= 0)
            toc_buf_printf(&wrong, "%s is out of order\n", codes[i].code);
        for (size_t k = 0; k < i; k++)
            if (strcmp(codes[k].slug, codes[i].slug) == 0)
                toc_buf_printf(&wrong, "%s and %s have one slug\n", codes[k].code, codes[i].code);
    }
    toc_map_free(used);
    finish();
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, each_broken_scenario_gives_just_what_it_names);
    tcase_add_test(tcase, each_code_has_a_broken_scenario);
    tcase_add_test(tcase, each_page_gives_its_code_and_only_that);
    tcase_add_test(tcase, the_prelude_is_clean);
    tcase_add_test(tcase, codes_are_those_that_are_used);
}

TOC_CHECK_MAIN("broken", add_tests)
