// SPDX-License-Identifier: MIT
// Lines from a pipe: whole ones, too long ones, and what is no text.
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "check_main.h"
#include "keyboard.h"

typedef struct {
    toc_keyboard *keyboard;
    toc_buf said; // the lines, long ones as their length
    bool has_ended;
} typist;

static void on_line(void *context, const char *line)
{
    typist *t = context;
    if (!line) {
        t->has_ended = true;
        toc_keyboard_close(t->keyboard);
    } else if (strlen(line) > 100) {
        toc_buf_printf(&t->said, "%zu|", strlen(line));
    } else {
        toc_buf_printf(&t->said, "%s|", line);
    }
}

// What is typed comes from a file: nothing waits, and no part of it is where a read would end by chance.
static void type(typist *t, const char *text, size_t len)
{
    char name[] = "/tmp/keyboard-XXXXXX";
    int fd = mkstemp(name);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(unlink(name), 0);
    ck_assert(write(fd, text, len) == (ssize_t)len);
    ck_assert_int_eq(lseek(fd, 0, SEEK_SET), 0);
    uv_loop_t loop;
    ck_assert_int_eq(uv_loop_init(&loop), 0);
    *t = (typist){0};
    t->keyboard = toc_keyboard_open(&loop, fd, on_line, t);
    toc_keyboard_go(t->keyboard);
    uv_run(&loop, UV_RUN_DEFAULT);
    ck_assert(t->has_ended);
    ck_assert_int_eq(uv_loop_close(&loop), 0);
    close(fd);
}

START_TEST(the_tail_of_a_line_that_is_too_long_is_never_a_line)
{
    // At, around and far beyond the limit, which is a number of whole reads.
    static const size_t lengths[] = {65535, 65536, 65537, 70000, 200000};
    for (size_t i = 0; i < TOC_COUNT(lengths); i++) {
        toc_buf text = {0};
        for (size_t k = 0; k < lengths[i]; k++)
            toc_buf_char(&text, k % 7 == 6 ? ' ' : 'a');
        toc_buf_str(&text, "end now\r\nnext\n");
        typist t;
        type(&t, text.data, text.len);
        char *rest = strchr(toc_buf_text(&t.said), '|');
        ck_assert_int_ge(atoi(toc_buf_text(&t.said)), 65536);
        ck_assert_str_eq(rest, "|next|");
        toc_buf_fini(&t.said);
        toc_buf_fini(&text);
    }
}
END_TEST

START_TEST(a_nul_does_not_cut_a_line)
{
    static const char text[] = "end\0 not\nlast";
    typist t;
    type(&t, text, sizeof text - 1);
    ck_assert_str_eq(toc_buf_text(&t.said), "end\x01 not|last|");
    toc_buf_fini(&t.said);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, the_tail_of_a_line_that_is_too_long_is_never_a_line);
    tcase_add_test(tc, a_nul_does_not_cut_a_line);
}

TOC_CHECK_MAIN("keyboard", add_tests)
