// SPDX-License-Identifier: MIT
// A seat on any laptop: the terminal runs on the exercise's machine, and the laptop has only an SSH client.

#include <arpa/inet.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "check_main.h"
#include "run_harness.h"
#include "tmux.h"

enum { PATIENCE = 30, SKIPPED = 77 };

static char *folder;
static process engine, excon, sshd;
static char *run_folder;
static int port;
static const char *user;

static void must_run(const char *command)
{
    toc_buf said = {0};
    int code = process_run((const char *const[]){"sh", "-c", command, NULL}, &said, PATIENCE);
    ck_assert_msg(code == 0, "%s: %s", command, toc_buf_text(&said));
    toc_buf_fini(&said);
}

static void say(const char *line, const char *answer)
{
    size_t from = excon.said.len;
    process_write(&excon, line);
    ck_assert_msg(process_until(&excon, answer, &from, PATIENCE), "%s: %s", line,
                  toc_buf_text(&excon.said));
}

static void start_engine(void)
{
    char *scenario = source_path("scenarios/first-light");
    process_start(&engine, (const char *const[]){binary(), "run", scenario, "--run-dir", folder,
                                                 "--listen", "127.0.0.1:0", "--quiet", NULL});
    ck_assert_msg(process_until(&engine, "Each seat sits down", NULL, PATIENCE), "%s",
                  toc_buf_text(&engine.said));
    run_folder = run_folder_of(&engine);
    char *ticket = toc_sprintf("%s/tickets/excon-1.ticket", run_folder);
    process_start(&excon, (const char *const[]){binary(), "join", ticket, "--plain", NULL});
    ck_assert_msg(process_until(&excon, "you sit at excon-1", NULL, PATIENCE), "%s",
                  toc_buf_text(&excon.said));
    free(ticket);
    free(scenario);
}

// A port that is free now; sshd cannot be asked to choose one.
static int free_port(void)
{
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof at;
    ck_assert(fd >= 0 && bind(fd, (struct sockaddr *)&at, len) == 0 &&
              getsockname(fd, (struct sockaddr *)&at, &len) == 0);
    close(fd);
    return ntohs(at.sin_port);
}

// The settings of the guide (scenarios/README.md), for one seat.
static void start_sshd(void)
{
    char *command = toc_sprintf("umask 077; cd %s && ssh-keygen -q -t ed25519 -N '' -f host && "
                                "ssh-keygen -q -t ed25519 -N '' -f key && "
                                "cp key.pub authorized",
                                folder);
    must_run(command);
    free(command);
    mkdir("/run/sshd", 0755); // where it drops what it may do
    for (int attempt = 0; attempt < 5; attempt++) {
        port = free_port();
        char *conf = toc_sprintf("%s/sshd.conf", folder);
        FILE *f = fopen(conf, "w");
        fprintf(
            f,
            "Port %d\nListenAddress 127.0.0.1\nHostKey %s/host\nAuthorizedKeysFile "
            "%s/authorized\nPidFile none\n"
            "StrictModes no\nUsePAM no\nPasswordAuthentication no\nPermitRootLogin yes\n"
            "Match User %s\n"
            "    ForceCommand env LC_CTYPE=C.UTF-8 %s join --confined %s/tickets/watch-1.ticket\n"
            "    PermitTTY yes\n    DisableForwarding yes\n    PermitUserRC no\n",
            port, folder, folder, user, binary(), run_folder);
        fclose(f);
        process_start(&sshd, (const char *const[]){"/usr/sbin/sshd", "-D", "-e", "-f", conf, NULL});
        free(conf);
        if (process_until(&sshd, "Server listening", NULL, PATIENCE))
            return;
        process_free(&sshd);
    }
    ck_abort_msg("sshd does not listen");
}

static char *ssh(const char *options, const char *command)
{
    return toc_sprintf("ssh -F none -p %d -i %s/key %s -o StrictHostKeyChecking=no -o "
                       "UserKnownHostsFile=/dev/null -o "
                       "LogLevel=ERROR %s@127.0.0.1 %s",
                       port, folder, options, user, command);
}

static void setup(void)
{
    struct passwd *me = getpwuid(geteuid());
    ck_assert_ptr_nonnull(me);
    user = me->pw_name;
    folder = folder_new();
    start_engine();
    start_sshd();
}

static void teardown(void)
{
    process_free(&sshd);
    process_free(&excon);
    process_free(&engine);
    free(run_folder);
    folder_remove(folder);
}

START_TEST(a_laptop_with_an_ssh_client_is_a_seat_and_nothing_more)
{
    tmux t;
    char *command = ssh("-tt", "");
    tmux_start(&t, 80, 24, command);
    tmux_until(&t, "Who sits here?", PATIENCE);
    tmux_type(&t, "Mara Lind");
    TMUX_KEYS(&t, "Enter");
    tmux_until(&t, "Mara Lind (watch-1)", PATIENCE);
    say("start\n", "STARTEX");
    say("jump T+0:03:30\n", "T+0:03:30");
    tmux_until(&t, "(1, ", PATIENCE);
    // The decision, with its reason, by the keys that the hints name.
    TMUX_KEYS(&t, "2");
    tmux_until(&t, "D-01", PATIENCE);
    TMUX_KEYS(&t, "d");
    tmux_until(&t, "Decide D-01", PATIENCE);
    TMUX_KEYS(&t, "1", "Tab");
    tmux_type(&t, "the telephones come first");
    tmux_until(&t, "the telephones come first", PATIENCE);
    TMUX_KEYS(&t, "C-s");
    tmux_until(&t, "Send this as your team's answer?", PATIENCE);
    TMUX_KEYS(&t, "Enter");
    size_t from = 0;
    ck_assert_msg(process_until(&excon, "the telephones come first", &from, PATIENCE), "%s",
                  toc_buf_text(&excon.said));
    tmux_end(&t);
    free(command);

    // The line was cut. From another laptop the same seat goes on where it was.
    command = ssh("-tt", "");
    tmux_start(&t, 80, 24, command);
    tmux_until(&t, "Mara Lind (watch-1)", PATIENCE);
    TMUX_KEYS(&t, "2", "End");
    tmux_until(&t, "the telephones come first", PATIENCE);
    tmux_end(&t);
    free(command);
}
END_TEST

START_TEST(what_else_is_asked_of_ssh_is_the_seat_all_the_same)
{
    tmux t;
    // What is said after the seat is left is to be seen.
    char *command = ssh("-tt", "id; echo connection over; read line");
    tmux_start(&t, 80, 24, command);
    tmux_until(&t, "Who sits here?", PATIENCE);
    TMUX_KEYS(&t, "Escape");
    tmux_until_gone(&t, "Who sits here?", PATIENCE);

    // An editor could start a shell: a confined seat has none, and no file of the machine is read.
    TMUX_KEYS(&t, "h");
    tmux_until(&t, "Hand in", PATIENCE);
    tmux_type(&t, "@/etc/passwd");
    tmux_until(&t, "@/etc/passwd", PATIENCE);
    TMUX_KEYS(&t, "C-s");
    tmux_until(&t, "it reads no files", PATIENCE);
    TMUX_KEYS(&t, "C-e");
    tmux_until(&t, "it has no editor", PATIENCE);

    // Ctrl-Z stops nothing: the seat answers, and leaving it ends the connection.
    TMUX_KEYS(&t, "C-z", "Escape", "Escape");
    tmux_until_gone(&t, "Hand in", PATIENCE);
    TMUX_KEYS(&t, "q");
    tmux_until(&t, "connection over", PATIENCE);
    ck_assert_ptr_nonnull(strstr(tmux_look(&t, false), "Connect again to come back"));
    ck_assert_ptr_null(strstr(tmux_look(&t, false), "uid="));
    tmux_end(&t);
    free(command);
}
END_TEST

static void add_tests(TCase *tcase)
{
    // An sshd of somebody else than root cannot make a session for everybody, and not for an account whose password is locked.
    if (geteuid() != 0) {
        puts("not run: only root can start an sshd that lets people in");
        exit(SKIPPED);
    }
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, a_laptop_with_an_ssh_client_is_a_seat_and_nothing_more);
    tcase_add_test(tcase, what_else_is_asked_of_ssh_is_the_seat_all_the_same);
}

TOC_CHECK_MAIN("ssh", add_tests)
