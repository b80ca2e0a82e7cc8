/* The floor under every broadcast: one loop of send(2) of one ready buffer. PORT FRAME_FILE; "go" on standard input. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 20000, AT_ONCE = 256 };

static int sockets[MOST], number;
static char frame[1 << 16];
static size_t length;

static void fan(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    for (int k = 0; k < number; k++)
        (void)!send(sockets[k], frame, length, MSG_DONTWAIT | MSG_NOSIGNAL);
    printf("%lld\n", now.tv_sec * 1000000000LL + now.tv_nsec);
    fflush(stdout);
}

int main(int count, char **words) {
    if (count < 3) return 2;
    FILE *file = fopen(words[2], "rb");
    if (!file) return 2;
    length = fread(frame, 1, sizeof frame, file);
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(atoi(words[1]))};
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int listener = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listener, (void *)&here, sizeof here) || listen(listener, 4096)) return 1;
    int poll = epoll_create1(0);
    struct epoll_event wanted = {.events = EPOLLIN, .data.fd = listener}, came[AT_ONCE];
    epoll_ctl(poll, EPOLL_CTL_ADD, listener, &wanted);
    wanted.data.fd = STDIN_FILENO;
    epoll_ctl(poll, EPOLL_CTL_ADD, STDIN_FILENO, &wanted);
    for (;;) {
        int ready = epoll_wait(poll, came, AT_ONCE, -1);
        for (int k = 0; k < ready; k++) {
            char words_in[64];
            if (came[k].data.fd == STDIN_FILENO) {
                if (read(STDIN_FILENO, words_in, sizeof words_in) <= 0) return 0;
                fan();
            } else {
                int one = accept4(listener, 0, 0, SOCK_NONBLOCK);
                if (one < 0) continue;
                setsockopt(one, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
                if (number < MOST) sockets[number++] = one;
            }
        }
    }
}
