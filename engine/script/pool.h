// SPDX-License-Identifier: MIT
#ifndef TOC_POOL_H
#define TOC_POOL_H

// Memory in small pieces for one Lua state, which makes and drops thousands of them between two moments
// of play. Pieces of up to 256 bytes come out of one region of fixed size and go back to lists by
// size; larger ones, and all when the region is used up, are malloc's. Under the address sanitizer all are.
//
// Thread: one pool, one thread at a time.

#include <stddef.h>

typedef struct toc_pool toc_pool;

toc_pool *toc_pool_new(void);
void toc_pool_free(toc_pool *p); // with all pieces of its region; those of malloc must be back

// toc_pool_alloc gives size bytes, or NULL; toc_pool_resize moves a piece of old_size bytes, and leaves it as
// it was if it gives NULL; toc_pool_drop takes it back. Sizes are never 0.
void *toc_pool_alloc(toc_pool *p, size_t size);
void *toc_pool_resize(toc_pool *p, void *piece, size_t old_size, size_t size);
void toc_pool_drop(toc_pool *p, void *piece, size_t size);

#endif
