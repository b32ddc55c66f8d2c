// SPDX-License-Identifier: MIT
#include "emulator.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

static char *cell(emulator *m, int x, int y)
{
    return m->cells[y * m->w + x];
}

static void blank(emulator *m, int from, int to)
{
    for (int i = from; i < to; i++)
        strcpy(m->cells[i], " ");
}

static void complain(emulator *m, const char *bytes, size_t len)
{
    if (m->strangers++ == 0)
        toc_buf_add(&m->stranger, bytes, len);
}

void emulator_init(emulator *m, int w, int h, int doubtful)
{
    *m = (emulator){.w = w, .h = h, .bottom = h - 1, .doubtful = doubtful};
    m->cells = toc_alloc((size_t)(w * h) * sizeof *m->cells);
    blank(m, 0, w * h);
}

void emulator_fini(emulator *m)
{
    free(m->cells);
    toc_buf_fini(&m->stranger);
}

const char *emulator_cell(const emulator *m, int x, int y)
{
    return m->cells[y * m->w + x];
}

static void clamp(emulator *m)
{
    m->is_wrapping = false;
    m->x = m->x < 0 ? 0 : m->x >= m->w ? m->w - 1 : m->x;
    m->y = m->y < 0 ? 0 : m->y >= m->h ? m->h - 1 : m->y;
}

// Half of a wide character that is written over is gone, and so is its other half.
static void erase_halves(emulator *m, int x)
{
    if (cell(m, x, m->y)[0] == '\0' && x > 0)
        strcpy(cell(m, x - 1, m->y), " ");
    if (x + 1 < m->w && cell(m, x + 1, m->y)[0] == '\0')
        strcpy(cell(m, x + 1, m->y), " ");
}

static bool is_mark(const char *bytes, size_t len, uint32_t cp)
{
    return toc_text_columns(bytes, len) == 0 || cp == 0xFE0F;
}

static void put(emulator *m, const char *bytes, size_t len, uint32_t cp)
{
    int width = toc_text_columns(bytes, len);
    if (is_mark(bytes, len, cp)) {
        int x = m->is_wrapping ? m->x : m->x - 1;
        while (x > 0 && cell(m, x, m->y)[0] == '\0')
            x--;
        if (x >= 0 && strlen(cell(m, x, m->y)) + len < sizeof *m->cells)
            strncat(cell(m, x, m->y), bytes, len);
        return;
    }
    if (m->doubtful && cp > 0x2600)
        width = m->doubtful;
    if (m->is_wrapping) {
        m->is_wrapping = false;
        m->x = 0;
        m->y = m->y + 1 < m->h ? m->y + 1 : m->y;
    }
    if (m->x + width > m->w)
        width = 1;
    erase_halves(m, m->x);
    memcpy(cell(m, m->x, m->y), bytes, len);
    cell(m, m->x, m->y)[len] = '\0';
    if (width == 2) {
        erase_halves(m, m->x + 1);
        cell(m, m->x + 1, m->y)[0] = '\0';
    }
    m->is_wrapping = m->x + width >= m->w;
    m->x = m->is_wrapping ? m->w - 1 : m->x + width;
}

static void select_graphics(emulator *m, const char *parameters)
{
    for (const char *at = parameters; *at; at += strcspn(at, ";"), at += *at == ';') {
        long n = strtol(at, NULL, 10);
        m->colors += (n >= 30 && n <= 38) || (n >= 40 && n <= 48) || (n >= 90 && n <= 107);
    }
}

// Lines from top to bottom go down by n (up, if that is negative); what comes in is blank.
static void shift_lines(emulator *m, int top, int bottom, int n)
{
    int step = n > 0 ? 1 : -1;
    for (int i = 0; i < n * step; i++) {
        for (int y = n > 0 ? bottom : top; y != (n > 0 ? top : bottom); y -= step)
            memcpy(cell(m, 0, y), cell(m, 0, y - step), (size_t)m->w * sizeof *m->cells);
        int empty = n > 0 ? top : bottom;
        blank(m, empty * m->w, (empty + 1) * m->w);
    }
}

static void control(emulator *m, char final, const char *p, const char *all, size_t len)
{
    int a = atoi(p), b = strchr(p, ';') ? atoi(strchr(p, ';') + 1) : 0;
    int n = a > 0 ? a : 1, here = m->y * m->w + m->x;
    switch (final) {
    case 'H':
        m->y = n - 1;
        m->x = b > 0 ? b - 1 : 0;
        clamp(m);
        break;
    case 'd':
        m->y = n - 1;
        clamp(m);
        break;
    case 'G':
        m->x = n - 1;
        clamp(m);
        break;
    case 'A':
    case 'B':
        m->y += final == 'B' ? n : -n;
        clamp(m);
        break;
    case 'C':
    case 'D':
        m->x += final == 'C' ? n : -n;
        clamp(m);
        break;
    case 'Z':
        m->x = m->x > 8 * n ? ((m->x + 7) / 8 - n) * 8 : 0;
        clamp(m);
        break;
    case 'L':
    case 'M':
        shift_lines(m, m->y, m->bottom, final == 'L' ? n : -n);
        break;
    case 'S':
    case 'T':
        shift_lines(m, m->top, m->bottom, final == 'T' ? n : -n);
        break;
    case 'J':
        blank(m, a == 2 || a == 1 ? 0 : here, a == 1 ? here + 1 : m->w * m->h);
        break;
    case 'K':
        blank(m, a == 0 ? here : m->y * m->w, a == 1 ? here + 1 : (m->y + 1) * m->w);
        break;
    case 'X':
        blank(m, here, m->x + n < m->w ? here + n : (m->y + 1) * m->w);
        break;
    case 'm':
        select_graphics(m, p);
        break;
    case 'c': // the shape of the cursor on the Linux console
        if (p[0] != '?')
            complain(m, all, len);
        break;
    case 'r':
        m->top = n - 1;
        m->bottom = b > 0 ? b - 1 : m->h - 1;
        m->x = m->y = 0;
        clamp(m);
        break;
    case 'h':
    case 'l':
    case 't':
        break;
    default:
        complain(m, all, len);
    }
}

// The bytes of the sequence that begins with ESC; 0 if its end is not there.
static size_t escape(emulator *m, const char *s, size_t len)
{
    char parameters[64] = "";
    size_t n = 2;
    if (len < 2)
        return 0;
    if (s[1] == ']') {
        // What sets the colours back at the end; the Linux console's form has no end of its own.
        if (len > 2 && s[2] == 'R')
            return 3;
        while (n < len && s[n] != '\007' && s[n] != '\033')
            n++;
        if (n == len)
            return 0;
        if (n < len && strncmp(s + 1, "]104\007", 5) == 0)
            return n + 1;
        if (len > 3 && strncmp(s + 1, "]2;", 3) == 0 && n < len && s[n] == '\007')
            m->titles++;
        else
            complain(m, s, n);
        return n < len && s[n] == '\007' ? n + 1 : n;
    }
    if (s[1] == '(' || s[1] == ')')
        return len < 3 ? 0 : 3;
    if (s[1] == 'M') { // up, and at the top the lines go down
        if (m->y == m->top)
            shift_lines(m, m->top, m->bottom, 1);
        else
            m->y--;
        return 2;
    }
    if (s[1] == '=' || s[1] == '>' || s[1] == '7' || s[1] == '8')
        return 2;
    if (s[1] != '[') {
        complain(m, s, 2);
        return 2;
    }
    while (n < len && !((unsigned char)s[n] >= 0x40 && (unsigned char)s[n] <= 0x7E))
        n++;
    if (n >= len)
        return 0;
    if (n - 2 >= sizeof parameters) {
        complain(m, s, n);
        return n + 1;
    }
    memcpy(parameters, s + 2, n - 2);
    parameters[n - 2] = '\0';
    control(m, s[n], parameters, s, n + 1);
    return n + 1;
}

// A character whose last bytes are not there yet.
static bool is_cut(const char *bytes, size_t len)
{
    unsigned char first = (unsigned char)bytes[0];
    size_t whole = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 1;
    for (size_t i = 1; i < len; i++)
        if (((unsigned char)bytes[i] & 0xC0) != 0x80)
            return false;
    return len < whole;
}

size_t emulator_take(emulator *m, const char *bytes, size_t len)
{
    size_t i = 0;
    while (i < len) {
        uint32_t cp;
        size_t n = toc_utf8_next(bytes + i, len - i, &cp);
        if (cp == '\033') {
            n = escape(m, bytes + i, len - i);
            if (n == 0)
                break;
            i += n;
            continue;
        }
        if (is_cut(bytes + i, len - i))
            break;
        if (cp == '\r' || cp == '\b' || cp == '\n') {
            m->x = cp == '\r' ? 0 : cp == '\b' ? m->x - 1 : m->x;
            if (cp == '\n' && m->y == m->bottom)
                shift_lines(m, m->top, m->bottom, -1);
            else
                m->y += cp == '\n';
            clamp(m);
        } else if (cp == '\t') {
            m->x = (m->x / 8 + 1) * 8;
            clamp(m);
        } else if (cp == '\007') {
            m->bells++;
        } else if (cp == '\016' || cp == '\017') {
            m->shifts++; // to another set of characters, and back
        } else if (cp == TOC_CP_BAD || cp < 0x20 || (cp >= 0x7F && cp < 0xA0) ||
                   (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069)) {
            complain(m, bytes + i, n);
        } else {
            put(m, bytes + i, n, cp);
        }
        i += n;
    }
    return i;
}
