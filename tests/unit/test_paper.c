// SPDX-License-Identifier: MIT
// A paper in its three forms: whatever people wrote stays text, links lead somewhere, and what is left out is said.

#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/text.h"
#include "check_main.h"
#include "replays/paper.h"
#include "replays/report.h"

static const char *const hostile[] = {
    "</script><script>alert(1)</script>",
    "\"quoted' & <b onmouseover=x>&lt;",
    "--> ]]> </svg></title></style></td></table>",
    "\xE2\x80\xAEright to left\xE2\x80\xAC",
    "=cmd|' /C calc'!A0",
    "\t+1",
    "-2+3",
    "@SUM(A1)",
    "**bold** _it_ `code` ~~gone~~ $x$ [a](javascript:b) ![c](d) <http://e> &amp; | cell",
    "# heading",
    "- item",
    "1. one",
    "    code",
    "> quote",
    "www.example.com https://example.com a@example.com",
    "\x01Lx\x02\x03 \x01T#e\x03y\x02 \x01",
    "back\\slash \\",
    "DEC-01",
    "a\xFF\xC0\x80z",
};

// A paper with that text wherever foreign text may stand.
static toc_paper *paper_with(const char *text)
{
    toc_buf words = {0};
    toc_paper *p = toc_paper_new(text, text);
    toc_paper_foreign(&words, text);
    toc_paper_cover(p, "Exercise", words.data);
    toc_paper_box(p, "Beware", words.data);
    toc_paper_section(p, text, text);
    toc_paper_heading(p, text, words.data);
    toc_paper_say(p, words.data);
    toc_paper_quote(p, words.data);
    toc_paper_item(p, words.data);
    toc_paper_fact(p, text, words.data);
    toc_paper_number(p, text, words.data);
    char *cell = toc_strdup(words.data);
    toc_buf_str(&words, " ");
    toc_paper_strong(&words, text);
    toc_paper_to(&words, text, text);
    toc_paper_tone(&words, TOC_TONE_LATE, text);
    toc_paper_line(&words, 7);
    toc_paper_figure(p, text, words.data, "<svg viewBox=\"0 0 1 1\"></svg>\n");
    toc_paper_details(p, words.data);
    toc_paper_table(p, "table", words.data, "What|Number>|Words");
    toc_paper_row(p, text);
    toc_paper_cell(p, cell);
    toc_paper_cell(p, words.data);
    toc_paper_details_end(p);
    toc_buf_fini(&words);
    free(cell);
    return p;
}

static char *html_of(const toc_paper *p)
{
    toc_buf out = {0};
    toc_paper_html(&out, p);
    return toc_buf_take(&out);
}

static char *markdown_of(const toc_paper *p)
{
    toc_buf out = {0};
    toc_paper_markdown(&out, p);
    return toc_buf_take(&out);
}

// How often signs stand in a text, but where `escape` stands before them.
static size_t count_signs(const char *text, const char *signs, char escape)
{
    size_t count = 0;
    for (const char *c = text; *c; c++) {
        if (escape && *c == escape && c[1])
            c++;
        else
            count += strchr(signs, *c) != NULL;
    }
    return count;
}

START_TEST(hostile_text_adds_no_markup_to_the_page)
{
    toc_paper *plain = paper_with("x"), *p = paper_with(hostile[_i]);
    char *want = html_of(plain), *html = html_of(p);
    ck_assert_uint_eq(count_signs(html, "<", 0), count_signs(want, "<", 0));
    ck_assert_uint_eq(count_signs(html, ">", 0), count_signs(want, ">", 0));
    ck_assert_uint_eq(count_signs(html, "\"", 0), count_signs(want, "\"", 0));
    ck_assert(toc_utf8_clean(html, strlen(html)));
    ck_assert_ptr_null(strstr(html, "\xE2\x80\xAE"));
    toc_paper_free(plain);
    toc_paper_free(p);
    free(want);
    free(html);
}
END_TEST

START_TEST(hostile_text_adds_no_markup_to_the_markdown)
{
    toc_paper *plain = paper_with("x"), *p = paper_with(hostile[_i]);
    char *want = markdown_of(plain), *markdown = markdown_of(p);
    ck_assert_uint_eq(count_signs(markdown, "*_`[]<>|~$&@", '\\'),
                      count_signs(want, "*_`[]<>|~$&@", '\\'));
    ck_assert_ptr_null(strstr(markdown, "https://"));
    ck_assert_ptr_null(strstr(markdown, "http://"));
    ck_assert_ptr_null(strstr(markdown, "www."));
    ck_assert_ptr_null(strstr(markdown, "\n    "));
    ck_assert(toc_utf8_clean(markdown, strlen(markdown)));
    // Lines begin as those of the plain one do: no list, heading or quote more.
    const char *a = want, *b = markdown;
    while (a && b) {
        ck_assert_int_eq(*a == '-' || *a == '#' || *a == '>', *b == '-' || *b == '#' || *b == '>');
        a = strchr(a, '\n');
        b = strchr(b, '\n');
        a += a != NULL;
        b += b != NULL;
    }
    ck_assert(!a && !b);
    toc_paper_free(plain);
    toc_paper_free(p);
    free(want);
    free(markdown);
}
END_TEST

static void keep_file(void *context, const char *name, const toc_buf *bytes)
{
    ck_assert_str_eq(name, "table");
    toc_buf_add(context, bytes->data, bytes->len);
}

START_TEST(no_cell_of_a_spreadsheet_is_a_formula)
{
    toc_paper *p = paper_with(hostile[_i]);
    toc_buf csv = {0}, cell = {0}, want = {0};
    toc_paper_csv(p, keep_file, &csv);
    ck_assert_int_eq(strncmp(csv.data, TOC_CSV_MARK, 3), 0);
    const char *at = csv.data + 3, *end = csv.data + csv.len;
    size_t cells = 0;
    toc_text_visible(&want, hostile[_i], strlen(hostile[_i]), true);
    for (bool is_last; at < end; cells++) {
        ck_assert_int_eq(*at, '"');
        ck_assert_ptr_null(strchr("=+-@\t", at[1]));
        ck_assert_int_eq(toc_csv_read(&cell, &at, end, ',', &is_last, NULL), TOC_OK);
        ck_assert_int_eq(is_last, cells % 4 == 3);
        if (cells == 5)
            ck_assert_str_eq(toc_buf_text(&cell), want.data); // as it was, the guard taken off
    }
    ck_assert_uint_eq(cells, 8); // a row of names, and a row
    toc_paper_free(p);
    toc_buf_fini(&csv);
    toc_buf_fini(&cell);
    toc_buf_fini(&want);
}
END_TEST

START_TEST(a_line_of_64_KiB_is_whole_on_the_page_and_cut_in_a_cell)
{
    char *text = toc_alloc(65537);
    memset(text, 'a', 65536);
    toc_paper *p = paper_with(text);
    char *html = html_of(p), *markdown = markdown_of(p);
    toc_buf csv = {0};
    toc_paper_csv(p, keep_file, &csv);
    ck_assert_ptr_nonnull(strstr(html, text));
    ck_assert_ptr_nonnull(strstr(markdown, text));
    ck_assert_uint_lt(csv.len, 3 * 32200 + 200);
    ck_assert_ptr_nonnull(strstr(csv.data, "cut here"));
    toc_paper_free(p);
    toc_buf_fini(&csv);
    free(html);
    free(markdown);
    free(text);
}
END_TEST

// Every href="#…" of a page has its id, and no id stands twice.
static void links_lead_somewhere(const char *html)
{
    toc_map *ids = toc_map_new();
    int64_t found;
    for (const char *at = html; (at = strstr(at, " id=\""));) {
        at += strlen(" id=\"");
        char *id = toc_strndup(at, strcspn(at, "\""));
        ck_assert_msg(!toc_map_get(ids, id, &found), "%s stands twice", id);
        toc_map_put(ids, id, 1);
        free(id);
    }
    for (const char *at = html; (at = strstr(at, "href=\"#"));) {
        at += strlen("href=\"#");
        char *id = toc_strndup(at, strcspn(at, "\""));
        ck_assert_msg(toc_map_get(ids, id, &found), "nothing is called %s", id);
        free(id);
    }
    toc_map_free(ids);
}

START_TEST(a_link_is_one_only_where_what_it_points_at_stands)
{
    toc_buf words = {0};
    toc_paper *p = toc_paper_new("Links", NULL);
    toc_paper_section(p, "one", "One");
    toc_paper_line(&words, 12);
    toc_buf_str(&words, ", ");
    toc_paper_line(&words, 13);
    toc_buf_str(&words, ", ");
    toc_paper_to(&words, "two & a half", "there");
    toc_buf_str(&words, ", ");
    toc_paper_to(&words, "nowhere", "lost");
    toc_paper_say(p, words.data);
    toc_paper_heading(p, "two & a half", "Two");
    toc_paper_heading(p, "two & a half", "Two again");
    toc_paper_table(p, NULL, NULL, "Line");
    toc_paper_row(p, "e12");
    toc_paper_cell(p, "here");
    char *html = html_of(p);
    links_lead_somewhere(html);
    ck_assert_ptr_nonnull(strstr(
        html,
        "<p><a href=\"#e12\">line 12</a>, line 13, <a href=\"#two___a_half\">there</a>, lost</p>"));
    toc_paper_free(p);
    toc_buf_fini(&words);
    free(html);
}
END_TEST

START_TEST(a_page_that_would_be_too_large_leaves_out_what_is_folded_and_says_so)
{
    toc_buf words = {0}, csv = {0};
    toc_paper *p = toc_paper_new("Large", NULL);
    toc_paper_section(p, "one", "One");
    toc_paper_line(&words, 9876);
    toc_buf_char(&words, ' ');
    toc_paper_line(&words, 9877);
    toc_paper_say(p, words.data);
    toc_paper_details(p, "All of it");
    toc_paper_table(p, "table", NULL, "Line>|What");
    for (int i = 1; i <= 20000; i++) {
        toc_buf_clear(&words);
        toc_buf_printf(&words, "e%d", i);
        toc_paper_row(p, i == 9877 ? NULL : words.data);
        toc_paper_cellf(p, "%d", i);
        toc_paper_cellf(p, "%0100d", i);
    }
    char *html = html_of(p);
    ck_assert_uint_le(strlen(html), 2000000);
    links_lead_somewhere(html);
    ck_assert_ptr_nonnull(strstr(html, "id=\"e9876\"")); // what is linked stays
    ck_assert_ptr_nonnull(strstr(html, "</a> line 9877</p>"));
    ck_assert_ptr_nonnull(
        strstr(html, " rows more were left out to keep this page small; they are in table.csv."));
    toc_paper_csv(p, keep_file, &csv);
    ck_assert_uint_eq(count_signs(csv.data, "\n", 0), 20001);
    toc_paper_free(p);
    toc_buf_fini(&words);
    toc_buf_fini(&csv);
    free(html);
}
END_TEST

START_TEST(a_paper_without_anything_is_a_whole_page)
{
    toc_paper *p = toc_paper_new("Nothing", NULL);
    char *html = html_of(p), *markdown = markdown_of(p);
    ck_assert_ptr_nonnull(strstr(html, "EXERCISE EXERCISE EXERCISE"));
    ck_assert_ptr_nonnull(strstr(html, "</header>\n</main>"));
    ck_assert_ptr_nonnull(strstr(markdown, "**EXERCISE EXERCISE EXERCISE**"));
    toc_paper_free(p);
    free(html);
    free(markdown);
}
END_TEST

// ---- improvement plans, read again ------------------------------------------------------------------------

static const char plan[] = TOC_CSV_MARK
    "\"Marking\",\"Id\",\"Exercise\",\"Requirement\",\"Objective\",\"Issue\",\"Corrective action\","
    "\"Responsible\",\"Due\",\"State\"\r\n"
    "\"EXERCISE\",\"A-1\",\"spring\",\"energy\",\"OBJ-1\",\"Nobody, \"\"at "
    "all\"\",\nknew\",\"Call\","
    "\"watch\",\"\",\"open\"\r\n"
    "\"EXERCISE\",\"A-2\",\"spring\",\"energy\",\"OBJ-1\",\"'=late\",\"\",\"watch\",\"\",\"\"\r\n"
    "\"EXERCISE\",\"A-3\",\"spring\",\"energy\",\"OBJ-1\",\"mended\",\"\",\"watch\",\"\","
    "\"Done\"\r\n";

START_TEST(what_is_not_done_is_carried_forward)
{
    toc_corrective *list;
    size_t count;
    toc_error e;
    TOC_OK_OR_FAIL(toc_corrective_read(&list, &count, plan, strlen(plan), &e), e);
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(list[0].id, "A-1");
    ck_assert_str_eq(list[0].from, "spring");
    ck_assert_str_eq(list[0].issue, "Nobody, \"at all\",\nknew");
    ck_assert_str_eq(list[0].owner, "watch");
    ck_assert_str_eq(list[1].issue, "=late");
    ck_assert_str_eq(list[1].state, "");
    toc_correctives_free(list, count);
}
END_TEST

START_TEST(a_plan_that_a_spreadsheet_saved_otherwise_is_read_too)
{
    static const char other[] =
        "State;ISSUE;Owner;Id\nopen;late;me;7\nclosed;gone;me;8\n;;;\nopen;short";
    toc_corrective *list;
    size_t count;
    toc_error e;
    TOC_OK_OR_FAIL(toc_corrective_read(&list, &count, other, strlen(other), &e), e);
    ck_assert_uint_eq(count, 2);
    ck_assert_str_eq(list[0].id, "7");
    ck_assert_str_eq(list[0].owner, "me");
    ck_assert_str_eq(list[1].issue, "short");
    ck_assert_str_eq(list[1].id, "");
    toc_correctives_free(list, count);
}
END_TEST

START_TEST(what_is_no_plan_is_refused_and_a_cut_one_does_no_harm)
{
    toc_corrective *list;
    size_t count;
    toc_error e;
    ck_assert_int_eq(toc_corrective_read(&list, &count, "a,b\n1,2\n", 8, &e), TOC_EFORMAT);
    ck_assert_ptr_nonnull(strstr(e.msg, "Issue"));
    ck_assert_int_eq(toc_corrective_read(&list, &count, "", 0, &e), TOC_EFORMAT);
    for (size_t len = 0; len <= strlen(plan); len++) {
        char *cut = toc_alloc(len + 1);
        memcpy(cut, plan, len);
        if (toc_corrective_read(&list, &count, cut, len, &e) == TOC_OK)
            toc_correctives_free(list, count);
        else
            ck_assert(e.msg[0] && !list && count == 0);
        free(cut);
    }
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_loop_test(tc, hostile_text_adds_no_markup_to_the_page, 0, (int)TOC_COUNT(hostile));
    tcase_add_loop_test(tc, hostile_text_adds_no_markup_to_the_markdown, 0,
                        (int)TOC_COUNT(hostile));
    tcase_add_loop_test(tc, no_cell_of_a_spreadsheet_is_a_formula, 0, (int)TOC_COUNT(hostile));
    tcase_add_test(tc, a_line_of_64_KiB_is_whole_on_the_page_and_cut_in_a_cell);
    tcase_add_test(tc, a_link_is_one_only_where_what_it_points_at_stands);
    tcase_add_test(tc, a_page_that_would_be_too_large_leaves_out_what_is_folded_and_says_so);
    tcase_add_test(tc, a_paper_without_anything_is_a_whole_page);
    tcase_add_test(tc, what_is_not_done_is_carried_forward);
    tcase_add_test(tc, a_plan_that_a_spreadsheet_saved_otherwise_is_read_too);
    tcase_add_test(tc, what_is_no_plan_is_refused_and_a_cut_one_does_no_harm);
}

TOC_CHECK_MAIN("paper", add_tests)
