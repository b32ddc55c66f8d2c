// SPDX-License-Identifier: MIT
// The page on the journal has every kind and every field, as the table of kinds has them. TOC_UPDATE_GOLDEN=1 writes it anew.

#include "check_main.h"

#include <stdlib.h>
#include <string.h>

#include "base/files.h"
#include "base/mem.h"
#include "kinds.h"

#define PAGE  "replays/README.md"
#define BEGIN "<!-- kinds: made from engine/record/kinds.c by tests/unit/test_kinds.c -->\n"
#define END   "<!-- end of kinds -->"

static const char *audience(toc_kind k)
{
    static const char *const names[] = {
        [TOC_SEE_CONTROL] = "control",
        [TOC_SEE_ALL] = "everybody",
        [TOC_SEE_SEAT] = "the seat's team",
        [TOC_SEE_TEAM] = "`team`",
        [TOC_SEE_ADDRESSED] = "`to`, and who sent it",
        [TOC_SEE_NOBODY] = "nobody",
    };
    return names[toc_kind_see(k)];
}

static bool stands_by_itself(const toc_field_rule *rule, toc_class class)
{
    bool is_frame = rule->field == TOC_F_BY || rule->field == TOC_F_WALL || rule->field == TOC_F_ID;
    return class != TOC_CLASS_INPUT || !is_frame;
}

static void add_fields(toc_buf *out, toc_kind k)
{
    size_t count, before = out->len;
    const toc_field_rule *rules = toc_kind_rules(k, &count);
    for (size_t i = 0; i < count; i++) {
        if (!stands_by_itself(&rules[i], toc_kind_class(k)))
            continue;
        toc_buf_str(out, out->len > before ? " " : "");
        toc_buf_printf(out, "`%s`%s", toc_field_name(rules[i].field),
                       rules[i].is_needed ? "" : "?");
    }
}

// What its audience is not shown, if it has one beside control.
static void add_hidden(toc_buf *out, toc_kind k)
{
    static const char *const whom[] = {
        [TOC_SHOW_OWN] = " (but its own team)",
        [TOC_SHOW_SENDER] = " (each its own name; the sender all)",
        [TOC_SHOW_SEEN] = " (but `because_seen`)",
        [TOC_SHOW_CONTROL] = "",
    };
    size_t count, before = out->len;
    const toc_field_rule *rules = toc_kind_rules(k, &count);
    if (toc_kind_see(k) == TOC_SEE_CONTROL || toc_kind_see(k) == TOC_SEE_NOBODY)
        return;
    for (size_t i = 0; i < count; i++) {
        if (rules[i].show == TOC_SHOW_ALL || rules[i].field == TOC_F_ID)
            continue;
        toc_buf_str(out, out->len > before ? " " : "");
        toc_buf_printf(out, "`%s`%s", toc_field_name(rules[i].field), whom[rules[i].show]);
    }
}

static void add_class(toc_buf *out, toc_class class, const char *title)
{
    toc_buf_printf(
        out, "\n| %s | its fields | who sees it | kept from them |\n| --- | --- | --- | --- |\n",
        title);
    for (toc_kind k = 0; k < TOC_K_COUNT; k++) {
        if (toc_kind_class(k) != class)
            continue;
        toc_buf_printf(out, "| `%s` | ", toc_kind_name(k));
        add_fields(out, k);
        toc_buf_printf(out, " | %s | ", audience(k));
        add_hidden(out, k);
        toc_buf_str(out, " |\n");
    }
}

static void add_types(toc_buf *out)
{
    static const struct {
        toc_type type;
        const char *words;
    } types[] = {
        {TOC_TYPE_STR, "a text"},
        {TOC_TYPE_INT, "a whole number, 0 or more"},
        {TOC_TYPE_BOOL, "`true`; left out where it is not"},
        {TOC_TYPE_REF, "a reference: the `seq` of an earlier line"},
        {TOC_TYPE_LIST, "a list of texts, not empty"},
        {TOC_TYPE_PAIRS, "a list of lists of two texts each, not empty"},
    };
    toc_buf_str(out, "\n| type | fields |\n| --- | --- |\n");
    for (size_t i = 0; i < TOC_COUNT(types); i++) {
        toc_buf_printf(out, "| %s |", types[i].words);
        for (toc_field f = 0; f < TOC_F_COUNT; f++)
            if (toc_field_type(f) == types[i].type)
                toc_buf_printf(out, " `%s`", toc_field_name(f));
        toc_buf_str(out, " |\n");
    }
}

START_TEST(the_page_on_the_journal_has_the_kinds_of_the_table)
{
    toc_buf page = {0}, kinds = {0}, next = {0};
    toc_error e = {0};
    char *path = toc_sprintf("%s/" PAGE, getenv("TOC_SOURCE_DIR"));
    TOC_OK_OR_FAIL(toc_file_slurp(&page, path, 1 << 20, &e), e);
    const char *begin = strstr(toc_buf_text(&page), BEGIN);
    ck_assert_msg(begin != NULL, PAGE " has no place for the kinds");
    begin += strlen(BEGIN);
    const char *end = strstr(begin, END);
    ck_assert_ptr_nonnull(end);
    add_class(&kinds, TOC_CLASS_INPUT, "input");
    add_class(&kinds, TOC_CLASS_DERIVED, "derived");
    add_class(&kinds, TOC_CLASS_RECORD, "record");
    add_types(&kinds);
    toc_buf_char(&kinds, '\n');
    bool is_same = (size_t)(end - begin) == kinds.len && memcmp(begin, kinds.data, kinds.len) == 0;
    if (!is_same && getenv("TOC_UPDATE_GOLDEN")) {
        FILE *out = fopen(path, "w");
        toc_buf_add(&next, page.data, (size_t)(begin - page.data));
        toc_buf_add(&next, kinds.data, kinds.len);
        toc_buf_str(&next, end);
        ck_assert_ptr_nonnull(out);
        ck_assert_uint_eq(fwrite(next.data, 1, next.len, out), next.len);
        ck_assert_int_eq(fclose(out), 0);
    } else {
        ck_assert_msg(is_same, "the kinds in " PAGE " are not those of the table");
    }
    toc_buf_fini(&page);
    toc_buf_fini(&kinds);
    toc_buf_fini(&next);
    free(path);
}
END_TEST

START_TEST(every_kind_and_field_is_found_by_its_name)
{
    for (toc_kind k = 0; k < TOC_K_COUNT; k++)
        ck_assert_int_eq(toc_kind_find(toc_kind_name(k)), k);
    for (toc_field f = 0; f < TOC_F_COUNT; f++)
        ck_assert_int_eq(toc_field_find(toc_field_name(f)), f);
}
END_TEST

static void add_tests(TCase *tcase)
{
    tcase_add_test(tcase, the_page_on_the_journal_has_the_kinds_of_the_table);
    tcase_add_test(tcase, every_kind_and_field_is_found_by_its_name);
}

TOC_CHECK_MAIN("kinds", add_tests)
