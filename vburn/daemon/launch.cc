// SPDX-License-Identifier: GPL-3.0-or-later
#include "vburn/daemon/launch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstring>
#include <filesystem>

#include "libcore/base/text.h"

namespace vburn {

using core::Problem;
using core::Result;
using core::UniqueFd;

namespace {

Server* g_server = nullptr;  // for the signal handler of the daemon process only

void on_terminate(int) {
  if (g_server) g_server->stop();
}

/// Lets go of everything of the starter: terminal, directory, descriptors except those in `keep`.
void detach(const std::string& dir, const std::vector<int>& keep) {
  setsid();
  const int null = open("/dev/null", O_RDWR);
  const int log = open((dir + "/log").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  dup2(null, 0);
  dup2(null, 1);
  dup2(log >= 0 ? log : null, 2);
  unsigned low = 3;
  std::vector<int> sorted = keep;
  std::sort(sorted.begin(), sorted.end());
  for (const int fd : sorted) {
    if (static_cast<unsigned>(fd) > low) syscall(SYS_close_range, low, static_cast<unsigned>(fd) - 1, 0);
    low = static_cast<unsigned>(fd) + 1;
  }
  syscall(SYS_close_range, low, ~0u, 0);
}

[[noreturn]] void daemon_process(ServerOptions options, int control, int report) {
  const std::string dir = options.dir;
  std::vector<int> keep{report};
  if (control >= 0) keep.push_back(control);
  detach(dir, keep);
  signal(SIGPIPE, SIG_IGN);
  signal(SIGINT, SIG_IGN);
  signal(SIGHUP, SIG_IGN);
  options.parent_pipe = control;
  options.on_lingering = [report] { [[maybe_unused]] const ssize_t n = write(report, "b", 1); };
  int status = 0;
  {
    Server server(std::move(options));
    g_server = &server;
    signal(SIGTERM, on_terminate);
    auto started = server.start();
    const std::string text = started ? std::string() : started.problem().text;
    const char verdict = started ? 'k' : 'e';
    if (write(report, &verdict, 1) != 1 || !started) {
      [[maybe_unused]] const ssize_t n = write(report, text.data(), text.size());
      status = 1;
    } else {
      server.run();
    }
    signal(SIGTERM, SIG_IGN);
    g_server = nullptr;
  }
  std::error_code ignored;
  std::filesystem::remove_all(dir, ignored);
  _exit(status);
}

/// What the daemon says about its start: nothing, or its complaint.
Result<void> wait_for_start(int report) {
  std::string text;
  char buffer[4096];
  ssize_t n;
  while ((n = read(report, buffer, sizeof buffer)) != 0) {
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) break;
    text.append(buffer, static_cast<std::size_t>(n));
    if (text[0] == 'k') return {};
  }
  return Problem{.text = text.size() > 1 ? text.substr(1) : "The daemon of the virtual drive ended unexpectedly"};
}

int connect_to(const std::string& dir) {
  const std::string path = dir + "/" + kSocketName;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) return -1;
  path.copy(address.sun_path, path.size());
  const int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
  if (fd >= 0 && connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return fd;
  if (fd >= 0) close(fd);
  return -1;
}

}  // namespace

Result<Launched> launch_daemon(ServerOptions options, Life life) {
  int control[2] = {-1, -1};
  int report[2];
  if ((life == Life::with_starter && pipe2(control, O_CLOEXEC) != 0) || pipe2(report, O_CLOEXEC) != 0)
    return Problem{.text = std::string("Cannot make a pipe : ") + std::strerror(errno), .os_errno = errno};
  UniqueFd control_read(control[0]);
  UniqueFd control_write(control[1]);
  UniqueFd report_read(report[0]);
  UniqueFd report_write(report[1]);
  const std::string dir = options.dir;
  const pid_t pid = fork();
  if (pid < 0) return Problem{.text = std::string("Cannot fork : ") + std::strerror(errno), .os_errno = errno};
  if (pid == 0) {
    control_write.reset();
    report_read.reset();
    daemon_process(std::move(options), control_read.release(), report_write.release());
  }
  report_write.reset();
  if (auto started = wait_for_start(report_read.get()); !started) {
    waitpid(pid, nullptr, 0);
    std::error_code ignored;
    std::filesystem::remove_all(dir, ignored);
    return started.problem();
  }
  Launched launched;
  launched.pid = pid;
  launched.control = std::move(control_write);
  launched.report = std::move(report_read);
  return launched;
}

Result<std::string> ask_daemon(const std::string& dir, const std::string& text) {
  const Problem silent{.text = "The daemon in " + core::shell_quote(dir) + " does not answer"};
  const UniqueFd fd(connect_to(dir));
  if (!fd) return silent;
  Request request;
  Reply reply;
  if (send(fd.get(), &request, sizeof request, MSG_NOSIGNAL) != sizeof request) return silent;
  iovec part{&reply, sizeof reply};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))];
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  if (recvmsg(fd.get(), &message, MSG_CMSG_CLOEXEC) != sizeof reply) return silent;
  const cmsghdr* const header = CMSG_FIRSTHDR(&message);
  if (!header || header->cmsg_type != SCM_RIGHTS) return silent;
  int memory_fd = -1;
  std::memcpy(&memory_fd, CMSG_DATA(header), sizeof memory_fd);
  const UniqueFd memory_owner(memory_fd);
  void* const memory = mmap(nullptr, kSharedBytes, PROT_READ | PROT_WRITE, MAP_SHARED, memory_fd, 0);
  if (memory == MAP_FAILED) return silent;
  request.op = Op::admin;
  request.length = static_cast<std::uint32_t>(std::min<std::size_t>(text.size(), kSharedBytes));
  std::memcpy(memory, text.data(), request.length);
  const bool answered = send(fd.get(), &request, sizeof request, MSG_NOSIGNAL) == sizeof request &&
                        recv(fd.get(), &reply, sizeof reply, 0) == sizeof reply;
  std::string result(answered ? std::string(static_cast<const char*>(memory), reply.length) : std::string());
  munmap(memory, kSharedBytes);
  if (!answered) return silent;
  if (reply.status != 0 || reply.error != 0) return Problem{.text = result};
  return result;
}

bool daemon_lives(const std::string& dir) {
  const UniqueFd fd(connect_to(dir));
  return static_cast<bool>(fd);
}

}  // namespace vburn
