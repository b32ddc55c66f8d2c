// SPDX-License-Identifier: MIT
#ifndef TOC_FUZZ_H
#define TOC_FUZZ_H

// Each fuzz target is one function over bytes, and an assertion that must hold whatever they are.
// Built by the fuzz preset (clang's libFuzzer).

#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
