// SPDX-License-Identifier: MIT
#ifndef TOC_DESCRIBE_H
#define TOC_DESCRIBE_H

// The scenario language told to others than the engine: each appends a text that is made from the tables
// of the language and from nothing else, so it is the same in every process. test_describe compares
// them with the files of scripts/ that hold them.

#include "base/buf.h"

void toc_describe_meta(toc_buf *out);      // scripts/tocsin.meta.lua, for editors with LuaLS
void toc_describe_luacheck(toc_buf *out);  // scripts/luacheckrc, for luacheck
void toc_describe_reference(toc_buf *out); // the last chapter of scripts/README.md

// Between these lines stands what toc_describe_reference appended.
#define TOC_REFERENCE_BEGIN                                                                        \
    "<!-- reference: made from the tables in engine/script; edit those -->\n"
#define TOC_REFERENCE_END "<!-- end of the reference -->\n"

#endif
