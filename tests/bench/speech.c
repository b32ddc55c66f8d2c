// SPDX-License-Identifier: MIT
#include "speech.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    SP_GREETING = 8,
    SP_LENGTH = 8,
    SP_ID = 4, // what REQ puts before a request and REP before its answer
    MESSAGE_MAX = 1 << 24,
    WS_FINAL = 0x80,
    WS_TEXT = 1,
    WS_BINARY = 2,
    WS_CLOSE = 8,
    WS_PING = 9,
    WS_PONG = 10,
    WS_MASKED = 0x80,
    WS_SHORT_MAX = 125,
};

#define NATS_SUBJECT "inject"

static toc_heard hear_sp(toc_speech speech, bool is_open, const char *bytes, size_t len);
static toc_heard hear_upgrade(const char *bytes, size_t len);
static toc_heard hear_frame(const char *bytes, size_t len);
static toc_heard hear_nats(bool is_open, const char *bytes, size_t len);
static uint64_t read_number(const char *bytes, size_t len);
static void write_number(toc_buf *out, uint64_t n, int len);
static bool begins(const char *bytes, size_t len, const char *with);

bool toc_speech_is_clear(toc_speech speech)
{
    return speech == TOC_SPEECH_NATS_SUB || speech == TOC_SPEECH_NATS_PUB;
}

bool toc_speech_is_first(toc_speech speech)
{
    return speech != TOC_SPEECH_SUB && speech != TOC_SPEECH_REQ;
}

void toc_speech_opening(toc_speech speech, toc_buf *out)
{
    switch (speech) {
    case TOC_SPEECH_SUB:
        toc_buf_add(out, "\0SP\0\0\x21\0\0", SP_GREETING);
        break;
    case TOC_SPEECH_REQ:
        toc_buf_add(out, "\0SP\0\0\x30\0\0", SP_GREETING);
        break;
    case TOC_SPEECH_WS: // the key is any sixteen bytes
        toc_buf_str(out, "GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                         "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        break;
    case TOC_SPEECH_NATS_SUB:
    case TOC_SPEECH_NATS_PUB:
        toc_buf_str(out,
                    "CONNECT {\"verbose\":false,\"pedantic\":false,\"tls_required\":true}\r\n");
        if (speech == TOC_SPEECH_NATS_SUB)
            toc_buf_str(out, "SUB " NATS_SUBJECT " 1\r\n");
        toc_buf_str(out, "PING\r\n");
        break;
    }
}

void toc_speech_pong(toc_speech speech, toc_buf *out)
{
    if (speech == TOC_SPEECH_WS)
        toc_buf_add(out, (char[]){(char)(WS_FINAL | WS_PONG), (char)WS_MASKED, 0, 0, 0, 0}, 6);
    else
        toc_buf_str(out, "PONG\r\n");
}

void toc_speech_wrap(toc_speech speech, const char *bytes, size_t len, toc_buf *out)
{
    switch (speech) {
    case TOC_SPEECH_SUB:
        write_number(out, len, SP_LENGTH);
        break;
    case TOC_SPEECH_REQ: // one request at a time: they all may have the same id
        write_number(out, len + SP_ID, SP_LENGTH);
        write_number(out, 0x80000001, SP_ID);
        break;
    case TOC_SPEECH_WS: // masked with zeros, which leaves the bytes as they are
        toc_buf_char(out, (char)(WS_FINAL | WS_TEXT));
        if (len <= WS_SHORT_MAX) {
            toc_buf_char(out, (char)(WS_MASKED | len));
        } else {
            toc_buf_char(out, (char)(WS_MASKED | (len <= UINT16_MAX ? 126 : 127)));
            write_number(out, len, len <= UINT16_MAX ? 2 : 8);
        }
        write_number(out, 0, 4);
        break;
    case TOC_SPEECH_NATS_SUB:
    case TOC_SPEECH_NATS_PUB:
        toc_buf_printf(out, "PUB " NATS_SUBJECT " %zu\r\n", len);
        break;
    }
    toc_buf_add(out, bytes, len);
    if (toc_speech_is_clear(speech))
        toc_buf_str(out, "\r\n");
}

toc_heard toc_speech_hear(toc_speech speech, bool is_open, const char *bytes, size_t len)
{
    switch (speech) {
    case TOC_SPEECH_SUB:
    case TOC_SPEECH_REQ:
        return hear_sp(speech, is_open, bytes, len);
    case TOC_SPEECH_WS:
        return is_open ? hear_frame(bytes, len) : hear_upgrade(bytes, len);
    case TOC_SPEECH_NATS_SUB:
    case TOC_SPEECH_NATS_PUB:
        return hear_nats(is_open, bytes, len);
    }
    return (toc_heard){.what = TOC_HEARD_BROKEN};
}

static toc_heard hear_sp(toc_speech speech, bool is_open, const char *bytes, size_t len)
{
    const char *greeting =
        speech == TOC_SPEECH_SUB ? "\0SP\0\0\x20\0\0" : "\0SP\0\0\x31\0\0"; // PUB's, REP's
    size_t id = speech == TOC_SPEECH_REQ ? SP_ID : 0;
    if (len < SP_LENGTH)
        return (toc_heard){.what = TOC_HEARD_PART};
    if (!is_open)
        return (toc_heard){.what = memcmp(bytes, greeting, SP_GREETING) == 0 ? TOC_HEARD_WELCOME
                                                                             : TOC_HEARD_BROKEN,
                           .used = SP_GREETING};
    uint64_t size = read_number(bytes, SP_LENGTH);
    if (size < id || size > MESSAGE_MAX)
        return (toc_heard){.what = TOC_HEARD_BROKEN};
    if (len - SP_LENGTH < size)
        return (toc_heard){.what = TOC_HEARD_PART};
    return (toc_heard){TOC_HEARD_MESSAGE, SP_LENGTH + size, bytes + SP_LENGTH + id, size - id};
}

static toc_heard hear_upgrade(const char *bytes, size_t len)
{
    bool is_in = begins(bytes, len, "HTTP/1.1 101 ");
    for (size_t at = 0; at + 4 <= len; at++)
        if (memcmp(bytes + at, "\r\n\r\n", 4) == 0)
            return (toc_heard){.what = is_in ? TOC_HEARD_WELCOME : TOC_HEARD_BROKEN,
                               .used = at + 4};
    return (toc_heard){.what = TOC_HEARD_PART};
}

static toc_heard hear_frame(const char *bytes, size_t len)
{
    size_t head = 2;
    if (len < head)
        return (toc_heard){.what = TOC_HEARD_PART};
    unsigned first = (unsigned char)bytes[0];
    uint64_t size = (unsigned char)bytes[1];
    if (size > WS_SHORT_MAX) {
        size_t width = size == 126 ? 2 : 8;
        head += width;
        if (len < head)
            return (toc_heard){.what = TOC_HEARD_PART};
        size = read_number(bytes + 2, width);
    }
    // A server masks nothing, and cuts nothing that is as short as ours.
    if (!(first & WS_FINAL) || size > MESSAGE_MAX)
        return (toc_heard){.what = TOC_HEARD_BROKEN};
    if (len - head < size)
        return (toc_heard){.what = TOC_HEARD_PART};
    toc_heard heard = {TOC_HEARD_OTHER, head + size, bytes + head, size};
    switch (first & 15) {
    case WS_TEXT:
    case WS_BINARY:
        heard.what = TOC_HEARD_MESSAGE;
        break;
    case WS_PING:
        heard.what = TOC_HEARD_PING;
        break;
    case WS_CLOSE:
        heard.what = TOC_HEARD_BROKEN;
        break;
    }
    return heard;
}

// `MSG SUBJECT SID LENGTH` and then as many bytes; all else is a line.
static toc_heard hear_nats(bool is_open, const char *bytes, size_t len)
{
    const char *end = memchr(bytes, '\n', len);
    if (!end)
        return (toc_heard){.what = TOC_HEARD_PART};
    size_t line = (size_t)(end - bytes) + 1;
    toc_heard heard = {.what = TOC_HEARD_OTHER, .used = line};
    if (begins(bytes, line, "MSG ")) {
        const char *at = end;
        while (at[-1] != ' ')
            at--;
        size_t size = strtoul(at, NULL, 10);
        if (size > MESSAGE_MAX)
            return (toc_heard){.what = TOC_HEARD_BROKEN};
        if (len - line < size + 2)
            return (toc_heard){.what = TOC_HEARD_PART};
        return (toc_heard){TOC_HEARD_MESSAGE, line + size + 2, bytes + line, size};
    }
    if (begins(bytes, line, "-ERR"))
        heard.what = TOC_HEARD_BROKEN;
    else if (begins(bytes, line, "PING"))
        heard.what = TOC_HEARD_PING;
    else if (begins(bytes, line, "PONG") && !is_open)
        heard.what = TOC_HEARD_WELCOME; // it has read our SUB before
    return heard;
}

static uint64_t read_number(const char *bytes, size_t len)
{
    uint64_t n = 0;
    for (size_t i = 0; i < len; i++)
        n = n << 8 | (unsigned char)bytes[i];
    return n;
}

static void write_number(toc_buf *out, uint64_t n, int len)
{
    for (int i = len - 1; i >= 0; i--)
        toc_buf_char(out, (char)(n >> 8 * i));
}

static bool begins(const char *bytes, size_t len, const char *with)
{
    size_t n = strlen(with);
    return len >= n && memcmp(bytes, with, n) == 0;
}
