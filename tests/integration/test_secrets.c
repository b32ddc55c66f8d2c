// SPDX-License-Identifier: MIT
// Tokens and keys: nowhere but in tickets/ and keys/, and those for their owner only. What a run and everything that reads it
// prints and writes is searched for each secret there was; an engine whose folder others may read does not start.

#include "check_main.h"
#include "run_harness.h"
#include "tally.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/files.h"
#include "base/mem.h"
#include "record/ticket.h"

enum { ANSWER_S = 60, LINE_MIN = 24, FILE_MAX = 1 << 26 };

static char *runs, *folder;
static process engine, excon, north;
static toc_error e;

typedef struct {
    char **at;
    size_t count, capacity;
} secrets;

static secrets known;
static toc_buf said; // by everything that was run, and /proc
static unsigned long long searched, found, files, open_files;

// ---- what is secret --------------------------------------------------------------------------------

static void keep(const char *text, size_t len)
{
    TOC_GROW(known.at, known.count, known.capacity);
    known.at[known.count++] = toc_strndup(text, len);
}

// Every line of a key in PEM but the first and the last; as JSON has it, too.
static void keep_key(const char *pem)
{
    ck_assert_ptr_nonnull(strstr(pem, "PRIVATE KEY"));
    for (const char *line = pem; *line; line += strspn(line, "\n")) {
        size_t len = strcspn(line, "\n");
        if (len >= LINE_MIN && line[0] != '-')
            keep(line, len);
        line += len;
    }
}

static void slurp(toc_buf *out, const char *path)
{
    toc_buf_clear(out);
    TOC_OK_OR_FAIL(toc_file_slurp(out, path, FILE_MAX, &e), e);
}

static void keep_ticket(const char *seat)
{
    toc_ticket t = {0};
    char *path = toc_sprintf("%s/tickets/%s.ticket", folder, seat);
    TOC_OK_OR_FAIL(toc_ticket_read(&t, path, NULL, &e), e);
    keep(t.token, strlen(t.token));
    keep_key(t.key);
    toc_ticket_fini(&t);
    free(path);
}

static void keep_everything(void)
{
    static const char *const seats[] = {"excon-1", "north-1", "north-2",
                                        "south-1", "west-1",  "board-1"};
    static const char *const keys[] = {
        "seal.key",           "server.key",        "audience-control.key", "audience-north.key",
        "audience-south.key", "audience-west.key", "audience-board.key"};
    toc_buf pem = {0};
    for (size_t i = 0; i < TOC_COUNT(seats); i++)
        keep_ticket(seats[i]);
    for (size_t i = 0; i < TOC_COUNT(keys); i++) {
        char *path = toc_sprintf("%s/keys/%s", folder, keys[i]);
        slurp(&pem, path);
        keep_key(toc_buf_text(&pem));
        free(path);
    }
    toc_buf_fini(&pem);
}

static bool holds(const char *bytes, size_t len, const char *text)
{
    size_t size = strlen(text);
    const char *at = bytes, *end = bytes + len;
    while ((size_t)(end - at) >= size &&
           (at = memchr(at, text[0], (size_t)(end - at) - size + 1))) {
        if (memcmp(at, text, size) == 0)
            return true;
        at++;
    }
    return false;
}

// How many of the secrets stand in these bytes.
static size_t count_secrets(const char *bytes, size_t len)
{
    size_t count = 0;
    for (size_t i = 0; i < known.count; i++)
        count += holds(bytes, len, known.at[i]);
    return count;
}

static void search(const char *what, const char *bytes, size_t len)
{
    size_t count = count_secrets(bytes, len);
    searched++;
    if (count > 0)
        printf("%s holds %zu secrets\n", what, count);
    found += count > 0;
}

// ---- what was made -----------------------------------------------------------------------------------

// Everything below path: for its owner only, and searched, but for where the secrets are at home.
static void walk(const char *path, bool is_home)
{
    DIR *dir = opendir(path);
    toc_buf bytes = {0};
    ck_assert_msg(dir != NULL, "%s", path);
    for (const struct dirent *entry; (entry = readdir(dir));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        char *name = toc_sprintf("%s/%s", path, entry->d_name);
        struct stat st;
        ck_assert_int_eq(lstat(name, &st), 0);
        bool is_folder = S_ISDIR(st.st_mode);
        bool is_private = (st.st_mode & 07777) == (is_folder ? 0700u : 0600u);
        if (!is_private)
            printf("%s has mode %o\n", name, (unsigned)st.st_mode & 07777);
        files++;
        open_files += !is_private;
        bool is_secret = strcmp(path, folder) == 0 && (strcmp(entry->d_name, "keys") == 0 ||
                                                       strcmp(entry->d_name, "tickets") == 0);
        if (is_folder) {
            walk(name, is_home || is_secret);
        } else if (!is_home) {
            slurp(&bytes, name);
            search(name, bytes.data ? bytes.data : "", bytes.len);
        }
        free(name);
    }
    closedir(dir);
    toc_buf_fini(&bytes);
}

// What the machine's other people can see of every process: its command line; and what its owner can, its environment.
static void see_processes(void)
{
    static const char *const shown[] = {"cmdline", "environ", "comm", "stat"};
    DIR *dir = opendir("/proc");
    toc_buf bytes = {0};
    for (const struct dirent *entry; dir && (entry = readdir(dir));)
        for (size_t i = 0;
             i < TOC_COUNT(shown) && entry->d_name[0] >= '1' && entry->d_name[0] <= '9'; i++) {
            char *path = toc_sprintf("/proc/%s/%s", entry->d_name, shown[i]);
            toc_buf_clear(&bytes);
            if (toc_file_slurp(&bytes, path, FILE_MAX, NULL) == TOC_OK && bytes.len > 0)
                search(path, bytes.data, bytes.len);
            free(path);
        }
    if (dir)
        closedir(dir);
    toc_buf_fini(&bytes);
}

static void hear(const char *const *argv, int code)
{
    toc_buf out = {0};
    int got = process_run(argv, &out, 120);
    ck_assert_msg(code < 0 || got == code, "%s %s gives %d: %s", argv[1], argv[2], got,
                  toc_buf_text(&out));
    ck_assert_msg(out.len > 0, "%s %s says nothing that could be searched", argv[1], argv[2]);
    toc_buf_add(&said, toc_buf_text(&out), out.len);
    toc_buf_fini(&out);
}

#define HEAR(code, ...) hear((const char *const[]){binary(), __VA_ARGS__, NULL}, code)

// ---- the run -------------------------------------------------------------------------------------------

static void set_up(void)
{
    umask(0); // what is made is private all the same
    signal(SIGPIPE, SIG_IGN);
    runs = folder_new();
}

static void tear_down(void)
{
    process_free(&excon);
    process_free(&north);
    process_free(&engine);
    folder_remove(runs);
    free(folder);
    for (size_t i = 0; i < known.count; i++)
        free(known.at[i]);
    free(known.at);
    toc_buf_fini(&said);
}

static void open_doors(void)
{
    char *scenario = source_path("tests/fixtures/relay"), *listen = own_listen(runs);
    process_start(&engine, (const char *const[]){binary(), "run", scenario, "--run-dir", runs,
                                                 "--listen", listen, "--board", "--play", "first",
                                                 "--people", "excon-1,north-1", NULL});
    ck_assert_msg(process_until(&engine, "sits down with", NULL, ANSWER_S), "%s",
                  toc_buf_text(&engine.said));
    folder = run_folder_of(&engine);
    free(scenario);
    free(listen);
}

static char *ticket_of(const char *seat)
{
    return toc_sprintf("%s/tickets/%s.ticket", folder, seat);
}

static void sit(process *p, const char *seat)
{
    char *ticket = ticket_of(seat);
    process_start(p, (const char *const[]){binary(), "join", ticket, "--plain", NULL});
    ck_assert_msg(process_until(p, "you sit at", NULL, ANSWER_S), "%.2000s", toc_buf_text(&p->said));
    free(ticket);
}

static void say(process *p, const char *line, const char *answer)
{
    size_t from = p->said.len;
    process_write(p, line);
    ck_assert_msg(process_until(p, answer, &from, ANSWER_S), "%s: %.2000s", line,
                  toc_buf_text(&p->said));
}

// A ticket that something happened to, and what join, verify and --about say of it.
static void spoil(const toc_buf *ticket, size_t len, size_t at, const char *instead)
{
    char *path = toc_sprintf("%s/spoilt", runs);
    toc_buf text = {0};
    toc_buf_add(&text, ticket->data, len);
    memcpy(text.data + at, instead, strlen(instead));
    TOC_OK_OR_FAIL(toc_file_write_private(path, text.data, text.len, &e), e);
    HEAR(-1, "join", path, "--about");
    HEAR(-1, "join", path, "--plain");
    HEAR(-1, "verify", folder, "--ticket", path, "--json");
    unlink(path);
    toc_buf_fini(&text);
    free(path);
}

static void spoil_ticket(const char *seat)
{
    toc_buf text = {0};
    char *path = ticket_of(seat);
    slurp(&text, path);
    size_t token = (size_t)(strstr(text.data, "\"token\"") - text.data);
    size_t key = (size_t)(strstr(text.data, "\"key\"") - text.data);
    // Without its last newline it would be whole, and somebody dials an engine that is gone.
    for (size_t len = 1; len < text.len - 1; len += text.len / 24)
        spoil(&text, len, 0, "{");
    spoil(&text, text.len, token + 12, "zz"); // no hex digits
    spoil(&text, text.len, token + 1, "tokes");
    spoil(&text, text.len, token + 12, "\x01");
    spoil(&text, text.len, token + 40, "\xFF");
    spoil(&text, text.len, key + 1, "kez");
    spoil(&text, text.len, key + 60, "!!!!");
    spoil(&text, text.len, key + 90, "\"");
    spoil(&text, text.len, key + 7, "xxxxxxxxxxxx");
    toc_buf_fini(&text);
    free(path);
}

static void read_it_all(void)
{
    char *ticket = ticket_of("north-1"), *other = toc_sprintf("%s/other", runs);
    char *scenario = source_path("tests/fixtures/relay");
    HEAR(0, "verify", folder);
    HEAR(0, "verify", folder, "--json");
    HEAR(0, "verify", folder, "--ticket", ticket, "--json");
    HEAR(0, "report", folder);
    HEAR(0, "report", folder, "--team", "north");
    HEAR(0, "branch", folder, "--at", "T+0:01:00", "-o", other);
    HEAR(0, "compare", folder, other);
    HEAR(0, "compare", folder, other, "--json");
    HEAR(0, "replay", folder, "--plain");
    HEAR(0, "replay", folder, "--snapshot", "80x24");
    HEAR(0, "check", scenario, "--json");
    HEAR(0, "msel", scenario);
    HEAR(0, "join", ticket, "--about");
    HEAR(1, "run", "--resume", folder); // closed: refused
    HEAR(2, "join", ticket, "--plain", "--auto", "first", "--desk", "127.0.0.1:1x");
    HEAR(3, "join", "/nonexistent.ticket");
    free(ticket);
    free(other);
    free(scenario);
}

START_TEST(no_secret_leaves_its_home)
{
    open_doors();
    keep_everything();
    sit(&excon, "excon-1");
    sit(&north, "north-1");
    say(&excon, "open-seat north-3\n", "north-3.ticket");
    keep_ticket("north-3");
    say(&excon, "start\n", "STARTEX");
    say(&north, "say south good morning\n", "sent to south");
    say(&excon, "revoke north-3 lost\n", "north-3 revoked");
    say(&excon, "reassign north-2 west because needed\n", "west-2");
    keep_ticket("west-2");
    say(&excon, "jump T+0:05:00\n", "T+0:05:00");
    see_processes();
    say(&excon, "seats\n", "north-1");
    say(&excon, "handover\n", "");
    say(&north, "log\n", "");
    say(&excon, "jump T+0:10:00\n", "ENDEX");
    process_write(&excon, "close\n");
    ck_assert_msg(process_end(&engine, ANSWER_S) >= 0, "%.2000s", toc_buf_text(&engine.said));
    process_end(&excon, ANSWER_S);
    process_end(&north, ANSWER_S);
    read_it_all();
    spoil_ticket("north-1");

    // The search finds what is there.
    toc_buf bytes = {0};
    char *ticket = ticket_of("north-1");
    slurp(&bytes, ticket);
    ck_assert_uint_ge(count_secrets(bytes.data, bytes.len), 2);
    ck_assert_uint_ge(known.count, 40);
    free(ticket);
    toc_buf_fini(&bytes);

    search("the engine's transcript", engine.said.data, engine.said.len);
    search("EXCON's terminal", excon.said.data, excon.said.len);
    search("a participant's terminal", north.said.data, north.said.len);
    search("what was printed", said.data, said.len);
    walk(runs, false);
    tally("places searched for tokens and keys", searched, found);
    tally("files and folders made under umask 0", files, open_files);
    ck_assert_uint_ge(searched, 40);
    ck_assert_uint_ge(files, 50);
    ck_assert_uint_eq(found, 0);
    ck_assert_uint_eq(open_files, 0);
}
END_TEST

// ---- who may look in -------------------------------------------------------------------------------------

// tocsin run [arguments]: it opens its doors, or ends with what it says. 0: the doors.
static int begin(const char *const *argv, toc_buf *out)
{
    process p;
    process_start(&p, argv);
    bool is_open = process_until(&p, "sits down with", NULL, ANSWER_S);
    if (is_open)
        process_kill(&p, SIGTERM);
    int code = process_end(&p, ANSWER_S);
    toc_buf_clear(out);
    toc_buf_str(out, toc_buf_text(&p.said));
    process_free(&p);
    return is_open ? 0 : code;
}

static int resume(toc_buf *out)
{
    return begin((const char *const[]){binary(), "run", "--resume", folder, "--quiet", NULL}, out);
}

START_TEST(a_run_that_others_may_read_is_not_taken_up_again)
{
    static const struct {
        const char *below;
        mode_t mode;
    } open[] = {{"", 0755},
                {"", 0750},
                {"", 0701},
                {"/keys", 0755},
                {"/keys", 0710},
                {"/keys/seal.key", 0644},
                {"/keys/audience-north.key", 0640},
                {"/keys/server.key", 0602},
                {"/tickets", 0705},
                {"/tickets/north-1.ticket", 0644}};
    toc_buf out = {0};
    unsigned long long lost = 0;
    open_doors();
    process_kill(&engine, SIGTERM);
    process_end(&engine, ANSWER_S);
    char *advice = toc_sprintf("chmod -R go= %s", folder);
    for (size_t i = 0; i < TOC_COUNT(open); i++) {
        char *path = toc_sprintf("%s%s", folder, open[i].below);
        struct stat st;
        ck_assert_int_eq(stat(path, &st), 0);
        ck_assert_int_eq(chmod(path, open[i].mode), 0);
        int code = resume(&out);
        lost += code != 3;
        ck_assert_msg(code == 3 && strstr(toc_buf_text(&out), advice), "%s %o: %d %s", path,
                      (unsigned)open[i].mode, code, toc_buf_text(&out));
        ck_assert_int_eq(process_run((const char *const[]){"sh", "-c", advice, NULL}, NULL, 10), 0);
        free(path);
    }
    tally("runs that others might read, taken up again", TOC_COUNT(open), lost);
    ck_assert_msg(resume(&out) == 0, "%s", toc_buf_text(&out)); // as it was told
    free(advice);
    toc_buf_fini(&out);
}
END_TEST

START_TEST(no_run_is_made_where_others_may_look)
{
    static const mode_t refused[] = {0755, 0770, 0704, 0702, 0777};
    char *scenario = source_path("tests/fixtures/relay"), *into = toc_sprintf("%s/into", runs);
    char *listen = own_listen(runs);
    const char *const argv[] = {binary(),   "run",  scenario,  "--run-dir", into,
                                "--listen", listen, "--quiet", NULL};
    toc_buf out = {0};
    unsigned long long lost = 0;
    ck_assert_int_eq(mkdir(into, 0700), 0);
    for (size_t i = 0; i < TOC_COUNT(refused); i++) {
        ck_assert_int_eq(chmod(into, refused[i]), 0);
        int code = begin(argv, &out);
        lost += code != 3;
        ck_assert_msg(code == 3 && strstr(toc_buf_text(&out), "chmod go= "), "%o: %d %s",
                      (unsigned)refused[i], code, toc_buf_text(&out));
        ck_assert_int_eq(rmdir(into), 0); // nothing was left in it
        ck_assert_int_eq(mkdir(into, 0700), 0);
    }
    tally("folders that others might read, for a new run", TOC_COUNT(refused), lost);
    ck_assert_int_eq(chmod(into, 0751), 0);
    ck_assert_msg(begin(argv, &out) == 0, "%s", toc_buf_text(&out));
    ck_assert_int_eq(chmod(into, 0700), 0);
    toc_buf_fini(&out);
    free(scenario);
    free(listen);
    free(into);
}
END_TEST

START_TEST(whoever_joins_with_a_ticket_that_others_may_read_is_warned)
{
    open_doors();
    char *ticket = ticket_of("north-1");
    ck_assert_int_eq(chmod(ticket, 0640), 0);
    sit(&north, "north-1");
    char *warning = toc_sprintf(
        "others on this machine may read %s and sit down in your place: chmod 600 it", ticket);
    ck_assert_msg(strstr(toc_buf_text(&north.said), warning), "%s", toc_buf_text(&north.said));
    ck_assert_int_eq(chmod(ticket, 0600), 0);
    sit(&excon, "north-1");
    ck_assert_ptr_null(strstr(toc_buf_text(&excon.said), "others on this machine"));
    free(warning);
    free(ticket);
}
END_TEST

static void add_tests(TCase *tc)
{
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, no_secret_leaves_its_home);
    tcase_add_test(tc, a_run_that_others_may_read_is_not_taken_up_again);
    tcase_add_test(tc, no_run_is_made_where_others_may_look);
    tcase_add_test(tc, whoever_joins_with_a_ticket_that_others_may_read_is_warned);
}

TOC_CHECK_MAIN("secrets", add_tests)
