// SPDX-License-Identifier: MIT
//
// string.format: %d %i %x %X %c %s %f %e %E %g %G %%. Signs and padding are made here, so that printf
// only ever sees formats that are written in this file; the decimal point does not ask the locale.

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "lib.h"

#define DIGITS 512 // the longest: %.99f of 1e308

// One conversion, as it is written: %-05.2f
typedef struct {
    bool is_left, has_plus, has_space, has_hash, has_zero;
    size_t width;
    int precision; // -1: none given
    char kind;
} spec;

static bool read_number(const char **p, int *n)
{
    *n = 0;
    for (int digits = 0; **p >= '0' && **p <= '9'; (*p)++) {
        if (++digits > 2)
            return false;
        *n = *n * 10 + (**p - '0');
    }
    return true;
}

// Which flags a kind may have, and whether it may have a precision; NULL for a kind there is not.
static const char *flags_of(char kind, bool *has_precision)
{
    *has_precision = kind != 'c';
    switch (kind) {
    case 'd':
    case 'i':
        return "-+0 ";
    case 'x':
    case 'X':
        return "-#0";
    case 'c':
    case 's':
        return "-";
    case 'f':
    case 'e':
    case 'E':
    case 'g':
    case 'G':
        return "-+ #0";
    default:
        return NULL;
    }
}

// Reads what follows a %. The end of the conversion is returned.
static const char *read_spec(lua_State *L, const char *p, spec *out)
{
    const char *start = p;
    size_t flags = strspn(p, "-+ #0");
    *out = (spec){
        .is_left = memchr(p, '-', flags),
        .has_plus = memchr(p, '+', flags),
        .has_space = memchr(p, ' ', flags),
        .has_hash = memchr(p, '#', flags),
        .has_zero = memchr(p, '0', flags),
        .precision = -1,
    };
    p += flags;
    int width;
    bool is_short = read_number(&p, &width);
    out->width = (size_t)width;
    if (*p == '.') {
        p++;
        is_short = read_number(&p, &out->precision) && is_short;
    }
    if (!is_short)
        toc_sandbox_raise(L, "a width or precision in string.format has more than two digits");
    out->kind = *p;
    bool has_precision;
    const char *allowed = flags_of(*p, &has_precision);
    if (!allowed)
        toc_sandbox_raise(L,
                          "string.format has no '%%%.*s'; it has %%d %%x %%f %%g %%e %%s %%c %%%%",
                          (int)(p - start) + (*p != '\0'), start);
    else if (strspn(start, allowed) < flags || (out->precision >= 0 && !has_precision))
        toc_sandbox_raise(L, "string.format cannot do '%%%.*s'", (int)(p - start) + 1, start);
    return p + 1;
}

// Adds text with what stands before it (a sign, 0x) in the width that is wanted.
static void add_padded(toc_out *o, const spec *f, bool has_zeros, const char *before,
                       const char *text, size_t len)
{
    size_t total = strlen(before) + len;
    size_t pad = f->width > total ? f->width - total : 0;
    bool is_zeros = has_zeros && !f->is_left;
    for (size_t i = 0; i < pad && !f->is_left && !is_zeros; i++)
        toc_out_char(o, ' ');
    toc_out_add(o, before, strlen(before));
    for (size_t i = 0; i < pad && is_zeros; i++)
        toc_out_char(o, '0');
    toc_out_add(o, text, len);
    for (size_t i = 0; i < pad && f->is_left; i++)
        toc_out_char(o, ' ');
}

static const char *sign_of(const spec *f, bool is_negative)
{
    return is_negative ? "-" : f->has_plus ? "+" : f->has_space ? " " : "";
}

static void add_integer(toc_out *o, const spec *f, lua_Integer value)
{
    char digits[DIGITS];
    int precision = f->precision < 0 ? 1 : f->precision; // at least so many digits
    const char *before = "";
    unsigned long long n = (unsigned long long)value;
    if (f->kind == 'x') {
        snprintf(digits, sizeof digits, "%.*llx", precision, n);
        before = f->has_hash && n ? "0x" : "";
    } else if (f->kind == 'X') {
        snprintf(digits, sizeof digits, "%.*llX", precision, n);
        before = f->has_hash && n ? "0X" : "";
    } else {
        snprintf(digits, sizeof digits, "%.*llu", precision, value < 0 ? 0 - n : n);
        before = sign_of(f, value < 0);
    }
    add_padded(o, f, f->has_zero && f->precision < 0, before, digits, strlen(digits));
}

static void write_float(char *out, const spec *f, double n)
{
    int precision = f->precision < 0 ? 6 : f->precision;
    switch (f->kind) {
    case 'f':
        snprintf(out, DIGITS, f->has_hash ? "%#.*f" : "%.*f", precision, n);
        break;
    case 'e':
        snprintf(out, DIGITS, f->has_hash ? "%#.*e" : "%.*e", precision, n);
        break;
    case 'E':
        snprintf(out, DIGITS, f->has_hash ? "%#.*E" : "%.*E", precision, n);
        break;
    case 'g':
        snprintf(out, DIGITS, f->has_hash ? "%#.*g" : "%.*g", precision, n);
        break;
    default:
        snprintf(out, DIGITS, f->has_hash ? "%#.*G" : "%.*G", precision, n);
        break;
    }
}

static void add_float(toc_out *o, const spec *f, double n)
{
    char digits[DIGITS];
    bool is_negative = signbit(n) && !isnan(n); // the sign of a NaN depends on the machine
    if (isnan(n))
        n = fabs(n);
    write_float(digits, f, is_negative ? -n : n);
    size_t len = isfinite(n) ? toc_number_plain(digits) : strlen(digits);
    add_padded(o, f, f->has_zero && isfinite(n), sign_of(f, is_negative), digits, len);
}

static void add_value(lua_State *L, toc_out *o, const spec *f, int arg)
{
    size_t len;
    switch (f->kind) {
    case 'd':
    case 'i':
    case 'x':
    case 'X':
        add_integer(o, f, toc_arg_int(L, arg));
        break;
    case 'c': {
        lua_Integer c = toc_arg_int(L, arg);
        luaL_argcheck(L, c >= 1 && c <= 255, arg, "a byte from 1 to 255 expected");
        char byte = (char)(unsigned char)c;
        add_padded(o, f, false, "", &byte, 1);
        break;
    }
    case 's': {
        luaL_checkany(L, arg);
        const char *text = toc_push_shown(L, arg, &len);
        if (f->precision >= 0 && len > (size_t)f->precision)
            len = (size_t)f->precision;
        add_padded(o, f, false, "", text, len);
        lua_pop(L, 1);
        break;
    }
    default:
        add_float(o, f, toc_arg_number(L, arg));
        break;
    }
}

int toc_string_format(lua_State *L)
{
    size_t len;
    int arg = 1;
    const char *p = toc_arg_text(L, 1, &len);
    const char *end = p + len;
    toc_out o;
    int top = lua_gettop(L);
    toc_out_start(&o, L);
    while (p < end) {
        size_t n = strcspn(p, "%");
        toc_out_add(&o, p, n);
        p += n;
        if (p == end)
            break;
        if (*++p == '%') {
            toc_out_char(&o, '%');
            p++;
            continue;
        }
        spec f;
        p = read_spec(L, p, &f);
        if (++arg > top)
            return luaL_argerror(L, arg, "no value");
        add_value(L, &o, &f, arg);
        toc_sandbox_charge(L, 4);
    }
    toc_charge_bytes(L, o.len);
    toc_out_push(&o);
    return 1;
}
