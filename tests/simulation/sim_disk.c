// SPDX-License-Identifier: MIT
#include "sim_disk.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "journal_fixture.h"
#include "sim_engine.h"
#include "sim_oracle.h"

#define SECTOR ((size_t)512)

struct sim_disk {
    sim *s;
    toc_disk seam;
    char path[96];
    toc_buf cache;   // the file
    toc_buf platter; // what a power loss leaves of it, but for the dirty sectors
    bool *dirty;     // a sector each: written, not synced
    size_t sectors;
    int fail_write, fail_sync; // calls until one fails; 0: none
    bool has_failed;
};

static int on_write(void *context, int fd, const void *data, size_t len);
static int on_sync(void *context, int fd);
static int on_cut(void *context, int fd, int64_t size);
static bool is_journal(const sim_disk *d, int fd);
static void write_part(sim_disk *d, int fd, const char *data, size_t len);
static void keep(sim_disk *d, size_t at, const char *data, size_t len);
static void land(sim_disk *d, size_t sector);
static void set_size(toc_buf *b, size_t size);
static void mark(sim_disk *d, size_t sector, bool is_dirty);
static bool is_dirty(const sim_disk *d, size_t sector);
static size_t sector_count(size_t bytes);

sim_disk *sim_disk_new(sim *s)
{
    sim_disk *d = toc_alloc(sizeof *d);
    d->s = s;
    d->seam = (toc_disk){d, on_write, on_sync, on_cut};
    snprintf(d->path, sizeof d->path, "%s/journal.jsonl", s->folder);
    return d;
}

void sim_disk_free(sim_disk *d)
{
    if (!d)
        return;
    toc_buf_fini(&d->cache);
    toc_buf_fini(&d->platter);
    free(d->dirty);
    free(d);
}

const toc_disk *sim_disk_seam(const sim_disk *d)
{
    return &d->seam;
}

const char *sim_disk_path(const sim_disk *d)
{
    return d->path;
}

void sim_disk_fail(sim_disk *d, bool is_sync, int n)
{
    *(is_sync ? &d->fail_sync : &d->fail_write) = n;
}

bool sim_disk_has_failed(const sim_disk *d)
{
    return d->has_failed;
}

void sim_disk_forget(sim_disk *d)
{
    d->has_failed = false;
    d->fail_write = d->fail_sync = 0;
}

void sim_disk_lose_power(sim_disk *d)
{
    sim *s = d->s;
    size_t sectors = sector_count(d->cache.len), size = d->platter.len;
    uint64_t bias = sim_below(s, 9); // mostly there, mostly not, and all between
    bool is_any = false;
    for (size_t i = 0; i < sectors; i++)
        is_any |= is_dirty(d, i);
    size_t low = d->platter.len < d->cache.len ? d->platter.len : d->cache.len;
    size_t high = d->platter.len < d->cache.len ? d->cache.len : d->platter.len;
    if (is_any && high > low) {
        size = low + (size_t)sim_below(s, high - low + 1) / SECTOR * SECTOR;
        if (sim_chance(s, 40))
            size = high;
    }
    if (size > d->platter.len)
        set_size(&d->platter, size);
    for (size_t i = 0; i < sectors; i++) {
        if (!is_dirty(d, i))
            continue;
        if (sim_below(s, 8) < bias)
            land(d, i);
        else
            s->tries[SIM_SECTORS]++;
    }
    set_size(&d->platter, size);
    fixture_write(d->path, toc_buf_text(&d->platter), d->platter.len);
    toc_buf_clear(&d->cache);
    toc_buf_add(&d->cache, toc_buf_text(&d->platter), d->platter.len);
    if (d->sectors > 0)
        memset(d->dirty, 0, d->sectors * sizeof *d->dirty);
}

void sim_disk_begin(sim_disk *d)
{
    toc_buf file = {0};
    if (access(d->path, F_OK) == 0)
        fixture_read(&file, d->path);
    if (file.len != d->cache.len ||
        memcmp(toc_buf_text(&file), toc_buf_text(&d->cache), file.len) != 0)
        sim_break(d->s, "the simulated disk lost track of its file");
    toc_buf_fini(&file);
    sim_oracle_resumes(d->s->oracle, toc_buf_text(&d->cache), d->cache.len);
}

void sim_disk_scrap(sim_disk *d)
{
    char path[400];
    DIR *dir = opendir(d->s->folder);
    for (struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
        snprintf(path, sizeof path, "%s/%s", d->s->folder, entry->d_name);
        if (entry->d_name[0] != '.')
            unlink(path);
    }
    closedir(dir);
    toc_buf_clear(&d->cache);
    toc_buf_clear(&d->platter);
    if (d->sectors > 0)
        memset(d->dirty, 0, d->sectors * sizeof *d->dirty);
}

// ---- the seam ------------------------------------------------------------------------------------

static int on_write(void *context, int fd, const void *data, size_t len)
{
    sim_disk *d = context;
    bool was_dead = sim_engine_is_dead(d->s->engine);
    if (!sim_engine_step(d->s->engine, true)) {
        // A batch that was out when the process died may have been under way, too.
        if (!was_dead || sim_chance(d->s, 50))
            write_part(d, fd, data, (size_t)sim_below(d->s, len + 1));
        return EIO;
    }
    if (d->fail_write > 0 && --d->fail_write == 0) {
        d->has_failed = true;
        d->s->tries[SIM_WRITES]++;
        write_part(d, fd, data, sim_chance(d->s, 30) ? 0 : (size_t)sim_below(d->s, len));
        sim_tell(d->s, "disk: a write fails");
        return sim_chance(d->s, 50) ? ENOSPC : EIO;
    }
    write_part(d, fd, data, len);
    return 0;
}

static int on_sync(void *context, int fd)
{
    sim_disk *d = context;
    sim *s = d->s;
    bool is_ours = is_journal(d, fd);
    if (!sim_engine_step(s->engine, true))
        return EIO;
    bool fails = d->fail_sync > 0 && --d->fail_sync == 0;
    if (fails) {
        d->has_failed = true;
        s->tries[SIM_SYNCS]++;
        sim_tell(s, "disk: a sync fails");
    }
    if (!is_ours)
        return fails ? EIO : 0;
    // The size goes with the sectors; what a failed sync brought there is unknown, and clean for ever.
    if (!fails || sim_chance(s, 50))
        set_size(&d->platter, d->cache.len);
    size_t size = d->platter.len;
    for (size_t i = 0; i < sector_count(d->cache.len); i++) {
        if (is_dirty(d, i) && (!fails || sim_chance(s, 50)))
            land(d, i);
        mark(d, i, false);
    }
    set_size(&d->platter, size);
    if (fails)
        return EIO;
    sim_oracle_synced(s->oracle, toc_buf_text(&d->cache), d->cache.len, toc_buf_text(&d->platter),
                      d->platter.len);
    return 0;
}

static int on_cut(void *context, int fd, int64_t size)
{
    sim_disk *d = context;
    if (!sim_engine_step(d->s->engine, true)) {
        if (sim_chance(d->s, 50) && ftruncate(fd, (off_t)size) == 0)
            set_size(&d->cache, (size_t)size);
        return EIO;
    }
    if (d->fail_sync > 0 && --d->fail_sync == 0) {
        d->has_failed = true;
        d->s->tries[SIM_SYNCS]++;
        return EIO;
    }
    if (ftruncate(fd, (off_t)size) != 0)
        return errno;
    set_size(&d->cache, (size_t)size);
    set_size(&d->platter, d->platter.len < d->cache.len ? d->platter.len : d->cache.len);
    for (size_t i = 0; i < sector_count(d->cache.len); i++)
        if (is_dirty(d, i)) {
            land(d, i);
            mark(d, i, false);
        }
    return 0;
}

// ---- what it is made of --------------------------------------------------------------------------

static bool is_journal(const sim_disk *d, int fd)
{
    struct stat own, journal;
    return fstat(fd, &own) == 0 && stat(d->path, &journal) == 0 && own.st_ino == journal.st_ino &&
           S_ISREG(own.st_mode);
}

static void write_part(sim_disk *d, int fd, const char *data, size_t len)
{
    off_t at = lseek(fd, 0, SEEK_CUR);
    if (len == 0)
        return;
    if (at < 0 || write(fd, data, len) != (ssize_t)len)
        sim_break(d->s, "the folder %s cannot be written", d->s->folder);
    else if (is_journal(d, fd))
        keep(d, (size_t)at, data, len);
}

static void keep(sim_disk *d, size_t at, const char *data, size_t len)
{
    if (at + len > d->cache.len)
        set_size(&d->cache, at + len);
    memcpy(d->cache.data + at, data, len);
    for (size_t i = at / SECTOR; i <= (at + len - 1) / SECTOR; i++)
        mark(d, i, true);
}

// A sector gets to the platter.
static void land(sim_disk *d, size_t sector)
{
    size_t from = sector * SECTOR;
    size_t to = from + SECTOR < d->cache.len ? from + SECTOR : d->cache.len;
    if (to <= from)
        return;
    if (to > d->platter.len)
        set_size(&d->platter, to);
    memcpy(d->platter.data + from, d->cache.data + from, to - from);
}

static void set_size(toc_buf *b, size_t size)
{
    while (b->len < size)
        toc_buf_char(b, '\0');
    if (b->len > size) {
        b->len = size;
        b->data[size] = '\0';
    }
}

static void mark(sim_disk *d, size_t sector, bool dirty)
{
    while (sector >= d->sectors) {
        d->dirty = toc_realloc(d->dirty, (d->sectors + 64) * sizeof *d->dirty);
        memset(d->dirty + d->sectors, 0, 64 * sizeof *d->dirty);
        d->sectors += 64;
    }
    d->dirty[sector] = dirty;
}

static bool is_dirty(const sim_disk *d, size_t sector)
{
    return sector < d->sectors && d->dirty[sector];
}

static size_t sector_count(size_t bytes)
{
    return (bytes + SECTOR - 1) / SECTOR;
}
