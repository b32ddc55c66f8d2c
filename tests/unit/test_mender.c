// SPDX-License-Identifier: MIT
//
// Sources with mistakes in their writing: each is told at its place, what could be mended is read on,
// and nothing that stands in a file makes reading it crash, hang or point out of it.

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "check_main.h"
#include "script/scenario.h"
#include "seed.h"

#define BASE                                                                                       \
    "exercise \"x\" { title = \"X\", startex = \"2026-03-02 07:00Z\", length = \"1h\" } "          \
    "team \"ops\" { name = \"O\" }\n"

static toc_files *files;
static toc_problems problems;
static toc_buf told;

static void set_up(void)
{
    files = toc_files_new();
    toc_library_add(files);
}

static void tear_down(void)
{
    toc_files_free(files);
    toc_problems_fini(&problems);
    toc_buf_fini(&told);
}

static void load(void)
{
    toc_scenario *s = NULL;
    toc_error e;
    toc_problems_fini(&problems);
    toc_err err = toc_scenario_load(&s, files, NULL, 26, TOC_SCENARIO_MEMORY, &problems, &e);
    ck_assert((err == TOC_OK) == (problems.count == 0));
    toc_scenario_free(s);
}

// Line 2 and on, behind BASE.
static void load_text(const char *text)
{
    char *whole = toc_sprintf("%s%s", BASE, text);
    toc_files_add(files, "scenario.lua", whole, strlen(whole));
    free(whole);
    load();
}

// "E0102 2:5+1" a line.
static const char *summary(void)
{
    toc_buf_clear(&told);
    for (size_t i = 0; i < problems.count; i++)
        toc_buf_printf(&told, "%s %d:%d+%d\n", problems.at[i].code, problems.at[i].line,
                       problems.at[i].column, problems.at[i].width);
    return toc_buf_text(&told);
}

static char *source_path(const char *path)
{
    const char *root = getenv("TOC_SOURCE_DIR");
    return toc_sprintf("%s/%s", root ? root : ".", path);
}

START_TEST(a_mark_and_foreign_line_ends_are_no_mistakes)
{
    static const char text[] = "\xEF\xBB\xBF" BASE "party \"p\" {\r\n\tname = \"P\",\r\n}\r\n";
    toc_files_add(files, "scenario.lua", text, strlen(text));
    load();
    ck_assert_str_eq(summary(), "");
}
END_TEST

START_TEST(columns_count_characters_and_lines_count_as_editors_do)
{
    load_text("party \"p\" { name = \"Küste\" notes = \"x\" }\r\n"
              "party \"q\" { name = \"Ł\", notes = “a” }\r\n");
    ck_assert_str_eq(summary(), "E0102 2:26+1\nE0104 3:33+1\nE0104 3:35+1\n");
    ck_assert_str_eq(problems.at[0].fix, "\",");
    ck_assert_str_eq(problems.at[1].fix, "\"");
}
END_TEST

START_TEST(after_a_mended_mistake_those_of_declarations_are_told)
{
    load_text("inject \"I\" {\n  to = \"opps\"\n  title = \"t\",\n  text = \"x\", at = T+0:05,\n"
              "  channle = “phone”,\n}\n");
    ck_assert_str_eq(summary(), "E0214 3:8+6\n"
                                "E0102 3:13+1\n"
                                "E0110 5:20+6\n"
                                "E0201 6:3+7\n"
                                "E0104 6:13+1\n"
                                "E0104 6:19+1\n");
}
END_TEST

START_TEST(what_was_mended_by_guess_is_not_read)
{
    // The list took the } of its declaration: what that says now means nothing.
    load_text("inject \"I\" {\n  to = { \"ops\",\n  titel = \"t\", text = \"x\",\n}\nteam \"b\" { "
              "name = \"B\" }\n");
    ck_assert_str_eq(summary(), "E0103 3:8+1\n");
}
END_TEST

START_TEST(a_mistake_is_told_once)
{
    load_text("storyline \"s\" (function ()\n  wait 5m\n  wiat \"5m\"\n  wiat \"5m\"\nend)\n"
              "team \"b\" { name = wrong }\n");
    ck_assert_str_eq(summary(), "E0110 3:8+2\nE0115 4:3+4\nE0115 5:3+4\nE0109 7:19+5\n");
    load_text("local x = nowhere.at.all\nlocal y = x.z\n");
    ck_assert_str_eq(summary(), "E0115 2:11+7\n");
}
END_TEST

START_TEST(two_of_the_same_on_a_line_are_two)
{
    load_text("party \"p\" { name = “a“, notes = “b“ }\n");
    ck_assert_str_eq(summary(), "E0104 2:20+1\nE0104 2:22+1\nE0104 2:33+1\nE0104 2:35+1\n");
}
END_TEST

START_TEST(words_that_lua_takes_are_left_alone)
{
    load_text("local t = { [1] = 2, 'a'; \"b\", f = function (self, ...) return ... end, }\n"
              "function t.g(a) return -a // 2 ^ #t end\n"
              "function t:h() return self.f, self:f(1) end\n"
              "local s = [==[ “x” ]] ]==] .. 'it\\'s' -- “curly” != && 50%\n"
              "for i = #t, 1, -1 do if not (i ~= 3) then goto on else t[i] = i % 2 end ::on:: end\n"
              "for k, v in pairs(t) do local w <const> = k repeat local u = v until u or w end\n"
              "while false do break end do local z = 0x1F + 1e3 * 50 %\n 7 end\n"
              "if s then elseif t then else if t then end end return\n");
    ck_assert_str_eq(summary(), "");
}
END_TEST

START_TEST(bytes_that_are_no_text_are_named)
{
    static const struct {
        const char *bytes;
        size_t len;
        const char *words;
    } rows[] = {
        {"\xFF\xFEp\0a\0", 6, "UTF-16"},      {"\xFE\xFF\0p\0a", 6, "UTF-16"},
        {"p\0a\0r\0t\0y\0 \0", 12, "UTF-16"}, {"-- K\xFCste\n", 9, "Latin-1"},
        {"PK\3\4xxxx", 8, "office"},          {"{\\rtf1 x}", 9, "office"},
        {"\33Lua\x54", 5, "compiled Lua"},    {"local x = 1 -- \0\n", 17, "NUL"},
    };
    for (size_t i = 0; i < TOC_COUNT(rows); i++) {
        toc_files_add(files, "scenario.lua", rows[i].bytes, rows[i].len);
        load();
        ck_assert_str_eq(problems.at[0].code, "E0114");
        ck_assert_msg(strstr(problems.at[0].text, rows[i].words), "%s", problems.at[0].text);
        ck_assert_ptr_nonnull(problems.at[0].help);
    }
}
END_TEST

// ---- fixes -----------------------------------------------------------------------------------------

// The byte at a line and column of a text.
static size_t offset_of(const char *text, int line, int column)
{
    const char *p = text;
    for (int n = 1; n < line; n++)
        p += strcspn(p, "\n") + 1;
    for (int n = 1; n < column; n++)
        for (p++; ((unsigned char)*p & 0xC0) == 0x80; p++) {
        }
    return (size_t)(p - text);
}

// All fixes of the problems of scenario.lua, from the last to the first.
static size_t apply_fixes(char **text)
{
    size_t count = 0;
    for (size_t i = problems.count; i > 0; i--) {
        const toc_problem *p = &problems.at[i - 1];
        if (!p->fix || strncmp(p->code, "E01", 3) != 0 || strcmp(p->file, "scenario.lua") != 0)
            continue;
        size_t begin = offset_of(*text, p->line, p->column);
        size_t end = offset_of(*text, p->line, p->column + p->width);
        char *fixed = toc_sprintf("%.*s%s%s", (int)begin, *text, p->fix, *text + end);
        free(*text);
        *text = fixed;
        count++;
    }
    return count;
}

// What has a fix is gone once the fix is made, and nothing new of the writing comes up by it.
static void check_fixes(const char *name, const char *source)
{
    char *text = toc_strdup(source);
    toc_files_add(files, "scenario.lua", text, strlen(text));
    load();
    size_t before = 0;
    for (size_t i = 0; i < problems.count; i++)
        before += strncmp(problems.at[i].code, "E01", 3) == 0;
    size_t fixed = apply_fixes(&text);
    toc_files_add(files, "scenario.lua", text, strlen(text));
    load();
    size_t after = 0;
    for (size_t i = 0; i < problems.count; i++)
        after += strncmp(problems.at[i].code, "E01", 3) == 0;
    ck_assert_msg(after + fixed <= before, "%s: %zu problems, %zu fixed, %zu left:\n%s\n%s", name,
                  before, fixed, after, summary(), text);
    free(text);
}

START_TEST(fixes_mend_what_they_are_told_for)
{
    char *folder = source_path("tests/scenario/broken");
    DIR *d = opendir(folder);
    ck_assert_ptr_nonnull(d);
    size_t count = 0;
    for (const struct dirent *entry; (entry = readdir(d));) {
        toc_buf text = {0};
        toc_error e;
        size_t len = strlen(entry->d_name);
        char *path = toc_sprintf("%s/%s", folder, entry->d_name);
        if (len > 4 && strcmp(entry->d_name + len - 4, ".lua") == 0) {
            TOC_OK_OR_FAIL(toc_file_slurp(&text, path, 1 << 20, &e), e);
            check_fixes(entry->d_name, toc_buf_text(&text));
            count++;
        }
        toc_buf_fini(&text);
        free(path);
    }
    closedir(d);
    free(folder);
    ck_assert_uint_gt(count, 50);
}
END_TEST

// ---- one character -----------------------------------------------------------------------------------

static size_t count_characters(const char *line, size_t len)
{
    size_t count = 0;
    for (size_t i = 0; i < len; i++)
        count += ((unsigned char)line[i] & 0xC0) != 0x80;
    return count;
}

// Every problem is at a place that its file has: a line, and columns of that line or right behind it.
static void check_places(const char *what)
{
    for (size_t i = 0; i < problems.count; i++) {
        const toc_problem *p = &problems.at[i];
        const toc_file *f = toc_files_find(files, p->file);
        ck_assert_msg(*p->text && !strchr(p->text, '\n'), "%s: %s", what, p->code);
        if (!*p->file || (!f && p->line <= 1))
            continue;
        ck_assert_msg(f != NULL, "%s: %s in %s", what, p->code, p->file);
        const char *line = f->data;
        for (int n = 1; n < p->line; n++) {
            size_t len = strcspn(line, "\n");
            ck_assert_msg(line[len] == '\n', "%s: %s at %s:%d, behind its end", what, p->code,
                          p->file, p->line);
            line += len + 1;
        }
        size_t width = count_characters(line, strcspn(line, "\n"));
        ck_assert_msg(p->column == 0 || (size_t)p->column + (size_t)p->width <= width + 2,
                      "%s: %s at %s:%d:%d+%d, but the line has %zu characters", what, p->code,
                      p->file, p->line, p->column, p->width, width);
    }
}

static void mutate(toc_random *random, const toc_file *f)
{
    static const char *const kinds[] = {
        "\"", "'", ",", "{",        "}",    "(", ")",  "[",  "]",    "=",  "\n", " ", "-",
        "%",  "“", "”", "\xC2\xA0", "end ", "1", "[[", "]]", "--[[", "\\", ":",  "!", "\xFF"};
    const char *kind = kinds[toc_random_below(random, TOC_COUNT(kinds))];
    size_t at = (size_t)toc_random_below(random, f->size + 1);
    size_t len = strlen(kind);
    toc_buf text = {0};
    // Half of the time one of that kind is taken out, if there is one behind the place.
    const char *found = toc_random_below(random, 2) ? strstr(f->data + at, kind) : NULL;
    if (found)
        at = (size_t)(found - f->data);
    toc_buf_add(&text, f->data, at);
    if (!found)
        toc_buf_str(&text, kind);
    toc_buf_str(&text, f->data + at + (found ? len : 0));
    char *path = toc_strdup(f->path);
    char *what = toc_sprintf("%s, \"%s\" %s at byte %zu", path, kind, found ? "gone" : "added", at);
    char *before = toc_strdup(f->data);
    size_t size = f->size;
    clock_t start = clock();
    toc_files_add(files, path, text.data, text.len);
    load();
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    check_places(what);
    ck_assert_msg(seconds < 20, "%s: %.1f s", what, seconds);
    toc_files_add(files, path, before, size);
    free(before);
    free(what);
    free(path);
    toc_buf_fini(&text);
}

START_TEST(one_character_more_or_less_does_no_harm)
{
    static const char *const shipped[] = {"scenarios/silent-beams", "scenarios/cold-corridor",
                                          "scenarios/first-light"};
    toc_random random;
    toc_error e;
    seed_random(&random, "mutations");
    int rounds = getenv("TOC_LONG") ? 2000 : 25;
    size_t count = 0;
    for (size_t i = 0; i < TOC_COUNT(shipped); i++) {
        char *path = source_path(shipped[i]);
        toc_files_free(files);
        set_up();
        if (toc_files_read_folder(files, path, &e) == TOC_OK) {
            for (size_t k = 0; k < toc_files_count(files); k++) {
                const toc_file *f = toc_files_at(files, k);
                size_t len = strlen(f->path);
                if (strncmp(f->path, "tocsin/", 7) == 0 || strcmp(f->path + len - 4, ".lua") != 0)
                    continue;
                count++;
                for (int n = 0; n < rounds; n++)
                    mutate(&random, toc_files_at(files, k));
            }
        }
        free(path);
    }
    ck_assert_uint_ge(count, 7);
}
END_TEST

// Shapes that would take long if every mistake, name or word were looked for along all others.
START_TEST(large_broken_sources_are_read_at_once)
{
    static const char *const parts[] = {
        "(",  "{",    "“",  "é ",        "x = 1 ", "local a ", "a{} ", "\"a\"b ", "if a ", "1m ",
        "# ", "end ", "x ", "function ", "{ a b ", "INJ-01 ",  "//",   "[[ \n",   "\\ "};
    for (size_t i = 0; i < TOC_COUNT(parts); i++) {
        toc_buf text = {0};
        while (text.len < 200000)
            toc_buf_str(&text, parts[i]);
        clock_t start = clock();
        toc_files_add(files, "scenario.lua", text.data, text.len);
        load();
        double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        ck_assert_msg(seconds < 10, "\"%s\" again and again: %.1f s", parts[i], seconds);
        ck_assert_uint_gt(problems.count, 0);
        ck_assert_uint_le(problems.count, 500);
        toc_buf_fini(&text);
    }
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_checked_fixture(tcase, set_up, tear_down);
    tcase_add_test(tcase, a_mark_and_foreign_line_ends_are_no_mistakes);
    tcase_add_test(tcase, columns_count_characters_and_lines_count_as_editors_do);
    tcase_add_test(tcase, after_a_mended_mistake_those_of_declarations_are_told);
    tcase_add_test(tcase, what_was_mended_by_guess_is_not_read);
    tcase_add_test(tcase, a_mistake_is_told_once);
    tcase_add_test(tcase, two_of_the_same_on_a_line_are_two);
    tcase_add_test(tcase, words_that_lua_takes_are_left_alone);
    tcase_add_test(tcase, bytes_that_are_no_text_are_named);
    tcase_add_test(tcase, fixes_mend_what_they_are_told_for);
    tcase_add_test(tcase, one_character_more_or_less_does_no_harm);
    tcase_add_test(tcase, large_broken_sources_are_read_at_once);
}

TOC_CHECK_MAIN("mender", add_tests)
