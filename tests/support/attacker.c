// SPDX-License-Identifier: MIT
#include "attacker.h"

#include <arpa/inet.h>
#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "check_main.h"
#include "crypto/certificate.h"
#include "crypto/crypto.h"

enum { PATIENCE_MS = 30000, AGAIN_MS = 3000, HEADER = 8 };

static bool wait_for(const attacker *a, short events, int64_t end);
static bool wait_tls(const attacker *a, int result, int64_t end);
static void forget(attacker *a);
static int port_of(const char *url);

int64_t attacker_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

SSL_CTX *attacker_pass(const char *certificate, const char *key, int newest)
{
    SSL_CTX *pass = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_verify(pass, SSL_VERIFY_NONE, NULL);
    SSL_CTX_set_security_level(pass, 0); // whatever is old and weak is tried too
    SSL_CTX_set_min_proto_version(pass, 0);
    SSL_CTX_set_max_proto_version(pass, newest);
    if (!certificate)
        return pass;
    BIO *cert_bio = BIO_new_mem_buf(certificate, -1), *key_bio = BIO_new_mem_buf(key, -1);
    X509 *x = PEM_read_bio_X509(cert_bio, NULL, NULL, NULL);
    EVP_PKEY *k = PEM_read_bio_PrivateKey(key_bio, NULL, NULL, NULL);
    ck_assert(x && k && SSL_CTX_use_certificate(pass, x) == 1 &&
              SSL_CTX_use_PrivateKey(pass, k) == 1);
    X509_free(x);
    EVP_PKEY_free(k);
    BIO_free(cert_bio);
    BIO_free(key_bio);
    return pass;
}

bool attacker_reach(attacker *a, int port)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    *a = ATTACKER_NONE;
    a->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (a->fd < 0 || connect(a->fd, (struct sockaddr *)&to, sizeof to) != 0) {
        forget(a);
        return false;
    }
    setsockopt(a->fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
    fcntl(a->fd, F_SETFL, O_NONBLOCK);
    return true;
}

bool attacker_enter(attacker *a, SSL_CTX *pass, int ms)
{
    int64_t end = attacker_now() + ms;
    ERR_clear_error();
    a->ssl = SSL_new(pass);
    SSL_set_fd(a->ssl, a->fd);
    SSL_set_mode(a->ssl, SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    int result;
    while ((result = SSL_connect(a->ssl)) != 1)
        if (!wait_tls(a, result, end)) {
            a->is_ended = true;
            return false;
        }
    return true;
}

bool attacker_say(attacker *a, const void *bytes, size_t len, int ms)
{
    const char *at = bytes;
    int64_t end = attacker_now() + ms;
    while (len > 0 && !a->is_ended) {
        size_t n = 0;
        if (a->ssl) {
            ERR_clear_error();
            int result = SSL_write_ex(a->ssl, at, len, &n);
            if (result != 1 && !wait_tls(a, result, end))
                return false;
        } else {
            ssize_t sent = send(a->fd, at, len, MSG_NOSIGNAL);
            n = sent > 0 ? (size_t)sent : 0;
            a->is_ended = sent < 0 && errno != EAGAIN && errno != EINTR;
            if (sent < 0 && !wait_for(a, POLLOUT, end))
                return false;
        }
        at += n;
        len -= n;
    }
    return len == 0;
}

bool attacker_hear(attacker *a, size_t want, int ms)
{
    char chunk[16384];
    int64_t end = attacker_now() + ms;
    while (a->heard.len < want && !a->is_ended) {
        size_t n = 0;
        bool goes_on;
        if (a->ssl) {
            ERR_clear_error();
            int result = SSL_read_ex(a->ssl, chunk, sizeof chunk, &n);
            int why = result == 1 ? SSL_ERROR_NONE : SSL_get_error(a->ssl, result);
            a->is_ended =
                why != SSL_ERROR_NONE && why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE;
            goes_on = result == 1 || (!a->is_ended && wait_tls(a, result, end));
        } else {
            ssize_t got = recv(a->fd, chunk, sizeof chunk, 0);
            n = got > 0 ? (size_t)got : 0;
            a->is_ended = got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR);
            goes_on = got > 0 || (got < 0 && wait_for(a, POLLIN, end));
        }
        if (n > 0)
            toc_buf_add(&a->heard, chunk, n);
        if (!goes_on)
            break;
    }
    return a->heard.len >= want;
}

int attacker_ended(attacker *all, int count, int ms)
{
    int ended = 0;
    for (int turn = 0; turn < 2 && ended < count; turn++) {
        int64_t end = attacker_now() + ms;
        ended = 0;
        for (int i = 0; i < count && turn > 0; i++)
            if (!all[i].is_ended && !all[i].ssl)
                attacker_say(&all[i], "", 1, 0);
        for (int i = 0; i < count; i++) {
            int64_t left = end - attacker_now();
            attacker_hear(&all[i], SIZE_MAX, left > 0 ? (int)left : 0);
            ended += all[i].is_ended;
        }
    }
    return ended;
}

void attacker_leave(attacker *a)
{
    if (a->ssl && !a->is_ended && SSL_is_init_finished(a->ssl))
        SSL_shutdown(a->ssl);
    forget(a);
}

void attacker_reset(attacker *a)
{
    if (a->fd >= 0)
        setsockopt(a->fd, SOL_SOCKET, SO_LINGER, &(struct linger){1, 0}, sizeof(struct linger));
    forget(a);
}

void attacker_drop(attacker *a)
{
    if (a->fd >= 0)
        shutdown(a->fd, SHUT_WR);
    attacker_reset(a);
}

bool attacker_greet(attacker *a, int protocol, int ms)
{
    const char header[HEADER] = {0, 'S', 'P', 0, 0, (char)protocol, 0, 0};
    if (!attacker_say(a, header, HEADER, ms) || !attacker_hear(a, HEADER, ms))
        return false;
    a->taken = HEADER;
    return memcmp(a->heard.data, "\0SP\0", 4) == 0;
}

void attacker_frame(toc_buf *out, uint32_t number, const char *body, size_t len)
{
    uint64_t size = len + (number ? 4 : 0);
    for (int shift = 56; shift >= 0; shift -= 8)
        toc_buf_char(out, (char)(size >> shift));
    for (int shift = 24; number && shift >= 0; shift -= 8)
        toc_buf_char(out, (char)((number | 0x80000000u) >> shift));
    toc_buf_add(out, body, len);
}

bool attacker_message(attacker *a, toc_buf *out, int ms)
{
    int64_t end = attacker_now() + ms;
    if (!attacker_hear(a, a->taken + HEADER, ms))
        return false;
    uint64_t size = 0;
    for (size_t i = 0; i < HEADER; i++)
        size = size << 8 | (uint8_t)a->heard.data[a->taken + i];
    int64_t left = end - attacker_now();
    if (size > 1 << 24 ||
        !attacker_hear(a, a->taken + HEADER + (size_t)size, left > 0 ? (int)left : 0))
        return false;
    toc_buf_clear(out);
    toc_buf_add(out, a->heard.data + a->taken + HEADER, (size_t)size);
    a->taken += HEADER + (size_t)size;
    return true;
}

bool attacker_ask(attacker *a, const char *bytes, size_t len, toc_buf *reply, int ms)
{
    bool is_answered = false;
    const int64_t end = attacker_now() + ms;
    while (!is_answered && !a->is_ended && attacker_now() < end) {
        toc_buf frame = {0};
        attacker_frame(&frame, ++a->number, bytes, len);
        const size_t at = frame.len - len - 4;
        int64_t again = attacker_now() + AGAIN_MS < end ? attacker_now() + AGAIN_MS : end, left;
        bool is_said = attacker_say(a, frame.data, frame.len, (int)(end - attacker_now()));
        while (is_said && !is_answered && (left = again - attacker_now()) > 0 &&
               attacker_message(a, reply, (int)left))
            is_answered = reply->len >= 4 && memcmp(reply->data, frame.data + at, 4) == 0;
        toc_buf_fini(&frame);
    }
    return is_answered;
}

void attacker_hello(toc_buf *out)
{
    char chunk[4096];
    size_t n;
    SSL_CTX *pass = attacker_pass(NULL, NULL, 0);
    SSL *ssl = SSL_new(pass);
    BIO *to = BIO_new(BIO_s_mem());
    SSL_set_bio(ssl, BIO_new(BIO_s_mem()), to);
    SSL_set_connect_state(ssl);
    SSL_do_handshake(ssl); // it wants an answer; what it said so far is what is wanted
    while (BIO_read_ex(to, chunk, sizeof chunk, &n) == 1)
        toc_buf_add(out, chunk, n);
    SSL_free(ssl);
    SSL_CTX_free(pass);
}

void attacker_expired(const char *ca, const char *ca_key, const char *seat, toc_buf *certificate,
                      toc_buf *key)
{
    toc_error e = {0};
    char serial[33], *pem = NULL;
    toc_buf valid = {0};
    TOC_OK_OR_FAIL(toc_client_cert_new(ca, ca_key, seat, &valid, key, serial, &e), e);
    BIO *bio = BIO_new_mem_buf(valid.data, -1), *key_bio = BIO_new_mem_buf(ca_key, -1);
    BIO *out = BIO_new(BIO_s_mem());
    X509 *x = PEM_read_bio_X509(bio, NULL, NULL, NULL);
    EVP_PKEY *signer = PEM_read_bio_PrivateKey(key_bio, NULL, NULL, NULL);
    ASN1_TIME *end = ASN1_TIME_new();
    ck_assert(x && signer && ASN1_TIME_set_string(end, "20010101000000Z") == 1);
    ck_assert(X509_set1_notAfter(x, end) == 1 && X509_sign(x, signer, EVP_sha256()) > 0);
    ck_assert_int_eq(PEM_write_bio_X509(out, x), 1);
    long len = BIO_get_mem_data(out, &pem);
    toc_buf_add(certificate, pem, (size_t)len);
    ASN1_TIME_free(end);
    EVP_PKEY_free(signer);
    X509_free(x);
    BIO_free(bio);
    BIO_free(key_bio);
    BIO_free(out);
    toc_buf_fini(&valid);
}

// ---- a seat by hand --------------------------------------------------------------------------------

void guest_sit(guest *g, const char *folder, const char *seat)
{
    toc_error e = {0};
    char *path = toc_sprintf("%s/tickets/%s.ticket", folder, seat);
    *g = (guest){.desk = ATTACKER_NONE, .feed = ATTACKER_NONE};
    TOC_OK_OR_FAIL(toc_ticket_read(&g->ticket, path, NULL, &e), e);
    free(path);
    g->pass = attacker_pass(g->ticket.certificate, g->ticket.key, 0);
    ck_assert_msg(attacker_reach(&g->desk, port_of(g->ticket.desk)) &&
                      attacker_enter(&g->desk, g->pass, PATIENCE_MS) &&
                      attacker_greet(&g->desk, ATTACKER_REQ, PATIENCE_MS),
                  "%s does not reach the desk", seat);
    ck_assert_msg(attacker_reach(&g->feed, port_of(g->ticket.feed)) &&
                      attacker_enter(&g->feed, g->pass, PATIENCE_MS) &&
                      attacker_greet(&g->feed, ATTACKER_SUB, PATIENCE_MS),
                  "%s does not reach its feed", seat);
}

void guest_join(guest *g)
{
    uint64_t nonce;
    toc_random_bytes(&nonce, sizeof nonce);
    char *text = toc_sprintf("{\"op\":\"join\",\"token\":\"%s\",\"id\":\"%016llx-0\"}",
                             g->ticket.token, (unsigned long long)nonce);
    const char *reply = guest_send(g, text, strlen(text));
    free(text);
    const char *at = reply ? strstr(reply, "\"session\":\"") : NULL;
    ck_assert_msg(at != NULL, "%s did not join: %s", g->ticket.seat, reply ? reply : "no reply");
    at += strlen("\"session\":\"");
    snprintf(g->session, sizeof g->session, "%.*s", (int)strcspn(at, "\""), at);
    g->counter = 0;
}

const char *guest_ask(guest *g, const char *op, const char *fields)
{
    char *text = toc_sprintf("{\"op\":\"%s\",\"token\":\"%s\",\"id\":\"%s-%d\"%s}", op,
                             g->ticket.token, g->session, ++g->counter, fields);
    const char *reply = guest_send(g, text, strlen(text));
    ck_assert_msg(reply != NULL, "%s has no reply to %s", g->ticket.seat, text);
    free(text);
    return reply;
}

const char *guest_send(guest *g, const char *bytes, size_t len)
{
    if (!attacker_ask(&g->desk, bytes, len, &g->reply, PATIENCE_MS))
        return NULL;
    memmove(g->reply.data, g->reply.data + 4, g->reply.len - 3); // the number; with the NUL
    g->reply.len -= 4;
    toc_buf_add(&g->all, g->reply.data, g->reply.len);
    toc_buf_char(&g->all, '\n');
    return g->reply.data;
}

void guest_listen(guest *g, int ms)
{
    guest_hear(g, "no line of a feed has this in it", ms);
}

bool guest_hear(guest *g, const char *text, int ms)
{
    int64_t end = attacker_now() + ms;
    toc_buf message = {0};
    bool is_heard = false;
    while (!is_heard) {
        int64_t left = end - attacker_now();
        if (left < 0 || !attacker_message(&g->feed, &message, (int)left))
            break;
        toc_buf_add(&g->all, message.data, message.len);
        toc_buf_char(&g->all, '\n');
        is_heard = strstr(toc_buf_text(&message), text) != NULL;
    }
    toc_buf_fini(&message);
    return is_heard;
}

void guest_leave(guest *g)
{
    attacker_leave(&g->desk);
    attacker_leave(&g->feed);
    SSL_CTX_free(g->pass);
    toc_ticket_fini(&g->ticket);
    toc_buf_fini(&g->reply);
    toc_buf_fini(&g->all);
}

// ---- waiting ---------------------------------------------------------------------------------------

static bool wait_for(const attacker *a, short events, int64_t end)
{
    int64_t left = end - attacker_now();
    return left > 0 && poll(&(struct pollfd){.fd = a->fd, .events = events}, 1, (int)left) == 1;
}

static bool wait_tls(const attacker *a, int result, int64_t end)
{
    int why = SSL_get_error(a->ssl, result);
    if (why == SSL_ERROR_WANT_READ)
        return wait_for(a, POLLIN, end);
    return why == SSL_ERROR_WANT_WRITE && wait_for(a, POLLOUT, end);
}

static void forget(attacker *a)
{
    SSL_free(a->ssl);
    if (a->fd >= 0)
        close(a->fd);
    toc_buf_fini(&a->heard);
    *a = ATTACKER_NONE;
}

static int port_of(const char *url)
{
    const char *colon = strrchr(url, ':');
    return colon ? atoi(colon + 1) : 0;
}
