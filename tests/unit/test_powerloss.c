// SPDX-License-Identifier: MIT
// kill -9 proves nothing about power loss, because the page cache survives it. So power loss is
// played here: at each sync the file may be left with any subset of the sectors that were not synced
// yet, each old, new, or holding what stood there in an earlier life, and with any size between.
// Every such image must open, with every line in it that had been reported durable.
#include <check.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "check_main.h"
#include "journal_fixture.h"
#include "seed.h"
#include "tally.h"

#define SECTOR      512
#define SECTORS_MAX 128

typedef enum { OLD, NEW, STALE } sector_state;

// The world around one journal: what is on its disk for certain, and what was promised of it.
typedef struct {
    journal_fixture f;
    char image_path[112];
    toc_random random;
    toc_buf platter;
    toc_buf stale;    // what the file held in the life before
    int64_t promised; // the newest seq reported durable; -1: not even the header
    char receipt[TOC_HASH_HEX + 1];
    bool crashes; // at the next sync
    toc_buf left; // the image that such a crash leaves, one of all, each as likely
    uint64_t images_here;
    uint64_t images, torn, whole, nothing;
    uint64_t images_max; // at one sync
} world;

// One sync: the sectors that may differ, and the image in the making.
typedef struct {
    world *w;
    toc_buf file; // as the engine sees it
    size_t first; // sector
    size_t count; // of sectors that may differ
    sector_state states[SECTORS_MAX];
    int kinds; // 2, or 3 if there is an earlier life
    toc_buf image;
} moment;

static int ignore_sync(void *context, int fd)
{
    (void)context;
    (void)fd;
    return 0;
}

static int write_through(void *context, int fd, const void *data, size_t len)
{
    (void)context;
    return write(fd, data, len) == (ssize_t)len ? 0 : EIO;
}

static void check_image(world *w, const toc_buf *image)
{
    toc_error e = {0};
    toc_journal *j = NULL;
    int64_t cut = 0;
    const toc_disk disk = {NULL, write_through, ignore_sync, NULL};
    w->images++;
    w->images_here++;
    fixture_write(w->image_path, toc_buf_text(image), image->len);
    toc_err err = toc_journal_open(&j, w->image_path, NULL, &disk, &cut, NULL, NULL, &e);
    if (err) {
        // The run has not begun: there is nothing to lose, and nothing may be called damage.
        ck_assert_msg(w->promised < 0, "misjudged: %s", e.msg);
        ck_assert_ptr_nonnull(strstr(e.msg, "never recorded"));
        w->nothing++;
    } else {
        ck_assert_msg(toc_journal_durable(j) >= w->promised, "lost: %lld of %lld",
                      (long long)toc_journal_durable(j), (long long)w->promised);
        // Every hash covers all lines before its own.
        ck_assert(w->promised < 0 || toc_journal_holds(j, w->receipt));
        if (cut > 0) {
            w->torn++;
            unlink(toc_journal_cut_path(j));
        } else {
            w->whole++;
        }
        toc_journal_close(j);
    }
    unlink(w->image_path);
    if (toc_random_below(&w->random, w->images_here) == 0) {
        toc_buf_clear(&w->left);
        toc_buf_add(&w->left, toc_buf_text(image), image->len);
    }
}

static char byte_of(const moment *m, size_t i)
{
    const toc_buf *platter = &m->w->platter;
    char old = '\0';
    if (i < platter->len)
        old = platter->data[i];
    if (i / SECTOR < m->first || i / SECTOR >= m->first + m->count)
        return old;
    switch (m->states[i / SECTOR - m->first]) {
    case NEW:
        return i < m->file.len ? m->file.data[i] : '\0';
    case STALE: // a sector is written as a whole: what was in it keeps standing
        return i < platter->len      ? old
               : i < m->w->stale.len ? m->w->stale.data[i]
                                     : (char)toc_random_below(&m->w->random, 256);
    case OLD:
        break;
    }
    return old;
}

static void check_sectors(moment *m, size_t size)
{
    toc_buf_clear(&m->image);
    toc_buf_add(&m->image, toc_buf_text(&m->w->platter), m->first * SECTOR);
    for (size_t i = m->first * SECTOR; i < size; i++)
        toc_buf_char(&m->image, byte_of(m, i));
    m->image.len = size;
    check_image(m->w, &m->image);
}

// All states of the sectors below size, or as many as are allowed, picked at random.
static void check_size(moment *m, size_t size, uint64_t allowed)
{
    size_t n = size > m->first * SECTOR ? (size - m->first * SECTOR + SECTOR - 1) / SECTOR : 0;
    n = n < m->count ? n : m->count;
    uint64_t all = 1;
    for (size_t i = 0; i < n && all <= allowed; i++)
        all *= (uint64_t)m->kinds;
    bool picked = all > allowed;
    for (uint64_t k = 0; k < (picked ? allowed : all); k++) {
        uint64_t code = k;
        // Mostly written, mostly missing, and all between.
        uint64_t bias = toc_random_below(&m->w->random, 9);
        for (size_t i = 0; i < n; i++) {
            if (!picked)
                m->states[i] = (sector_state)(code % (uint64_t)m->kinds);
            else if (toc_random_below(&m->w->random, 8) < bias)
                m->states[i] = NEW;
            else
                m->states[i] = toc_random_below(&m->w->random, 3) && m->kinds > 2 ? STALE : OLD;
            code /= (uint64_t)m->kinds;
        }
        check_sectors(m, size);
    }
}

static void check_moment(world *w, int kinds)
{
    moment m = {.w = w, .kinds = kinds};
    fixture_read(&m.file, w->f.path);
    size_t from = 0;
    while (from < w->platter.len && from < m.file.len && w->platter.data[from] == m.file.data[from])
        from++;
    size_t smaller = m.file.len < w->platter.len ? m.file.len : w->platter.len;
    size_t larger = m.file.len < w->platter.len ? w->platter.len : m.file.len;
    m.first = from / SECTOR;
    m.count = (larger + SECTOR - 1) / SECTOR - m.first;
    ck_assert_uint_le(m.count, SECTORS_MAX);
    w->images_here = 0;
    uint64_t allowed = w->images_max / (m.count + 1) + 1;
    check_size(&m, smaller, allowed);
    for (size_t size = (smaller / SECTOR + 1) * SECTOR; size < larger; size += SECTOR)
        check_size(&m, size, allowed);
    if (larger > smaller)
        check_size(&m, larger, allowed);
    toc_buf_fini(&m.file);
    toc_buf_fini(&m.image);
}

// The engine's disk. Before anything becomes certain, all that a power loss could leave is tried.
static int sync_world(void *context, int fd)
{
    world *w = context;
    struct stat own;
    struct stat journal;
    if (fstat(fd, &own) != 0 || stat(w->f.path, &journal) != 0)
        return EIO;
    if (own.st_ino != journal.st_ino)
        return 0; // its folder, or a cut
    check_moment(w, 2);
    if (w->stale.len > w->platter.len)
        check_moment(w, 3);
    if (w->crashes)
        return EIO;
    fixture_read(&w->platter, w->f.path);
    return 0;
}

static void promise(world *w, const toc_journal *j)
{
    w->promised = toc_journal_durable(j);
    snprintf(w->receipt, sizeof w->receipt, "%s", toc_journal_receipt(j));
}

static void queue_batch(world *w, toc_journal *j)
{
    toc_error e = {0};
    static const uint64_t lengths[] = {10, 200, 500, 1200, 4000};
    for (uint64_t n = 1 + toc_random_below(&w->random, 5); n > 0; n--) {
        uint64_t longest = lengths[toc_random_below(&w->random, TOC_COUNT(lengths))];
        toc_buf text = {0};
        toc_buf_char(&text, ' ');
        // Letters that make the trailer's own bytes turn up in texts as well.
        for (uint64_t i = toc_random_below(&w->random, longest); i > 0; i--)
            toc_buf_char(&text, "{},\"d:0123456789abchs"[toc_random_below(&w->random, 21)]);
        fixture_note(j, text.data);
        toc_buf_fini(&text);
        if (toc_random_below(&w->random, 6) == 0)
            TOC_OK_OR_FAIL(toc_journal_seal(j, 0, &e), e);
    }
}

// Batches until one of them ends in a power loss; the file is then what that left.
static void live_until_crash(world *w, toc_journal *j)
{
    toc_error e = {0};
    toc_err err = TOC_OK;
    for (uint64_t n = 1 + toc_random_below(&w->random, 5); n > 0; n--) {
        queue_batch(w, j);
        w->crashes = n == 1;
        err = toc_journal_flush(j, &e);
        promise(w, j);
    }
    w->crashes = false;
    ck_assert_int_eq(err, TOC_EIO);
    toc_journal_close(j);
    fixture_read(&w->stale, w->f.path);
    fixture_write(w->f.path, w->left.data, w->left.len);
    toc_buf_clear(&w->platter);
    toc_buf_add(&w->platter, w->left.data, w->left.len);
}

static void play_history(world *w)
{
    const toc_disk disk = {w, write_through, sync_world, NULL};
    toc_buf_clear(&w->platter);
    toc_buf_clear(&w->stale);
    w->promised = -1;
    toc_journal *j = fixture_create(&w->f, &disk);
    promise(w, j);
    for (int life = 0; life < 3; life++) {
        live_until_crash(w, j);
        int64_t cut = 0;
        j = fixture_open(&w->f, &disk, &cut);
        ck_assert_int_ge(toc_journal_durable(j), w->promised);
        ck_assert(toc_journal_holds(j, w->receipt));
        promise(w, j);
    }
    toc_journal_close(j);
    toc_chain_report r;
    fixture_read(&w->platter, w->f.path);
    toc_chain_scan(w->platter.data, w->platter.len, &r, NULL, NULL);
    ck_assert_int_eq(r.state, TOC_CHAIN_WHOLE);
    ck_assert_int_eq(r.lines, w->promised + 1);
    fixture_empty_folder(&w->f);
}

START_TEST(no_power_loss_loses_a_durable_line_or_is_taken_for_damage)
{
    world w = {0};
    const uint64_t enough = getenv("TOC_LONG") ? 500000 : 30000;
    fixture_setup(&w.f);
    snprintf(w.image_path, sizeof w.image_path, "%s/image.jsonl", w.f.folder);
    seed_random(&w.random, "power loss");
    w.images_max = getenv("TOC_LONG") ? 2000 : 250;
    int histories = 0;
    while (w.images < enough) {
        play_history(&w);
        histories++;
    }
    printf("power loss: %d histories, %llu images: %llu torn, %llu whole, %llu not begun; "
           "0 lost, 0 misjudged\n",
           histories, (unsigned long long)w.images, (unsigned long long)w.torn,
           (unsigned long long)w.whole, (unsigned long long)w.nothing);
    tally("power lost while writing: images of the disk, each resumed", w.images, 0);
    // All three must have come up, or the test tests nothing.
    ck_assert_uint_gt(w.torn, enough / 10);
    ck_assert_uint_gt(w.whole, 0);
    ck_assert_uint_gt(w.nothing, 0);
    toc_buf_fini(&w.platter);
    toc_buf_fini(&w.stale);
    toc_buf_fini(&w.left);
    fixture_teardown(&w.f);
}
END_TEST

// A kernel that calls pages clean once it tried to write them, whether it could or not.
typedef struct {
    const journal_fixture *f;
    toc_random random;
    toc_buf platter;
    bool dirty[SECTORS_MAX];
    bool fails;
} forgetful;

static int write_forgetful(void *context, int fd, const void *data, size_t len)
{
    forgetful *k = context;
    size_t at = (size_t)lseek(fd, 0, SEEK_CUR);
    if (write(fd, data, len) != (ssize_t)len)
        return EIO;
    for (size_t s = at / SECTOR; len > 0 && s <= (at + len - 1) / SECTOR; s++)
        k->dirty[s] = true;
    return 0;
}

static int sync_forgetful(void *context, int fd)
{
    forgetful *k = context;
    struct stat st;
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
        return 0;
    toc_buf file = {0};
    fixture_read(&file, k->f->path);
    while (k->platter.len < file.len)
        toc_buf_char(&k->platter, '\0');
    for (size_t i = 0; i < file.len; i++) {
        if (k->dirty[i / SECTOR])
            k->platter.data[i] = file.data[i];
        bool ends = i % SECTOR == SECTOR - 1;
        // Each sector makes it or not; either way it is clean from now on.
        if (ends || i + 1 == file.len) {
            size_t s = i / SECTOR;
            if (k->fails && k->dirty[s] && toc_random_below(&k->random, 2))
                memset(k->platter.data + s * SECTOR, 0, i + 1 - s * SECTOR);
            k->dirty[s] = false;
        }
    }
    toc_buf_fini(&file);
    return k->fails ? EIO : 0;
}

START_TEST(what_a_failed_sync_left_in_the_page_cache_is_not_believed)
{
    journal_fixture f;
    fixture_setup(&f);
    forgetful k = {.f = &f};
    seed_random(&k.random, "failed sync");
    for (int round = 0; round < 50; round++) {
        toc_error e = {0};
        const toc_disk disk = {&k, write_forgetful, sync_forgetful, NULL};
        toc_buf_clear(&k.platter);
        memset(k.dirty, 0, sizeof k.dirty);
        toc_journal *j = fixture_create(&f, &disk);
        for (int i = 0; i < 4; i++)
            fixture_commit_note(j, "durable, and some sectors are filled with it");
        for (int i = 0; i < 8; i++)
            fixture_note(j, "shown by the page cache, and perhaps not on the disk");
        k.fails = true;
        ck_assert_int_eq(toc_journal_flush(j, &e), TOC_EIO);
        k.fails = false;
        toc_journal_close(j);
        int64_t cut = 0;
        j = fixture_open(&f, &disk, &cut);
        toc_buf file = {0};
        fixture_read(&file, f.path);
        ck_assert_int_eq(toc_journal_durable(j), 12);
        ck_assert_uint_eq(k.platter.len, file.len);
        ck_assert_mem_eq(k.platter.data, file.data, file.len);
        toc_buf_fini(&file);
        toc_journal_close(j);
        fixture_empty_folder(&f);
    }
    toc_buf_fini(&k.platter);
    fixture_teardown(&f);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_test(tc, no_power_loss_loses_a_durable_line_or_is_taken_for_damage);
    tcase_add_test(tc, what_a_failed_sync_left_in_the_page_cache_is_not_believed);
}

TOC_CHECK_MAIN("powerloss", add_tests)
