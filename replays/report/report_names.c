// SPDX-License-Identifier: MIT
// Anonymity: names that somebody signed in with are taken out of whatever a report shows.
//
// Names and texts are cut into words, whose letters are folded: no case, no accents, nothing invisible. A pattern is folded words with
// blanks between; they are sorted, so that a text is read once however many people there were.

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "report_inside.h"

enum {
    SURE = 4,      // letters of a word of a name that is a name in any case
    SHORTEST = 3,  // and of one that is a name with its capital letter
    GAP_MOST = 24, // bytes between words of a name
    WIDE =
        0x2E80, // from here on scripts have no blanks between words: each character stands for itself
};

typedef struct {
    size_t start, end; // in the text
    size_t from, len;  // in the folded letters
    size_t letters;
    bool is_small; // begins with a small letter
} word;

typedef struct {
    word *at;
    size_t count, capacity;
    toc_buf folded;
} words_of_text;

static void add_person(toc_report *rp, const char *name, bool is_spelled);
static void add_pattern(toc_report *rp, const char *name, const toc_buf *key, size_t letters,
                        bool is_whole);
static void add_joined(toc_report *rp, const words_of_text *w);
static int by_key(const void *a, const void *b);
static void drop_doubles(toc_report *rp);
static void read_words(words_of_text *w, const char *text, bool is_spelled);
static size_t match(const toc_report *rp, const words_of_text *w, size_t first, const char *text,
                    size_t *end);
static size_t first_from(const toc_report *rp, const char *key);
static size_t skip_told(const char *s, size_t len);
static bool is_invisible(uint32_t cp);
static bool is_digit(uint32_t cp);
static bool is_letter(uint32_t cp);
static void add_folded(toc_buf *out, uint32_t cp, bool is_spelled);

void toc_report_names(toc_report *rp)
{
    for (int64_t seq = 1; rp->o->is_anonymous && seq <= toc_recording_count(rp->r); seq++) {
        const toc_event *ev = toc_recording_at(rp->r, seq);
        const char *name = ev->kind == TOC_K_SIGN_IN ? toc_event_str(ev, TOC_F_NAME) : NULL;
        add_person(rp, name, false);
        add_person(rp, name, true);
    }
    for (size_t i = 0; rp->o->is_anonymous && rp->o->notes && i < rp->o->notes->count; i++) {
        add_person(rp, rp->o->notes->at[i].by, false);
        add_person(rp, rp->o->notes->at[i].by, true);
    }
    if (rp->name_count == 0)
        return;
    qsort(rp->names, rp->name_count, sizeof *rp->names, by_key);
    drop_doubles(rp);
}

void toc_report_names_fini(toc_report *rp)
{
    for (size_t i = 0; i < rp->name_count; i++) {
        free(rp->names[i].key);
        free(rp->names[i].text);
    }
    free(rp->names);
}

void toc_report_nameless(const toc_report *rp, toc_buf *out, const char *text)
{
    words_of_text w = {0};
    size_t said = 0;
    if (rp->name_count == 0) {
        toc_buf_str(out, text);
        return;
    }
    read_words(&w, text, false);
    for (size_t i = 0; i < w.count;) {
        size_t end, words = match(rp, &w, i, text, &end);
        if (words > 0 && w.at[i].start >= said) {
            toc_buf_add(out, text + said, w.at[i].start - said);
            toc_buf_str(out, "[name]");
            said = end;
        }
        i += words > 0 ? words : 1;
    }
    toc_buf_str(out, text + said);
    free(w.at);
    toc_buf_fini(&w.folded);
}

// ---- patterns -------------------------------------------------------------------------------------------

// The whole name, its words, and what stands for it in an address of e-mail. is_spelled: ü is ue.
static void add_person(toc_report *rp, const char *name, bool is_spelled)
{
    words_of_text w = {0};
    toc_buf whole = {0}, part = {0};
    size_t letters = 0, part_letters = 0;
    read_words(&w, name ? name : "", is_spelled);
    for (size_t i = 0; i < w.count; i++) {
        const word *one = &w.at[i];
        // What touches is one word to whoever wrote it.
        bool is_joined = i > 0 && one->start == w.at[i - 1].end;
        if (!is_joined)
            toc_buf_clear(&part);
        part_letters = is_joined ? part_letters + one->letters : one->letters;
        toc_buf_printf(&whole, "%s%.*s", i ? " " : "", (int)one->len, w.folded.data + one->from);
        toc_buf_printf(&part, "%s%.*s", part.len ? " " : "", (int)one->len,
                       w.folded.data + one->from);
        letters += one->letters;
        if (i + 1 == w.count || w.at[i + 1].start != one->end)
            add_pattern(rp, "", &part, part_letters, false);
    }
    add_pattern(rp, name, &whole, letters, true);
    if (w.count > 1)
        add_joined(rp, &w);
    toc_buf_fini(&whole);
    toc_buf_fini(&part);
    toc_buf_fini(&w.folded);
    free(w.at);
}

static void add_pattern(toc_report *rp, const char *name, const toc_buf *key, size_t letters,
                        bool is_whole)
{
    const bool is_number = letters == 0 && key->len < SURE; // of anything
    if (key->len == 0 || is_number || (!is_whole && letters < SHORTEST))
        return;
    TOC_GROW(rp->names, rp->name_count, rp->name_capacity);
    rp->names[rp->name_count++] = (toc_report_name){
        .key = toc_strdup(toc_buf_text(key)),
        .text = toc_strdup(name),
        .is_capital = letters < (is_whole ? (size_t)SHORTEST : (size_t)SURE),
    };
}

// zorblaxquimby, quimbyzorblax, zquimby, quimbyz.
static void add_joined(toc_report *rp, const words_of_text *w)
{
    const word *first = &w->at[0], *last = &w->at[w->count - 1];
    const char *a = w->folded.data + first->from, *b = w->folded.data + last->from;
    const int all_a = (int)first->len, all_b = (int)last->len;
    const int initial = (unsigned char)*a < 0x80 ? 1 : all_a;
    toc_buf key = {0};
    if (last->letters < SHORTEST || first->letters == 0)
        return;
    for (int form = 0; form < 4; form++) {
        const int len_a = form < 2 ? all_a : initial;
        toc_buf_clear(&key);
        if (form % 2 == 0)
            toc_buf_printf(&key, "%.*s%.*s", len_a, a, all_b, b);
        else
            toc_buf_printf(&key, "%.*s%.*s", all_b, b, len_a, a);
        if (key.len >= SURE)
            add_pattern(rp, "", &key, SURE, false);
    }
    toc_buf_fini(&key);
}

// Of equals first what needs no capital letter, and of those the longer text.
static int by_key(const void *a, const void *b)
{
    const toc_report_name *one = a, *other = b;
    int order = strcmp(one->key, other->key);
    if (order == 0)
        order = (int)one->is_capital - (int)other->is_capital;
    if (order == 0) {
        size_t left = strlen(one->text), right = strlen(other->text);
        order = left != right ? (left < right ? 1 : -1) : strcmp(one->text, other->text);
    }
    return order;
}

static void drop_doubles(toc_report *rp)
{
    size_t kept = 0;
    for (size_t i = 0; i < rp->name_count; i++) {
        toc_report_name *name = &rp->names[i];
        if (kept > 0 && strcmp(rp->names[kept - 1].key, name->key) == 0) {
            free(name->key);
            free(name->text);
        } else {
            rp->names[kept++] = *name;
        }
    }
    rp->name_count = kept;
}

// ---- a text ---------------------------------------------------------------------------------------------

// How many words, from that one on, are a name; 0: none. *end: where it ends in the text.
static size_t match(const toc_report *rp, const words_of_text *w, size_t first, const char *text,
                    size_t *end)
{
    const word *begin = &w->at[first];
    size_t found = 0;
    const char *whole = "";
    toc_buf key = {0};
    for (size_t i = first; i < w->count; i++) {
        const word *one = &w->at[i];
        if (i > first && one->start - w->at[i - 1].end > GAP_MOST)
            break;
        toc_buf_printf(&key, "%s%.*s", i > first ? " " : "", (int)one->len,
                       w->folded.data + one->from);
        size_t at = first_from(rp, key.data);
        const toc_report_name *name = at < rp->name_count ? &rp->names[at] : NULL;
        bool is_it =
            name && strcmp(name->key, key.data) == 0 && (!name->is_capital || !begin->is_small);
        if (is_it) {
            found = i - first + 1;
            whole = name->text;
        } else if (key.len > SURE && key.data[key.len - 1] == 's') { // theirs
            key.data[key.len - 1] = '\0';
            size_t owner = first_from(rp, key.data);
            if (owner < rp->name_count && strcmp(rp->names[owner].key, key.data) == 0) {
                found = i - first + 1;
                whole = "";
            }
            key.data[key.len - 1] = 's';
        }
        toc_buf_char(&key, ' ');
        at = first_from(rp, key.data);
        bool goes_on = at < rp->name_count && strncmp(rp->names[at].key, key.data, key.len) == 0;
        key.data[--key.len] = '\0';
        if (!goes_on)
            break;
    }
    toc_buf_fini(&key);
    if (found == 0)
        return 0;
    *end = w->at[first + found - 1].end;
    size_t len = strlen(whole); // with the full stop it ends in
    if (begin->start + len > *end && strncmp(text + begin->start, whole, len) == 0)
        *end = begin->start + len;
    return found;
}

// The first pattern that does not sort before the key.
static size_t first_from(const toc_report *rp, const char *key)
{
    size_t low = 0, high = rp->name_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(rp->names[middle].key, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void read_words(words_of_text *w, const char *text, bool is_spelled)
{
    const size_t len = strlen(text);
    word one = {0};
    bool was_digit = false;
    for (size_t at = 0, size; at <= len; at += size) {
        uint32_t cp = 0;
        size = at < len ? skip_told(text + at, len - at) : 0;
        if (size > 0)
            continue;
        size = at < len ? toc_utf8_next(text + at, len - at, &cp) : 1;
        if (is_invisible(cp))
            continue;
        bool is_part = is_letter(cp) || is_digit(cp);
        bool is_new = !is_part || is_digit(cp) != was_digit || cp >= WIDE;
        if (one.len > 0 && is_new) {
            TOC_GROW(w->at, w->count, w->capacity);
            w->at[w->count++] = one;
            one = (word){0};
        }
        if (!is_part)
            continue;
        if (one.len == 0)
            one = (word){.start = at,
                         .from = w->folded.len,
                         .is_small = (cp >= 'a' && cp <= 'z') || (cp >= 0xDF && cp <= 0xFF)};
        add_folded(&w->folded, cp, is_spelled);
        one.len = w->folded.len - one.from;
        one.end = at + size;
        one.letters += is_digit(cp) ? 0 : cp >= WIDE ? 2 : 1;
        was_digit = is_digit(cp);
    }
}

// What is invisible may have been made visible before: <U+200B>.
static size_t skip_told(const char *s, size_t len)
{
    if (len < 8 || strncmp(s, "<U+", 3) != 0)
        return 0;
    size_t digits = strspn(s + 3, "0123456789ABCDEF");
    return digits >= 4 && digits <= 6 && s[3 + digits] == '>' ? digits + 4 : 0;
}

// And marks that are put upon letters, which are folded away.
static bool is_invisible(uint32_t cp)
{
    static const uint32_t ranges[][2] = {
        {0xAD, 0xAD},     {0x300, 0x36F},   {0x61C, 0x61C},   {0x115F, 0x1160},  {0x17B4, 0x17B5},
        {0x180B, 0x180F}, {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x206F},  {0x3164, 0x3164},
        {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xE0000, 0xE0FFF}};
    for (size_t i = 0; i < TOC_COUNT(ranges); i++)
        if (cp >= ranges[i][0] && cp <= ranges[i][1])
            return true;
    return false;
}

static bool is_digit(uint32_t cp)
{
    return cp >= '0' && cp <= '9';
}

static bool is_letter(uint32_t cp)
{
    if (cp < 0x80)
        return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
    // Signs, punctuation, arrows and shapes, pictures.
    return cp >= 0xC0 && cp != 0xD7 && cp != 0xF7 && !(cp >= 0x2000 && cp < 0x2C00) &&
           !(cp >= 0x2E00 && cp < 0x2E80) && !(cp >= 0x3000 && cp < 0x3040) &&
           !(cp >= 0xD800 && cp < 0xF900) && !(cp >= 0xFF00 && cp < 0xFF10) &&
           !(cp >= 0x1F000 && cp < 0x20000) && cp != TOC_CP_BAD && cp != 0xFFFD;
}

// Latin letters to their plain ones; 1 to 5 stand for two. Of Greek and Cyrillic the case alone.
static void add_folded(toc_buf *out, uint32_t cp, bool is_spelled)
{
    static const char plain[] = "aaaaaa1ceeeeiiiidnooooo ouuuuy43aaaaaa1ceeeeiiiidnooooo ouuuuy4y"
                                "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii55jjkkklllllll"
                                "lllnnnnnnnnnoooooo22rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
    static const char *const pairs[] = {"ae", "oe", "ss", "th", "ij"};
    char c = cp < 0x80 ? (char)cp : cp >= 0xC0 && cp < 0x180 ? plain[cp - 0xC0] : '\0';
    if (c >= 'A' && c <= 'Z')
        c = (char)(c + 32);
    if (cp >= 0xC0 && c >= '1' && c <= '5') {
        toc_buf_str(out, pairs[c - '1']);
    } else if (c) {
        toc_buf_char(out, c);
        if (is_spelled && (cp == 0xC4 || cp == 0xE4 || cp == 0xD6 || cp == 0xF6 || cp == 0xDC ||
                           cp == 0xFC || cp == 0xD8 || cp == 0xF8))
            toc_buf_char(out, 'e');
        else if (is_spelled && (cp == 0xC5 || cp == 0xE5))
            toc_buf_char(out, 'a');
    } else {
        if ((cp >= 0x391 && cp <= 0x3AB) || (cp >= 0x410 && cp <= 0x42F))
            cp += 32;
        else if (cp >= 0x400 && cp <= 0x40F)
            cp += 80;
        toc_buf_printf(out, "<%x>", (unsigned)cp); // a name of its own for it
    }
}
