/* Thousands of handsets in one thread: says when the first, the middle and the last of them had a broadcast.
   PORT raw|socketio TOKENS_FILE; commands on standard input: "open N", "arm".
   "short N" instead of "open N": the server hung up on somebody, so that there will be no more than N. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 19000, AT_ONCE = 512, OPENING = 64, TOKEN = 128, SCRATCH = 1 << 17 };
enum state { CONNECTING, SHAKING, WELCOMED, ENTERED, GONE };
typedef long long ns;

struct one {
    int fd, kept;
    enum state state;
    char told, *rest; /* a frame that has come in part */
};

static const char EVENT[] = "\"broadcast\"", HELLO[] =
    "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: campus.example\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n";
static struct one all[MOST];
static char tokens[MOST][TOKEN], scratch[SCRATCH + 1];
static ns when[MOST];
static int port, is_raw, poll_fd, wanted, begun, entered, gone, told, waiting, armed, opening;

static ns now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static int by_time(const void *a, const void *b) {
    ns x = *(const ns *)a, y = *(const ns *)b;
    return (x > y) - (x < y);
}

static void say(struct one *c, const char *words) {
    unsigned char out[700];
    int size = (int)strlen(words), head = 2;
    out[0] = 0x81;
    if (size < 126) {
        out[1] = (unsigned char)(0x80 | size);
    } else {
        out[1] = 0x80 | 126;
        out[2] = (unsigned char)(size >> 8);
        out[3] = (unsigned char)size;
        head = 4;
    }
    memset(out + head, 0, 4);
    memcpy(out + head + 4, words, (size_t)size);
    if (write(c->fd, out, (size_t)(size + head + 4)) < 0) perror("write");
}

static void report(void) {
    qsort(when, (size_t)told, sizeof *when, by_time);
    printf("told %d %lld %lld %lld %lld\n", told, when[0], when[told / 2], when[(int)(told * 0.99)], when[told - 1]);
    fflush(stdout);
    armed = 0;
}

static void opened(const char *how) {
    if (!opening) return;
    printf("%s %d\n", how, entered);
    fflush(stdout);
    opening = 0;
}

static void enter(struct one *c) {
    if (c->state == ENTERED) return;
    c->state = ENTERED;
    if (++entered == wanted) opened("open");
}

static void hear(struct one *c, char *words, int size, ns at) {
    if (is_raw || (size > 1 && words[0] == '4' && words[1] == '2')) {
        if (armed && !c->told && memmem(words, (size_t)size, EVENT, sizeof EVENT - 1)) {
            c->told = 1;
            when[told++] = at;
            if (--waiting == 0) report();
        }
    } else if (words[0] == '0') {
        char out[600];
        snprintf(out, sizeof out, "40/handset,{\"token\":\"%s\",\"last_seq\":0}", tokens[c - all]);
        say(c, out);
    } else if (words[0] == '2') {
        say(c, "3");
    } else if (size > 1 && words[0] == '4' && words[1] == '0') {
        enter(c);
    } else {
        fprintf(stderr, "unexpected: %.*s\n", size < 200 ? size : 200, words);
    }
}

static void let_go(struct one *c) {
    if (c->state == ENTERED) entered--;
    c->state = GONE;
    gone++;
    close(c->fd);
    if (gone == 1) fprintf(stderr, "%d hung up on one\n", port);
    opened("short");
    if (armed && !c->told && --waiting == 0 && told) report();
}

static void parse(struct one *c, int size, ns at) {
    char *at_byte = scratch, *end = scratch + size;
    if (c->state == SHAKING) {
        char *over = memmem(scratch, (size_t)size, "\r\n\r\n", 4);
        if (over) {
            if (strncmp(scratch + 9, "101", 3)) {
                fprintf(stderr, "%.80s\n", scratch);
                let_go(c);
                return;
            }
            c->state = WELCOMED;
            at_byte = over + 4;
        } else {
            at_byte = end;
        }
    }
    while (end - at_byte >= 2) {
        unsigned char *head = (unsigned char *)at_byte;
        int length = head[1] & 127, skip = 2;
        if (length == 126) {
            if (end - at_byte < 4) break;
            length = head[2] << 8 | head[3];
            skip = 4;
        } else if (length == 127) {
            fprintf(stderr, "a frame of more than 64 KiB\n");
            exit(1);
        }
        if (end - at_byte < skip + length) break;
        if ((head[0] & 15) == 8) {
            let_go(c);
            return;
        }
        hear(c, at_byte + skip, length, at);
        at_byte += skip + length;
    }
    c->kept = (int)(end - at_byte);
    free(c->rest);
    c->rest = NULL;
    if (c->kept) {
        c->rest = malloc((size_t)c->kept);
        memcpy(c->rest, at_byte, (size_t)c->kept);
    }
}

static void take(struct one *c) {
    if (c->kept) memcpy(scratch, c->rest, (size_t)c->kept);
    ssize_t came = read(c->fd, scratch + c->kept, (size_t)(SCRATCH - c->kept));
    if (came > 0)
        parse(c, c->kept + (int)came, now());
    else if (came == 0 || errno != EAGAIN)
        let_go(c);
}

static void begin(struct one *c) {
    struct sockaddr_in from = {.sin_family = AF_INET}, to = {.sin_family = AF_INET, .sin_port = htons(port)};
    int yes = 1;
    from.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1 + (unsigned)((c - all) % 8));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    setsockopt(c->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
    if (bind(c->fd, (void *)&from, sizeof from)) perror("bind");
    if (connect(c->fd, (void *)&to, sizeof to) && errno != EINPROGRESS) {
        perror("connect");
        exit(1);
    }
    struct epoll_event e = {.events = EPOLLOUT, .data.ptr = c};
    epoll_ctl(poll_fd, EPOLL_CTL_ADD, c->fd, &e);
    begun++;
}

static void connected(struct one *c) {
    struct epoll_event e = {.events = EPOLLIN, .data.ptr = c};
    epoll_ctl(poll_fd, EPOLL_CTL_MOD, c->fd, &e);
    c->state = SHAKING;
    if (is_raw)
        enter(c);
    else if (write(c->fd, HELLO, sizeof HELLO - 1) < 0)
        perror("write");
}

static int obey(void) {
    char words[64];
    ssize_t size = read(STDIN_FILENO, words, sizeof words - 1);
    if (size <= 0) return 0;
    words[size] = 0;
    if (!strncmp(words, "open ", 5)) {
        wanted = atoi(words + 5);
        opening = 1;
        if (gone) opened("short");
    } else {
        armed = 1;
        told = 0;
        waiting = entered;
        for (int k = 0; k < begun; k++) all[k].told = 0;
        puts("armed");
        fflush(stdout);
    }
    return 1;
}

int main(int count, char **words) {
    if (count < 4) return 2;
    port = atoi(words[1]);
    is_raw = !strcmp(words[2], "raw");
    FILE *file = fopen(words[3], "r");
    for (int k = 0; file && k < MOST && fgets(tokens[k], TOKEN, file); k++) tokens[k][strcspn(tokens[k], "\n")] = 0;
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    poll_fd = epoll_create1(0);
    struct epoll_event e = {.events = EPOLLIN, .data.ptr = NULL}, came[AT_ONCE];
    epoll_ctl(poll_fd, EPOLL_CTL_ADD, STDIN_FILENO, &e);
    for (;;) {
        while (begun < wanted && !gone && begun - entered < OPENING) begin(all + begun);
        int ready = epoll_wait(poll_fd, came, AT_ONCE, -1);
        for (int k = 0; k < ready; k++) {
            struct one *c = came[k].data.ptr;
            if (!c) {
                if (!obey()) return 0;
            } else if (c->state == CONNECTING) {
                connected(c);
            } else if (c->state != GONE) {
                take(c);
            }
        }
    }
}
