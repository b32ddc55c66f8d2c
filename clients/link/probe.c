// SPDX-License-Identifier: MIT
#include "probe.h"

#include <nng/nng.h>
#include <nng/supplemental/tls/tls.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tls_ticket.h"

enum { PATIENCE_MS = 4000 };

typedef struct {
    uv_work_t work;
    char *address;
    nng_tls_config *config;
    toc_probe_cb on_result;
    void *context;
    int rv;
} probe;

static void run(uv_work_t *work);
static int shake_hands(nng_stream_dialer *dialer, nng_aio *aio);
static void on_done(uv_work_t *work, int status);

toc_err toc_tls_ticket(nng_tls_config **out, const toc_ticket *t, toc_error *e)
{
    nng_tls_config *config;
    if (nng_tls_config_alloc(&config, NNG_TLS_MODE_CLIENT) != 0)
        return toc_fail(e, TOC_ENET, "TLS does not start");
    const char *what = NULL;
    if (nng_tls_config_ca_chain(config, t->ca, NULL) != 0)
        what = "ca";
    else if (nng_tls_config_own_cert(config, t->certificate, t->key, NULL) != 0)
        what = "certificate and key";
    else if (nng_tls_config_auth_mode(config, NNG_TLS_AUTH_MODE_REQUIRED) != 0 ||
             nng_tls_config_server_name(config, "tocsin") != 0)
        what = "TLS";
    if (what) {
        nng_tls_config_free(config);
        return toc_fail(e, TOC_EFORMAT, "the ticket's %s cannot be used; copy the whole file again",
                        what);
    }
    *out = config;
    return TOC_OK;
}

toc_err toc_probe_run(uv_loop_t *loop, const toc_ticket *t, const char *address,
                      toc_probe_cb on_result, void *context, toc_error *e)
{
    probe *p = toc_alloc(sizeof *p);
    toc_err err = toc_tls_ticket(&p->config, t, e);
    if (err) {
        free(p);
        return err;
    }
    p->address = toc_strdup(address);
    p->on_result = on_result;
    p->context = context;
    p->work.data = p;
    uv_queue_work(loop, &p->work, run, on_done);
    return TOC_OK;
}

// On a thread of the pool.
static void run(uv_work_t *work)
{
    probe *p = work->data;
    nng_stream_dialer *dialer = NULL;
    nng_aio *aio = NULL;
    p->rv = nng_stream_dialer_alloc(&dialer, p->address);
    if (!p->rv)
        p->rv = nng_stream_dialer_set_ptr(dialer, NNG_OPT_TLS_CONFIG, p->config);
    if (!p->rv)
        p->rv = nng_aio_alloc(&aio, NULL, NULL);
    if (!p->rv) {
        nng_aio_set_timeout(aio, PATIENCE_MS);
        p->rv = shake_hands(dialer, aio);
    }
    nng_aio_free(aio);
    if (dialer) {
        nng_stream_dialer_close(dialer);
        nng_stream_dialer_free(dialer);
    }
    nng_tls_config_free(p->config);
}

// In TLS 1.3 our side is done before the engine has judged us: its verdict is in the first bytes it
// sends, the header every nng peer begins with, or an end of the connection.
static int shake_hands(nng_stream_dialer *dialer, nng_aio *aio)
{
    nng_stream_dialer_dial(dialer, aio);
    nng_aio_wait(aio);
    int rv = nng_aio_result(aio);
    if (rv)
        return rv;
    nng_stream *stream = nng_aio_get_output(aio, 0);
    char first;
    nng_iov iov = {.iov_buf = &first, .iov_len = 1};
    nng_aio_set_iov(aio, 1, &iov);
    nng_stream_recv(stream, aio);
    nng_aio_wait(aio);
    rv = nng_aio_result(aio);
    nng_stream_close(stream);
    nng_stream_free(stream);
    return rv;
}

static void on_done(uv_work_t *work, int status)
{
    probe *p = work->data;
    toc_probe_result result = TOC_PROBE_AWAY;
    int rv = status ? NNG_ECANCELED : p->rv;
    if (rv == 0)
        result = TOC_PROBE_FINE;
    else if (rv == NNG_EPEERAUTH || rv == NNG_ECRYPTO)
        result = TOC_PROBE_REFUSED;
    p->on_result(p->context, result, nng_strerror(rv));
    free(p->address);
    free(p);
}
