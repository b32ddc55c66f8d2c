// SPDX-License-Identifier: MIT
#include "base/error.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

static void fill(toc_error *e, toc_err code, int sys, const char *format, va_list args)
    TOC_PRINTF(4, 0);
static void cut_to_whole_characters(char *msg);

toc_err toc_fail(toc_error *e, toc_err code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (e)
        fill(e, code, 0, format, args);
    va_end(args);
    return code;
}

toc_err toc_fail_sys(toc_error *e, int sys, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (e) {
        fill(e, TOC_EIO, sys, format, args);
        // A path too long for msg must not push out why it failed: the reason takes the last bytes.
        char why[128] = "";
        char reason[96] = "";
        if (strerror_r(sys, reason, sizeof reason) != 0)
            snprintf(reason, sizeof reason, "error %d", sys);
        int why_len = snprintf(why, sizeof why, ": %s", reason);
        size_t at = strlen(e->msg);
        size_t most = sizeof e->msg - 1 - (size_t)why_len;
        if (at > most) {
            e->msg[most] = '\0';
            cut_to_whole_characters(e->msg);
            at = strlen(e->msg);
        }
        memcpy(e->msg + at, why, (size_t)why_len + 1);
    }
    va_end(args);
    return TOC_EIO;
}

int toc_error_exit(toc_err code)
{
    switch (code) {
    case TOC_OK:
        return 0;
    case TOC_EUSAGE:
        return 2;
    case TOC_ESCENARIO:
    case TOC_EREFUSED:
    case TOC_ELIMIT:
    case TOC_EFORMAT:
    case TOC_EDIVERGED:
        return 1;
    case TOC_EIO:
        return 3;
    case TOC_ENET:
        return 4;
    case TOC_EDAMAGED:
        return 5;
    case TOC_EINTERNAL:
        break;
    }
    return 70;
}

static void fill(toc_error *e, toc_err code, int sys, const char *format, va_list args)
{
    // The arguments may point into e->msg itself: a caller often wraps the message it was given.
    char msg[sizeof e->msg];
    int n = vsnprintf(msg, sizeof msg, format, args);
    if (n < 0 || msg[0] == '\0')
        snprintf(msg, sizeof msg, "failed without a message");
    if (n >= (int)sizeof msg)
        cut_to_whole_characters(msg);
    // One line, whatever was put into it.
    for (char *c = msg; *c; c++) {
        if ((unsigned char)*c < 0x20 || *c == 0x7F)
            *c = ' ';
    }
    e->code = code;
    e->sys = sys;
    memcpy(e->msg, msg, sizeof msg);
}

// Takes off the bytes of a last UTF-8 character that was cut in the middle.
static void cut_to_whole_characters(char *msg)
{
    size_t len = strlen(msg);
    size_t lead = len;
    while (lead > 0 && len - lead < 4 && ((unsigned char)msg[lead - 1] & 0xC0) == 0x80)
        lead--;
    if (lead == 0)
        return;
    unsigned char first = (unsigned char)msg[lead - 1];
    size_t want = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (len - (lead - 1) < want)
        msg[lead - 1] = '\0';
}
