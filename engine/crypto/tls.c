// SPDX-License-Identifier: MIT
#include "crypto/tls.h"

#include <pthread.h>
#include <stdbool.h>
#include <string.h>

#include "base/mem.h"
#include "openssl.h"
#include "tls_engine.h"

// nng has one engine for the whole process and hands our callbacks nothing of ours, so this is the
// one place with state of the process: whether the engine is registered, and who is revoked.
// Serials are 128 random bits, so one set serves every audience. lock guards all of it.
static struct {
    pthread_mutex_t lock;
    bool registered;
    char (*revoked)[33];
    size_t revoked_count;
    size_t revoked_capacity;
} tls = {.lock = PTHREAD_MUTEX_INITIALIZER};

static bool find_revoked(const char *serial);
static toc_err register_engine(toc_error *e);

toc_err toc_tls_use(toc_error *e)
{
    toc_openssl_start();
    pthread_mutex_lock(&tls.lock);
    toc_err err = tls.registered ? TOC_OK : register_engine(e);
    tls.registered = err == TOC_OK;
    pthread_mutex_unlock(&tls.lock);
    return err;
}

void toc_tls_revoke(const char *serial)
{
    pthread_mutex_lock(&tls.lock);
    size_t size = strlen(serial) + 1;
    if (size <= sizeof *tls.revoked && !find_revoked(serial)) {
        TOC_GROW(tls.revoked, tls.revoked_count, tls.revoked_capacity);
        memcpy(tls.revoked[tls.revoked_count++], serial, size);
    }
    pthread_mutex_unlock(&tls.lock);
}

bool toc_tls_is_revoked(const char *serial)
{
    pthread_mutex_lock(&tls.lock);
    bool found = find_revoked(serial);
    pthread_mutex_unlock(&tls.lock);
    return found;
}

size_t toc_tls_revocations(void)
{
    pthread_mutex_lock(&tls.lock);
    size_t count = tls.revoked_count;
    pthread_mutex_unlock(&tls.lock);
    return count;
}

bool toc_tls_serial_of(const void *bytes, size_t *len, char serial[33])
{
    serial[0] = '\0';
    if (*len < TOC_TLS_SERIAL)
        return false;
    *len -= TOC_TLS_SERIAL;
    toc_serial_write(serial, (const unsigned char *)bytes + *len);
    return true;
}

static bool find_revoked(const char *serial)
{
    for (size_t i = 0; i < tls.revoked_count; i++)
        if (strcmp(tls.revoked[i], serial) == 0)
            return true;
    return false;
}

static toc_err register_engine(toc_error *e)
{
    static nng_tls_engine engine = {
        .version = NNG_TLS_ENGINE_VERSION,
        .name = "openssl",
        .description = OPENSSL_VERSION_TEXT,
    };
    engine.config_ops = toc_tls_config_ops();
    engine.conn_ops = toc_tls_conn_ops();
    // nng registers its built-in engine while it initialises itself: make that happen first, or it
    // would replace ours.
    nng_tls_config *config = NULL;
    int rv = nng_tls_config_alloc(&config, NNG_TLS_MODE_CLIENT);
    if (rv != 0 && rv != NNG_ENOTSUP) // an nng built without an engine says ENOTSUP
        return toc_fail(e, TOC_EINTERNAL, "nng did not start: %s", nng_strerror(rv));
    if (rv == 0)
        nng_tls_config_free(config);
    rv = nng_tls_engine_register(&engine);
    if (rv != 0)
        return toc_fail(e, TOC_EINTERNAL, "nng did not take OpenSSL for TLS: %s", nng_strerror(rv));
    if (!toc_carrier_watches())
        return toc_fail(e, TOC_EINTERNAL, "nng's connections cannot be watched: this program was "
                                          "not linked with nng as it must be");
    return TOC_OK;
}
