// SPDX-License-Identifier: MIT
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "check_main.h"
#include "record/chain.h"
#include "seed.h"

#define LINES_MAX 32

// A journal in memory, and where its lines are.
typedef struct {
    toc_buf data;
    size_t start[LINES_MAX + 1]; // of line i; of what follows the last one
    int64_t d[LINES_MAX];
    int lines;
    char hash[TOC_HASH_HEX + 1];
} chain;

static void add_line(chain *c, const char *body, int64_t d)
{
    toc_line_write(&c->data, body, strlen(body), d, c->hash);
    c->d[c->lines++] = d;
    c->start[c->lines] = c->data.len;
}

static void add_header(chain *c)
{
    memset(c, 0, sizeof *c);
    memset(c->hash, '0', TOC_HASH_HEX);
    add_line(c, "{\"format\":\"tocsin-journal\",\"version\":1", 0);
}

static void add_note(chain *c, int64_t d)
{
    char body[160];
    snprintf(body, sizeof body,
             "{\"seq\":%d,\"t\":%d,\"k\":\"note\",\"cause\":%d,\"text\":\"%.*s\"", c->lines,
             c->lines * 1000, c->lines, c->lines * 3 % 40,
             "a note whose length differs from the next one's");
    add_line(c, body, d);
}

// Batches of 1, 3, 2, 4, 1 and 2 lines, as an engine writes them: the last batch has no witness.
static void make_chain(chain *c)
{
    static const int batches[] = {1, 3, 2, 4, 1, 2};
    add_header(c);
    for (size_t b = 0; b < TOC_COUNT(batches); b++) {
        int64_t d = c->lines - 1;
        for (int i = 0; i < batches[b]; i++)
            add_note(c, d);
    }
}

static int line_at(const chain *c, size_t byte)
{
    int i = 0;
    while (c->start[i + 1] <= byte)
        i++;
    return i;
}

static bool has_witness(const chain *c, int line)
{
    for (int k = line + 1; k < c->lines; k++) {
        if (c->d[k] >= line)
            return true;
    }
    return false;
}

static toc_chain_report scan(const toc_buf *data)
{
    // A block of just its size, so that a sanitizer sees a byte read too many.
    char *exact = malloc(data->len ? data->len : 1);
    ck_assert_ptr_nonnull(exact);
    memcpy(exact, toc_buf_text(data), data->len);
    toc_chain_report r;
    toc_chain_scan(exact, data->len, &r, NULL, NULL);
    free(exact);
    return r;
}

static void copy_lines(toc_buf *to, const chain *c, int from, int before)
{
    toc_buf_add(to, c->data.data + c->start[from], c->start[before] - c->start[from]);
}

typedef struct {
    int64_t count;
    toc_buf bytes;
} seen;

static void on_line(void *context, int64_t seq, const toc_line *line)
{
    seen *s = context;
    ck_assert_int_eq(seq, s->count++);
    toc_buf_add(&s->bytes, line->bytes, line->len);
    toc_buf_char(&s->bytes, '\n');
}

START_TEST(a_line_is_a_body_and_a_trailer)
{
    char hash[TOC_HASH_HEX + 1];
    memset(hash, '0', sizeof hash - 1);
    hash[TOC_HASH_HEX] = '\0';
    toc_buf b = {0};
    toc_line_write(&b, "{\"a\":1", 6, 41, hash);
    // printf '%064d{"a":1,"d":41' 0 | sha256sum
    static const char want[] = "889fcde8d190a3bd686ab23a20f4e9cb8e89e73e2e463534772d54864f2fbfc3";
    ck_assert_str_eq(hash, want);
    toc_buf line = {0};
    toc_buf_printf(&line, "{\"a\":1,\"d\":41,\"hash\":\"%s\"}\n", want);
    ck_assert_str_eq(b.data, line.data);
    toc_line split;
    ck_assert(toc_line_split(&split, b.data, b.len - 1));
    ck_assert_uint_eq(split.body_len, 6);
    ck_assert_int_eq(split.d, 41);
    ck_assert_mem_eq(split.hash, want, TOC_HASH_HEX);
    ck_assert(!toc_line_split(&split, b.data, b.len));
    toc_buf_fini(&b);
    toc_buf_fini(&line);
}
END_TEST

START_TEST(a_trailer_has_one_form_only)
{
    static const char hex[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    static const struct {
        const char *before, *after;
        int digits;
        bool good;
    } forms[] = {
        {"{\"a\":1,\"d\":0,\"hash\":\"", "\"}", 64, true},
        {"{\"a\":1,\"d\":9007199254740991,\"hash\":\"", "\"}", 64, true},
        {"{\"a\":1,\"d\":9007199254740992,\"hash\":\"", "\"}", 64, false},
        {"{\"a\":1,\"d\":10000000000000000,\"hash\":\"", "\"}", 64, false},
        {"{\"a\":1,\"d\":00,\"hash\":\"", "\"}", 64, false},
        {"{\"a\":1,\"d\":01,\"hash\":\"", "\"}", 64, false},
        {"{\"a\":1,\"d\":-1,\"hash\":\"", "\"}", 64, false},
        {"{\"a\":1,\"d\":,\"hash\":\"", "\"}", 64, false},
        {"{\"a\":1,\"d\": 1,\"hash\":\"", "\"}", 64, false},
        {"{\"a\":1,\"e\":1,\"hash\":\"", "\"}", 64, false},
        {"{\"a\":1\"d\":1,\"hash\":\"", "\"}", 64, false},
        {"{\"a\":1,\"d\":1,\"hash\":\"", "\"}", 63, false},
        {"{\"a\":1,\"d\":1,\"hash\":\"0", "\"}", 64, false},
        {"{\"a\":1,\"d\":1,\"hash\":\"", "\"} ", 64, false},
        {"{\"a\":1,\"d\":1,\"hash\":\"", "\"", 64, false},
        {"{\"a\":1,\"d\":1,\"hash\": \"", "\"}", 64, false},
        {"{\"a\":1,\"d\":1,\"hash\":\"A", "\"}", 63, false},
        {",\"d\":1,\"hash\":\"", "\"}", 64, true},
        {"\"d\":1,\"hash\":\"", "\"}", 64, false},
        {"1,\"hash\":\"", "\"}", 64, false},
    };
    for (size_t i = 0; i < TOC_COUNT(forms); i++) {
        toc_line line;
        toc_buf b = {0};
        toc_buf_printf(&b, "%s%.*s%s", forms[i].before, forms[i].digits, hex, forms[i].after);
        char *exact = malloc(b.len);
        ck_assert_ptr_nonnull(exact);
        memcpy(exact, b.data, b.len);
        ck_assert_msg(toc_line_split(&line, exact, b.len) == forms[i].good, "%s", b.data);
        for (size_t len = 0; forms[i].good && len < b.len; len++)
            ck_assert(!toc_line_split(&line, exact, len));
        free(exact);
        toc_buf_fini(&b);
    }
}
END_TEST

START_TEST(a_whole_journal_is_whole_and_read_in_order)
{
    chain c;
    make_chain(&c);
    seen s = {0};
    toc_chain_report r;
    toc_chain_scan(c.data.data, c.data.len, &r, on_line, &s);
    ck_assert_int_eq(r.state, TOC_CHAIN_WHOLE);
    ck_assert_int_eq(r.lines, c.lines);
    ck_assert_int_eq(s.count, c.lines);
    ck_assert_str_eq(s.bytes.data, c.data.data);
    ck_assert_int_eq(r.good_bytes, (int64_t)c.data.len);
    ck_assert_int_eq(r.bad_line, 0);
    ck_assert_int_eq(r.durable, c.d[c.lines - 1]);
    ck_assert_str_eq(r.hash, c.hash);
    ck_assert_str_eq(r.why, "");
    toc_buf_fini(&s.bytes);
    toc_buf_fini(&c.data);
}
END_TEST

// A changed byte can make a line that nobody vouches for vouch for itself: a d that a line cannot
// have. That is refused as damage, for no power loss writes it.
static bool may_vouch_for_itself(const chain *c, int line, size_t byte)
{
    toc_line split;
    const char *bytes = c->data.data + c->start[line];
    if (!toc_line_split(&split, bytes, c->start[line + 1] - c->start[line] - 1))
        return false;
    size_t at = byte - c->start[line];
    return at >= split.body_len && at < (size_t)(split.hash - split.bytes);
}

START_TEST(every_changed_byte_is_found_and_its_line_named)
{
    chain c;
    make_chain(&c);
    int damaged = 0;
    int torn = 0;
    const int step = getenv("TOC_LONG") ? 1 : 23;
    for (size_t i = 0; i < c.data.len; i++) {
        int line = line_at(&c, i);
        char was = c.data.data[i];
        for (int n = 0; n < 256; n += step) {
            // Zero and a newline are always among the changes.
            int change = n == step ? '\n' : n;
            if ((char)change == was)
                continue;
            c.data.data[i] = (char)change;
            toc_chain_report r;
            toc_chain_scan(c.data.data, c.data.len, &r, NULL, NULL);
            ck_assert_msg(r.state != TOC_CHAIN_WHOLE, "byte %zu as %d is not found", i, change);
            ck_assert_int_eq(r.bad_line, line + 1);
            ck_assert_int_eq(r.lines, line);
            ck_assert_int_eq(r.good_bytes, (int64_t)c.start[line]);
            ck_assert_str_ne(r.why, "");
            if (has_witness(&c, line))
                ck_assert_msg(r.state == TOC_CHAIN_DAMAGED, "byte %zu as %d is lost", i, change);
            else if (r.state == TOC_CHAIN_DAMAGED)
                ck_assert(may_vouch_for_itself(&c, line, i));
            damaged += r.state == TOC_CHAIN_DAMAGED;
            torn += r.state == TOC_CHAIN_TORN;
        }
        c.data.data[i] = was;
    }
    printf("changed bytes: %d damage, %d torn\n", damaged, torn);
    toc_buf_fini(&c.data);
}
END_TEST

START_TEST(a_missing_line_is_found_where_it_is_missing)
{
    chain c;
    make_chain(&c);
    for (int i = 0; i < c.lines - 1; i++) {
        toc_buf b = {0};
        copy_lines(&b, &c, 0, i);
        copy_lines(&b, &c, i + 1, c.lines);
        toc_chain_report r = scan(&b);
        ck_assert_int_eq(r.bad_line, i + 1);
        ck_assert_int_eq(r.state, has_witness(&c, i) ? TOC_CHAIN_DAMAGED : TOC_CHAIN_TORN);
        if (i > 0)
            ck_assert_ptr_nonnull(strstr(r.why, "missing"));
        toc_buf_fini(&b);
    }
    toc_buf_fini(&c.data);
}
END_TEST

START_TEST(swapped_and_repeated_lines_are_found)
{
    chain c;
    make_chain(&c);
    for (int i = 0; i < c.lines; i++) {
        toc_buf b = {0};
        copy_lines(&b, &c, 0, i + 1);
        copy_lines(&b, &c, i, c.lines);
        toc_chain_report r = scan(&b);
        ck_assert_int_eq(r.bad_line, i + 2);
        ck_assert_int_eq(r.lines, i + 1);
        ck_assert_int_eq(r.state, has_witness(&c, i + 1) ? TOC_CHAIN_DAMAGED : TOC_CHAIN_TORN);
        toc_buf_clear(&b);
        for (int k = i + 1; k < c.lines; k++) {
            toc_buf_clear(&b);
            copy_lines(&b, &c, 0, i);
            copy_lines(&b, &c, k, k + 1);
            copy_lines(&b, &c, i + 1, k);
            copy_lines(&b, &c, i, i + 1);
            copy_lines(&b, &c, k + 1, c.lines);
            r = scan(&b);
            ck_assert_int_eq(r.bad_line, i + 1);
            ck_assert_int_ne(r.state, TOC_CHAIN_WHOLE);
        }
        toc_buf_fini(&b);
    }
    toc_buf_fini(&c.data);
}
END_TEST

START_TEST(a_journal_cut_at_any_byte_is_torn_and_keeps_every_whole_line)
{
    chain c;
    make_chain(&c);
    for (size_t len = 0; len < c.data.len; len++) {
        toc_buf b = {0};
        toc_buf_add(&b, c.data.data, len);
        toc_chain_report r = scan(&b);
        int whole = len == 0 ? 0 : line_at(&c, len);
        bool between = len > 0 && c.start[whole] == len;
        ck_assert_int_eq(r.state, between ? TOC_CHAIN_WHOLE : TOC_CHAIN_TORN);
        ck_assert_int_eq(r.lines, whole);
        ck_assert_int_eq(r.good_bytes, (int64_t)c.start[whole]);
        ck_assert_int_eq(r.bad_line, between ? 0 : whole + 1);
        toc_buf_fini(&b);
    }
    toc_buf_fini(&c.data);
}
END_TEST

// Bytes where the journal should end: what a witness may be made of, and what not.
START_TEST(garbage_behind_the_last_line_is_torn)
{
    toc_random r;
    seed_random(&r, "garbage tails");
    chain c;
    make_chain(&c);
    for (int i = 0; i < 3000; i++) {
        toc_buf b = {0};
        copy_lines(&b, &c, 0, c.lines);
        for (uint64_t n = 1 + toc_random_below(&r, 3000); n > 0; n--) {
            uint64_t kind = toc_random_below(&r, 8);
            toc_buf_char(&b, kind == 0 ? '\n' : kind == 1 ? '\0' : (char)toc_random_below(&r, 256));
        }
        toc_chain_report report = scan(&b);
        ck_assert_int_eq(report.state, TOC_CHAIN_TORN);
        ck_assert_int_eq(report.lines, c.lines);
        ck_assert_int_eq(report.bad_line, c.lines + 1);
        toc_buf_fini(&b);
    }
    toc_buf_fini(&c.data);
}
END_TEST

START_TEST(zeros_in_the_last_batch_are_torn_though_its_later_lines_are_whole)
{
    chain c;
    make_chain(&c);
    int first = c.lines - 2; // of the last batch
    for (size_t i = c.start[first]; i < c.start[first + 1]; i++) {
        toc_buf b = {0};
        copy_lines(&b, &c, 0, c.lines);
        memset(b.data + i, 0, c.start[first + 1] - i);
        toc_chain_report r = scan(&b);
        ck_assert_int_eq(r.state, TOC_CHAIN_TORN);
        ck_assert_int_eq(r.lines, first);
        ck_assert_ptr_nonnull(strstr(r.why, "zero bytes"));
        toc_buf_fini(&b);
    }
    toc_buf_fini(&c.data);
}
END_TEST

START_TEST(a_witness_far_behind_garbage_is_found)
{
    chain c;
    make_chain(&c);
    toc_buf b = {0};
    copy_lines(&b, &c, 0, 3);
    size_t torn = b.len;
    for (int i = 0; i < 2 * TOC_LINE_MAX; i++)
        toc_buf_char(&b, i % 3 ? '\0' : 'x');
    ck_assert_int_eq(scan(&b).state, TOC_CHAIN_TORN);
    // Line 5's d is below 3, line 6's is not; the garbage has no newline of its own.
    toc_buf_char(&b, '\n');
    copy_lines(&b, &c, 2, 5);
    ck_assert_int_eq(scan(&b).state, TOC_CHAIN_TORN);
    ck_assert_int_eq(scan(&b).good_bytes, (int64_t)torn);
    copy_lines(&b, &c, 5, 6);
    toc_chain_report r = scan(&b);
    ck_assert_int_eq(r.state, TOC_CHAIN_DAMAGED);
    ck_assert_int_eq(r.bad_line, 4);
    ck_assert_int_eq(r.witness, 8);
    // The witness's own newline is not needed.
    b.len--;
    ck_assert_int_eq(scan(&b).state, TOC_CHAIN_DAMAGED);
    toc_buf_fini(&b);
    toc_buf_fini(&c.data);
}
END_TEST

START_TEST(a_line_that_the_next_ran_into_is_damage)
{
    chain c;
    add_header(&c);
    add_note(&c, 0);
    add_note(&c, 1);
    c.data.data[c.start[2] - 1] = ' ';
    toc_chain_report r = scan(&c.data);
    ck_assert_int_eq(r.state, TOC_CHAIN_DAMAGED);
    ck_assert_int_eq(r.bad_line, 2);
    ck_assert_int_eq(r.witness, 2);
    toc_buf_fini(&c.data);
}
END_TEST

// Line seq with a text that puts the first digit of its d at byte at of the file.
static void add_note_to(chain *c, int64_t d, size_t at)
{
    toc_buf body = {0};
    toc_buf_printf(&body, "{\"seq\":%d,\"t\":0,\"k\":\"note\",\"cause\":1,\"text\":\"", c->lines);
    while (c->data.len + body.len + strlen("\",\"d\":") < at)
        toc_buf_char(&body, 'x');
    toc_buf_char(&body, '"');
    add_line(c, body.data, d);
    toc_buf_fini(&body);
}

// Two lives of one file: lines 10 to 12 came through the first power loss (they say d 9), what was
// behind them was cut off, and the second life wrote d 12 there before it lost power as well.
static void make_life(chain *c, int64_t d, size_t digits_at)
{
    add_header(c);
    for (int i = 1; i <= 9; i++)
        add_note(c, 0);
    for (int i = 10; i <= 12; i++)
        add_note(c, 9);
    add_note_to(c, d, digits_at);
    add_note(c, d);
}

START_TEST(a_d_made_of_two_sectors_of_two_lives_is_no_witness)
{
    const size_t border = 2560;
    int glued = 0;
    for (size_t old_at = border - 4; old_at <= border + 4; old_at++) {
        for (size_t new_at = border - 4; new_at <= border + 4; new_at++) {
            for (int order = 0; order < 2; order++) {
                chain before;
                chain after;
                make_life(&before, order ? 12 : 9, old_at);
                make_life(&after, order ? 9 : 12, new_at);
                ck_assert_uint_lt(after.start[13], border - 100);
                toc_buf b = {0};
                toc_buf_add(&b, before.data.data, border);
                toc_buf_add(&b, after.data.data + border, after.data.len - border);
                toc_line line;
                const char *end = strchr(b.data + after.start[13], '\n');
                size_t len = (size_t)(end - (b.data + after.start[13]));
                glued += toc_line_split(&line, b.data + after.start[13], len) && line.d > 12;
                toc_chain_report r = scan(&b);
                if (old_at != new_at)
                    ck_assert_int_ne(r.state, TOC_CHAIN_WHOLE);
                ck_assert_int_ne(r.state, TOC_CHAIN_DAMAGED);
                ck_assert_int_ge(r.lines, 13);
                toc_buf_fini(&b);
                toc_buf_fini(&before.data);
                toc_buf_fini(&after.data);
            }
        }
    }
    ck_assert_int_gt(glued, 0); // or nothing was tried
}
END_TEST

START_TEST(a_witness_across_sectors_counts_if_its_hash_is_right)
{
    for (size_t at = 1023; at <= 1024; at++) {
        for (int intact = 0; intact < 2; intact++) {
            chain c;
            add_header(&c);
            for (int i = 1; i <= 3; i++)
                add_note(&c, 0);
            c.lines = 21; // as if there were more before
            add_note_to(&c, 20, at);
            toc_buf b = {0};
            toc_buf_add(&b, c.data.data, c.data.len);
            // Line 4 is changed in its body, or in the hash that the witness goes on from.
            char *text = b.data + c.start[3];
            text[intact ? 12 : (size_t)(c.start[4] - c.start[3]) - 10] ^= 1;
            toc_chain_report r = scan(&b);
            ck_assert_int_eq(r.bad_line, 4);
            ck_assert_int_eq(r.state, at == 1023 && !intact ? TOC_CHAIN_TORN : TOC_CHAIN_DAMAGED);
            toc_buf_fini(&b);
            toc_buf_fini(&c.data);
        }
    }
}
END_TEST

START_TEST(without_a_header_nothing_was_recorded_unless_a_line_follows)
{
    chain c;
    make_chain(&c);
    toc_buf b = {0};
    toc_chain_report r = scan(&b);
    ck_assert_int_eq(r.state, TOC_CHAIN_TORN);
    ck_assert_int_eq(r.lines, 0);
    ck_assert_int_eq(r.bad_line, 1);
    ck_assert_str_eq(r.why, "the file is empty");
    toc_buf_str(&b, "root:x:0:0\nbin:x:1:1\n");
    r = scan(&b);
    ck_assert_int_eq(r.state, TOC_CHAIN_TORN);
    ck_assert_int_eq(r.lines, 0);
    toc_buf_clear(&b);
    copy_lines(&b, &c, 0, 1);
    b.data[b.len / 3] = '\0'; // its own trailer says d 0, which proves nothing
    r = scan(&b);
    ck_assert_int_eq(r.state, TOC_CHAIN_TORN);
    copy_lines(&b, &c, 1, 2);
    r = scan(&b);
    ck_assert_int_eq(r.state, TOC_CHAIN_DAMAGED);
    ck_assert_int_eq(r.bad_line, 1);
    ck_assert_int_eq(r.witness, 2);
    toc_buf_fini(&b);
    toc_buf_fini(&c.data);
}
END_TEST

START_TEST(a_file_that_a_program_converted_is_told_from_one_that_was_changed)
{
    static const char *const marks[] = {"\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF", ""};
    chain c;
    make_chain(&c);
    for (size_t i = 0; i < TOC_COUNT(marks); i++) {
        toc_buf b = {0};
        toc_buf_str(&b, marks[i]);
        for (size_t at = 0; at < c.data.len; at++) {
            if (c.data.data[at] == '\n')
                toc_buf_char(&b, '\r');
            toc_buf_char(&b, c.data.data[at]);
        }
        toc_chain_report r = scan(&b);
        ck_assert_int_eq(r.lines, 0);
        ck_assert_int_eq(r.bad_line, 1);
        ck_assert_msg(strstr(r.why, "converted"), "%s", r.why);
        toc_buf_fini(&b);
    }
    toc_buf_fini(&c.data);
}
END_TEST

START_TEST(a_d_that_cannot_be_is_refused_even_with_a_right_hash)
{
    static const int64_t bad[] = {0, 1, 3, 4, 100};
    for (size_t i = 0; i < TOC_COUNT(bad); i++) {
        chain c;
        add_header(&c);
        add_note(&c, 0);
        add_note(&c, 1);
        add_note(&c, bad[i]);
        toc_chain_report r = scan(&c.data);
        if (bad[i] == 1) {
            ck_assert_int_eq(r.state, TOC_CHAIN_WHOLE);
        } else {
            ck_assert_int_ne(r.state, TOC_CHAIN_WHOLE);
            ck_assert_int_eq(r.bad_line, 4);
            ck_assert_ptr_nonnull(strstr(r.why, "durable"));
        }
        toc_buf_fini(&c.data);
    }
}
END_TEST

START_TEST(a_line_may_have_one_mebibyte_and_no_more)
{
    for (size_t over = 0; over < 2; over++) {
        chain c;
        add_header(&c);
        toc_buf body = {0};
        toc_buf_str(&body, "{\"seq\":1,\"text\":\"");
        size_t trailer = strlen(",\"d\":0,\"hash\":\"") + TOC_HASH_HEX + strlen("\"}\n");
        while (body.len < TOC_LINE_MAX - trailer - 1 + over)
            toc_buf_char(&body, 'x');
        toc_buf_char(&body, '"');
        add_line(&c, body.data, 0);
        ck_assert_uint_eq(c.start[2] - c.start[1], TOC_LINE_MAX + over);
        toc_chain_report r = scan(&c.data);
        ck_assert_int_eq(r.state, over ? TOC_CHAIN_TORN : TOC_CHAIN_WHOLE);
        ck_assert_int_eq(r.lines, over ? 1 : 2);
        toc_buf_fini(&body);
        toc_buf_fini(&c.data);
    }
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, a_line_is_a_body_and_a_trailer);
    tcase_add_test(tc, a_trailer_has_one_form_only);
    tcase_add_test(tc, a_whole_journal_is_whole_and_read_in_order);
    tcase_add_test(tc, every_changed_byte_is_found_and_its_line_named);
    tcase_add_test(tc, a_missing_line_is_found_where_it_is_missing);
    tcase_add_test(tc, swapped_and_repeated_lines_are_found);
    tcase_add_test(tc, a_journal_cut_at_any_byte_is_torn_and_keeps_every_whole_line);
    tcase_add_test(tc, garbage_behind_the_last_line_is_torn);
    tcase_add_test(tc, zeros_in_the_last_batch_are_torn_though_its_later_lines_are_whole);
    tcase_add_test(tc, a_witness_far_behind_garbage_is_found);
    tcase_add_test(tc, a_line_that_the_next_ran_into_is_damage);
    tcase_add_test(tc, a_d_made_of_two_sectors_of_two_lives_is_no_witness);
    tcase_add_test(tc, a_witness_across_sectors_counts_if_its_hash_is_right);
    tcase_add_test(tc, without_a_header_nothing_was_recorded_unless_a_line_follows);
    tcase_add_test(tc, a_file_that_a_program_converted_is_told_from_one_that_was_changed);
    tcase_add_test(tc, a_d_that_cannot_be_is_refused_even_with_a_right_hash);
    tcase_add_test(tc, a_line_may_have_one_mebibyte_and_no_more);
}

TOC_CHECK_MAIN("chain", add_tests)
