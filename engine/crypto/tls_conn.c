// SPDX-License-Identifier: MIT
// The connection half of the engine: an SSL object over a BIO whose bytes nng carries. Nothing here
// blocks: NNG_EAGAIN means that nng calls again once the transport has moved. nng may ask for recv
// or send before the handshake is done. It is told by no one else who the other end is: what a server
// hands to it says so, message by message.
#include <limits.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <pthread.h>
#include <string.h>

#include "openssl.h"
#include "tls_engine.h"

enum {
    LENGTH = 8,     // bytes in which SP says how long a message is
    RECORD = 16384, // the most that one TLS record says
};

static int init_conn(nng_tls_engine_conn *conn, void *transport, nng_tls_engine_config *config);
static void fini_conn(nng_tls_engine_conn *conn);
static void close_conn(nng_tls_engine_conn *conn);
static int handshake(nng_tls_engine_conn *conn);
static int receive(nng_tls_engine_conn *conn, uint8_t *buf, size_t *len);
static int receive_marked(nng_tls_engine_conn *conn, uint8_t *buf, size_t *len);
static int read_length(nng_tls_engine_conn *conn);
static int read_some(nng_tls_engine_conn *conn, uint8_t *buf, size_t *len);
static int send_bytes(nng_tls_engine_conn *conn, const uint8_t *buf, size_t *len);
static uint64_t lacking_after(const nng_tls_engine_conn *conn, const uint8_t *buf, size_t len);
static int write_record(nng_tls_engine_conn *conn, const uint8_t *buf, size_t *len);
static bool is_verified(nng_tls_engine_conn *conn);
static int begin(nng_tls_engine_conn *conn);
static bool is_revoked(nng_tls_engine_conn *conn);
static int await_verdict(nng_tls_engine_conn *conn);
static int judge(nng_tls_engine_conn *conn, int result);
static BIO_METHOD *transport_method(void);
static void make_transport_method(void);
static int write_transport(BIO *bio, const char *data, int len);
static int read_transport(BIO *bio, char *data, int len);
static long control_transport(BIO *bio, int command, long n, void *p);

// OpenSSL wants a BIO's method to outlive every such BIO: it is made once and never freed.
static pthread_once_t method_once = PTHREAD_ONCE_INIT;
static BIO_METHOD *method;

nng_tls_engine_conn_ops *toc_tls_conn_ops(void)
{
    static nng_tls_engine_conn_ops ops = {
        .size = sizeof(nng_tls_engine_conn),
        .init = init_conn,
        .fini = fini_conn,
        .close = close_conn,
        .handshake = handshake,
        .recv = receive,
        .send = send_bytes,
        .verified = is_verified,
    };
    return &ops;
}

int toc_tls_why_refused(void)
{
    switch (ERR_GET_REASON(ERR_peek_error())) {
    case SSL_R_CERTIFICATE_VERIFY_FAILED:
    case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
    case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
    case SSL_R_TLSV1_ALERT_ACCESS_DENIED:
    case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED:
        return NNG_EPEERAUTH;
    default:
        return NNG_ECRYPTO;
    }
}

static int init_conn(nng_tls_engine_conn *conn, void *transport, nng_tls_engine_config *config)
{
    BIO_METHOD *m = transport_method();
    BIO *bio = m ? BIO_new(m) : NULL;
    conn->transport = transport;
    // The greeting, as if a length had been told before it.
    conn->unread = conn->length_read = conn->length_told = LENGTH;
    conn->ssl = SSL_new(config->ctx);
    if (!bio || !conn->ssl ||
        (config->sni && SSL_set_tlsext_host_name(conn->ssl, config->sni) != 1)) {
        BIO_free(bio);
        SSL_free(conn->ssl);
        conn->ssl = NULL;
        ERR_clear_error();
        return NNG_ENOMEM;
    }
    BIO_set_data(bio, conn);
    BIO_set_init(bio, 1);
    SSL_set_bio(conn->ssl, bio, bio);
    if (config->mode == NNG_TLS_MODE_SERVER)
        SSL_set_accept_state(conn->ssl);
    else
        SSL_set_connect_state(conn->ssl);
    return 0;
}

// nng ends connections that were never begun, too: then ssl is NULL.
static void fini_conn(nng_tls_engine_conn *conn)
{
    SSL_free(conn->ssl);
    conn->ssl = NULL;
}

// One close-notify, if the connection is well; nobody waits for the answer.
static void close_conn(nng_tls_engine_conn *conn)
{
    if (!conn->ssl || conn->failed)
        return;
    if (SSL_is_init_finished(conn->ssl) && begin(conn) == 0)
        SSL_shutdown(conn->ssl);
    ERR_clear_error();
    conn->failed = NNG_ECLOSED;
}

static int handshake(nng_tls_engine_conn *conn)
{
    int rv = begin(conn);
    if (rv != 0)
        return rv;
    int result = SSL_do_handshake(conn->ssl);
    return result == 1 ? await_verdict(conn) : judge(conn, result);
}

static int receive(nng_tls_engine_conn *conn, uint8_t *buf, size_t *len)
{
    int rv = conn->accepted ? begin(conn) : handshake(conn);
    if (rv != 0)
        return rv;
    return SSL_is_server(conn->ssl) ? receive_marked(conn, buf, len) : read_some(conn, buf, len);
}

// What a client says reaches nng as it came, but that each message is longer by the client's serial
// (crypto/tls.h). SP's framing tells where a message ends: a greeting, once; then eight bytes of length
// and the message, again and again. No call reads past the end of one of these.
static int receive_marked(nng_tls_engine_conn *conn, uint8_t *buf, size_t *len)
{
    const size_t room = *len;
    size_t n = 0;
    if (conn->unread == 0 && conn->unsaid == 0 && conn->length_told == LENGTH)
        conn->length_read = conn->length_told = 0;
    if (conn->length_read < LENGTH) {
        int rv = read_length(conn);
        if (rv != 0)
            return rv;
    }
    if (conn->length_told < LENGTH) {
        n = room < LENGTH - conn->length_told ? room : LENGTH - conn->length_told;
        memcpy(buf, conn->length + conn->length_told, n);
        conn->length_told += n;
    } else if (conn->unread > 0) {
        n = room < conn->unread ? room : (size_t)conn->unread;
        int rv = read_some(conn, buf, &n);
        if (rv != 0)
            return rv;
        conn->unread -= n;
    }
    if (conn->unread == 0 && conn->length_told == LENGTH) {
        size_t more = room - n < conn->unsaid ? room - n : conn->unsaid;
        memcpy(buf + n, conn->serial + sizeof conn->serial - conn->unsaid, more);
        conn->unsaid -= more;
        n += more;
    }
    *len = n;
    return 0;
}

// A length is changed only when all of it is there. One that cannot be made longer stays as it is: no
// limit of messages lets it pass.
static int read_length(nng_tls_engine_conn *conn)
{
    while (conn->length_read < LENGTH) {
        size_t n = LENGTH - conn->length_read;
        int rv = read_some(conn, conn->length + conn->length_read, &n);
        if (rv != 0)
            return rv;
        conn->length_read += n;
    }
    uint64_t length = 0;
    for (size_t i = 0; i < LENGTH; i++)
        length = length << 8 | conn->length[i];
    conn->unread = length;
    if (length > UINT64_MAX - sizeof conn->serial)
        return 0;
    conn->unsaid = sizeof conn->serial;
    length += sizeof conn->serial;
    for (size_t i = LENGTH; i > 0; i--, length >>= 8)
        conn->length[i - 1] = (uint8_t)length;
    return 0;
}

static int read_some(nng_tls_engine_conn *conn, uint8_t *buf, size_t *len)
{
    int result = SSL_read_ex(conn->ssl, buf, *len, len);
    return result == 1 ? 0 : judge(conn, result);
}

static int send_bytes(nng_tls_engine_conn *conn, const uint8_t *buf, size_t *len)
{
    int rv = conn->accepted ? begin(conn) : handshake(conn);
    if (rv != 0)
        return rv;
    const size_t piece = *len;
    uint64_t lacking = lacking_after(conn, buf, piece);
    if (lacking > 0 && piece <= sizeof conn->held - conn->held_len) {
        memcpy(conn->held + conn->held_len, buf, piece);
        conn->held_len += piece;
    } else {
        rv = write_record(conn, buf, len);
        if (rv != 0)
            return rv;
        lacking += piece - *len;
    }
    conn->lacking = lacking;
    conn->has_greeted = true;
    return 0;
}

// nng gives a message in pieces: eight bytes of length, four of REP's id, the body. Each would be a
// record, a packet and a reader's awakening of its own, which costs as much as the message. So a
// short piece waits for the next one, and the last piece of a message never waits. Before the first
// message SP sends a greeting, as long as a length but none.
static uint64_t lacking_after(const nng_tls_engine_conn *conn, const uint8_t *buf, size_t len)
{
    if (conn->lacking > 0)
        return conn->lacking > len ? conn->lacking - len : 0;
    uint64_t length = 0;
    if (conn->has_greeted && len == LENGTH)
        for (size_t i = 0; i < LENGTH; i++)
            length = length << 8 | buf[i];
    return length;
}

// write_record takes what is held and as much of the piece as one record has room for. After "try
// again" nng comes with the same piece, as OpenSSL wants it; its place in memory does not matter.
static int write_record(nng_tls_engine_conn *conn, const uint8_t *buf, size_t *len)
{
    const size_t held = conn->held_len;
    uint8_t record[RECORD];
    size_t n = *len;
    if (held > 0) {
        n = n < sizeof record - held ? n : sizeof record - held;
        memcpy(record, conn->held, held);
        memcpy(record + held, buf, n);
        buf = record;
        n += held;
    }
    int result = SSL_write_ex(conn->ssl, buf, n, &n);
    if (result != 1)
        return judge(conn, result);
    *len = n - held; // the shortest record that a peer can ask for, of 512 bytes, has room for held
    conn->held_len = 0;
    return 0;
}

static bool is_verified(nng_tls_engine_conn *conn)
{
    return conn->ssl && SSL_is_init_finished(conn->ssl) && SSL_get0_peer_certificate(conn->ssl) &&
           SSL_get_verify_result(conn->ssl) == X509_V_OK;
}

// begin comes before every operation. Errors left on this thread by another connection, or by
// another library, would be taken for ours.
static int begin(nng_tls_engine_conn *conn)
{
    if (!conn->ssl)
        return NNG_ECLOSED;
    conn->io_error = 0;
    ERR_clear_error();
    if (!conn->failed && conn->accepted && SSL_is_server(conn->ssl) && is_revoked(conn))
        conn->failed = NNG_EPEERAUTH;
    return conn->failed;
}

// A client may be through the handshake when its certificate is revoked, and keep nng waiting for the
// rest of the connection's beginning: closing the connections that nng tells of would miss it.
static bool is_revoked(nng_tls_engine_conn *conn)
{
    size_t count = toc_tls_revocations();
    char serial[33];
    if (conn->judged == count)
        return false;
    conn->judged = count;
    return toc_x509_serial(SSL_get0_peer_certificate(conn->ssl), serial) &&
           toc_tls_is_revoked(serial);
}

// In TLS 1.3 a client is through with its handshake before the server has seen its certificate. Were
// it to send at once, a refusal would come as a reset that overtakes the alert, or while nng has
// nothing queued on the connection: nng drops such an error, and the dialer hangs for ever.
// Both ends of an SP connection begin by sending a header, so a client waits for the server's.
static int await_verdict(nng_tls_engine_conn *conn)
{
    if (!conn->accepted && !SSL_is_server(conn->ssl) && SSL_version(conn->ssl) >= TLS1_3_VERSION) {
        char first;
        size_t n;
        int result = SSL_peek_ex(conn->ssl, &first, sizeof first, &n);
        if (result != 1)
            return judge(conn, result);
    }
    if (!conn->accepted && SSL_is_server(conn->ssl))
        toc_x509_serial_bytes(SSL_get0_peer_certificate(conn->ssl), conn->serial);
    conn->accepted = true;
    return 0;
}

// judge says what a result that is not success means to nng, and remembers what is final: OpenSSL
// must not be asked again after an error.
static int judge(nng_tls_engine_conn *conn, int result)
{
    switch (SSL_get_error(conn->ssl, result)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
        conn->failed = toc_carrier_failure(&conn->carrier);
        if (conn->failed == 0)
            return NNG_EAGAIN;
        break;
    case SSL_ERROR_ZERO_RETURN: // the peer's close-notify
        conn->failed = NNG_ECONNSHUT;
        break;
    case SSL_ERROR_SYSCALL:
        conn->failed = conn->io_error ? conn->io_error : NNG_ECONNSHUT;
        break;
    default:
        conn->failed = toc_tls_why_refused();
        break;
    }
    ERR_clear_error();
    return conn->failed;
}

static BIO_METHOD *transport_method(void)
{
    pthread_once(&method_once, make_transport_method);
    return method;
}

static void make_transport_method(void)
{
    BIO_METHOD *m = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "nng transport");
    if (m && BIO_meth_set_write(m, write_transport) == 1 &&
        BIO_meth_set_read(m, read_transport) == 1 && BIO_meth_set_ctrl(m, control_transport) == 1)
        method = m;
    else
        BIO_meth_free(m);
}

static int write_transport(BIO *bio, const char *data, int len)
{
    nng_tls_engine_conn *conn = BIO_get_data(bio);
    size_t n = (size_t)len;
    BIO_clear_retry_flags(bio);
    toc_carrier_learn(&conn->carrier);
    int rv = nng_tls_engine_send(conn->transport, (const uint8_t *)data, &n);
    toc_carrier_learn(NULL);
    if (rv == 0)
        return (int)n;
    if (rv == NNG_EAGAIN)
        BIO_set_retry_write(bio);
    else
        conn->io_error = rv;
    return -1;
}

static int read_transport(BIO *bio, char *data, int len)
{
    nng_tls_engine_conn *conn = BIO_get_data(bio);
    size_t n = (size_t)len;
    BIO_clear_retry_flags(bio);
    toc_carrier_learn(&conn->carrier);
    int rv = nng_tls_engine_recv(conn->transport, (uint8_t *)data, &n);
    toc_carrier_learn(NULL);
    if (rv == 0)
        return (int)n;
    if (rv == NNG_EAGAIN)
        BIO_set_retry_read(bio);
    else
        conn->io_error = rv;
    return -1;
}

static long control_transport(BIO *bio, int command, long n, void *p)
{
    (void)bio;
    (void)n;
    (void)p;
    return command == BIO_CTRL_FLUSH; // nng sends what it was given without being asked
}
