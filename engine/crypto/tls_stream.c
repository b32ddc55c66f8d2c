// SPDX-License-Identifier: MIT
// TLS without nng, for the seat's side: nng 1.5.2 loses errors of a connection, and with them the
// connection. The configuration is the one nng's engine uses.
#include "crypto/tls_stream.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <stdlib.h>

#include "base/mem.h"
#include "openssl.h"
#include "tls_engine.h"

enum { CHUNK = 16384 }; // the most that one TLS record says

struct toc_tls_client {
    nng_tls_engine_config config;
};

struct toc_tls_stream {
    SSL *ssl;
    BIO *from_net, *to_net; // of ssl
    bool is_through;        // the peer has shown that it is who we dialled: what it says is its own
};

static toc_err judge(toc_tls_stream *s, int result, toc_error *e);

toc_err toc_tls_client_new(toc_tls_client **out, const char *ca, const char *certificate,
                           const char *key, const char *name, toc_error *e)
{
    nng_tls_engine_config_ops *ops = toc_tls_config_ops();
    *out = NULL;
    toc_openssl_start();
    toc_tls_client *c = toc_alloc(sizeof *c);
    if (ops->init(&c->config, NNG_TLS_MODE_CLIENT) != 0)
        abort(); // out of memory
    const char *what = NULL;
    if (ops->ca_chain(&c->config, ca, NULL) != 0)
        what = "ca";
    else if (ops->own_cert(&c->config, certificate, key, NULL) != 0)
        what = "certificate and key";
    else if (ops->auth(&c->config, NNG_TLS_AUTH_MODE_REQUIRED) != 0 ||
             ops->server(&c->config, name) != 0)
        what = "TLS";
    if (what) {
        toc_tls_client_free(c);
        return toc_fail(e, TOC_EFORMAT, "the ticket's %s cannot be used; copy the whole file again",
                        what);
    }
    *out = c;
    return TOC_OK;
}

void toc_tls_client_free(toc_tls_client *c)
{
    if (!c)
        return;
    toc_tls_config_ops()->fini(&c->config);
    free(c);
}

toc_tls_stream *toc_tls_stream_new(const toc_tls_client *c)
{
    toc_tls_stream *s = toc_alloc(sizeof *s);
    s->ssl = SSL_new(c->config.ctx);
    s->from_net = BIO_new(BIO_s_mem());
    s->to_net = BIO_new(BIO_s_mem());
    if (!s->ssl || !s->from_net || !s->to_net ||
        (c->config.sni && SSL_set_tlsext_host_name(s->ssl, c->config.sni) != 1))
        abort(); // out of memory
    // An empty buffer is a reason to wait, not the end.
    BIO_set_mem_eof_return(s->from_net, -1);
    BIO_set_mem_eof_return(s->to_net, -1);
    SSL_set_bio(s->ssl, s->from_net, s->to_net);
    SSL_set_connect_state(s->ssl);
    return s;
}

void toc_tls_stream_free(toc_tls_stream *s)
{
    if (!s)
        return;
    SSL_free(s->ssl); // and its BIOs
    free(s);
}

toc_err toc_tls_stream_feed(toc_tls_stream *s, const void *bytes, size_t len, toc_buf *plain,
                            toc_error *e)
{
    char chunk[CHUNK];
    size_t n;
    ERR_clear_error();
    if (len > 0 && BIO_write_ex(s->from_net, bytes, len, &n) != 1)
        abort(); // out of memory
    int result;
    while ((result = SSL_read_ex(s->ssl, chunk, sizeof chunk, &n)) == 1)
        toc_buf_add(plain, chunk, n);
    toc_err err = judge(s, result, e);
    s->is_through = !err && SSL_is_init_finished(s->ssl);
    return err;
}

toc_err toc_tls_stream_say(toc_tls_stream *s, const void *bytes, size_t len, toc_error *e)
{
    const char *at = bytes;
    size_t n = 0;
    ERR_clear_error();
    for (; len > 0; at += n, len -= n) {
        int result = SSL_write_ex(s->ssl, at, len, &n);
        if (result != 1) {
            toc_err err = judge(s, result, e);
            return err ? err : toc_fail(e, TOC_ENET, "the connection is not ready");
        }
    }
    return TOC_OK;
}

void toc_tls_stream_take(toc_tls_stream *s, toc_buf *out)
{
    char chunk[CHUNK];
    size_t n;
    while (BIO_read_ex(s->to_net, chunk, sizeof chunk, &n) == 1)
        toc_buf_add(out, chunk, n);
}

// TOC_OK: it wants more from the network. Before the handshake is through, an alert is in clear, and
// anybody's: only a refusal after it is the engine's.
static toc_err judge(toc_tls_stream *s, int result, toc_error *e)
{
    int why = SSL_get_error(s->ssl, result);
    if (why == SSL_ERROR_WANT_READ) {
        ERR_clear_error();
        return TOC_OK;
    }
    bool is_refused = why == SSL_ERROR_SSL && toc_tls_why_refused() == NNG_EPEERAUTH;
    ERR_clear_error();
    if (is_refused && s->is_through)
        return toc_fail(e, TOC_EREFUSED, "our certificate was not accepted");
    if (is_refused)
        return toc_fail(e, TOC_EFORMAT, "what answers there has not this run's certificate");
    if (why == SSL_ERROR_SSL)
        return toc_fail(e, TOC_ENET, "what answers there is no engine");
    return toc_fail(e, TOC_ENET, "it closed the connection");
}
