// SPDX-License-Identifier: GPL-3.0-or-later
#include "vburn/daemon/server.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <algorithm>
#include <cstring>
#include <thread>

#include "libcore/base/text.h"
#include "vburn/daemon/admin.h"
#include "vburn/daemon/shadow.h"

namespace vburn {

using core::Problem;
using core::Result;
using core::UniqueFd;

namespace {

Problem system_problem(const char* what, const std::string& name) {
  const int error = errno;
  return Problem{.text = core::strprintf("Cannot %s %s : %s", what, core::shell_quote(name).c_str(), std::strerror(error)),
                 .os_errno = error};
}

/// Reply::value of an admin request after which the daemon ends.
constexpr std::int64_t kStopAsked = 1;

bool receive(int fd, Request& request) {
  ssize_t n;
  do n = recv(fd, &request, sizeof request, 0);
  while (n < 0 && errno == EINTR);
  return n == static_cast<ssize_t>(sizeof request) && request.version == kProtocolVersion;
}

bool send_reply(int fd, const Reply& reply, int passed_fd = -1) {
  Reply copy = reply;
  iovec part{&copy, sizeof copy};
  alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  if (passed_fd >= 0) {
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    cmsghdr* const header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(header), &passed_fd, sizeof(int));
  }
  ssize_t n;
  do n = sendmsg(fd, &message, MSG_NOSIGNAL);
  while (n < 0 && errno == EINTR);
  return n == static_cast<ssize_t>(sizeof copy);
}

/// Only the user who started the drive, and root, may use it.
bool trusted(int fd) {
  ucred peer{};
  socklen_t length = sizeof peer;
  return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0 && (peer.uid == geteuid() || peer.uid == 0);
}

/// Shared memory of a channel. The client cannot shrink it under us.
class SharedMemory {
 public:
  SharedMemory() : fd_(memfd_create("vburn-channel", MFD_CLOEXEC | MFD_ALLOW_SEALING)) {
    if (!fd_ || ftruncate(fd_.get(), kSharedBytes) != 0 ||
        fcntl(fd_.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)
      return;
    void* const memory = mmap(nullptr, kSharedBytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd_.get(), 0);
    if (memory != MAP_FAILED) memory_ = static_cast<std::byte*>(memory);
  }
  ~SharedMemory() {
    if (memory_) munmap(memory_, kSharedBytes);
  }
  SharedMemory(const SharedMemory&) = delete;
  SharedMemory& operator=(const SharedMemory&) = delete;
  bool ok() const { return memory_ != nullptr; }
  int fd() const { return fd_.get(); }
  std::span<std::byte> bytes() const { return {memory_, kSharedBytes}; }

 private:
  UniqueFd fd_;
  std::byte* memory_ = nullptr;
};

}  // namespace

Server::Server(ServerOptions options) : options_(std::move(options)), wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}
Server::~Server() { close_down(); }

void Server::stop() {
  stopping_ = true;
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t n = ::write(wake_.get(), &one, sizeof one);
}

Result<void> Server::start() {
  if (!options_.trace.empty()) {
    auto trace = Trace::open(options_.trace);
    if (!trace) return trace.problem();
    trace_ = std::move(*trace);
  }
  for (const DriveSpec& spec : options_.drives) {
    auto drive = std::make_unique<Drive>(spec.number);
    if (!spec.disc.empty())
      if (auto loaded = drive->load(spec.disc); !loaded) return loaded;
    drive->set_timing(options_.timing);
    for (const auto& fault : spec.faults) drive->add_fault(fault);
    if (trace_) drive->set_trace(&*trace_);
    drives_.push_back(std::move(drive));
  }
  if (auto made = make_shadow_tree(options_.dir, drives_); !made) return made;
  const std::string path = options_.dir + "/" + kSocketName;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path)
    return Problem{.text = "Path of socket is too long: " + core::shell_quote(path)};
  path.copy(address.sun_path, path.size());
  listener_.reset(socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  epoll_.reset(epoll_create1(EPOLL_CLOEXEC));
  if (!listener_ || bind(listener_.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      listen(listener_.get(), 128) != 0 || !epoll_ || !wake_)
    return system_problem("listen on", path);
  for (const int fd : {listener_.get(), wake_.get(), options_.parent_pipe}) {
    epoll_event event{.events = EPOLLIN, .data = {.fd = fd}};
    if (fd >= 0 && epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event) != 0) return system_problem("watch", path);
  }
  return {};
}

void Server::run() {
  while (!stopping_) {
    epoll_event event{};
    const int n = epoll_wait(epoll_.get(), &event, 1, -1);
    if (n < 0 && errno != EINTR) break;
    if (n == 1 && event.data.fd == listener_.get()) {
      accept_one();
    } else if (n == 1 && event.data.fd == options_.parent_pipe) {
      finishing_ = true;
      epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, options_.parent_pipe, nullptr);
      drop_closed_handles();
      if (!no_handles() && options_.on_lingering) options_.on_lingering();
    }
    drop_closed_handles();
    if (finishing_ && no_handles()) break;
  }
  close_down();
}

bool Server::no_handles() {
  const std::lock_guard lock(mutex_);
  return handles_.empty();
}

void Server::accept_one() {
  const int fd = accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC);
  if (fd < 0) return;
  if (!trusted(fd)) {
    ::close(fd);
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    connections_.insert(fd);
    threads_++;
  }
  std::thread([this, fd] { serve(fd); }).detach();
}

/// Thread of a connection: finds out what it is. A handle is left to the main loop once it is open, which may close it,
/// and its number may become another connection, before this thread has done its last step. So the answer goes through
/// a descriptor of its own.
void Server::serve(int fd) {
  Request request;
  bool ours = true;
  if (receive(fd, request)) {
    if (request.op == Op::hello) {
      serve_channel(fd);
    } else if (request.op == Op::open) {
      const UniqueFd answer_fd(fcntl(fd, F_DUPFD_CLOEXEC, 0));
      Reply reply;
      if (answer_fd)
        open_handle(fd, request, reply);
      else
        reply.error = ENFILE;
      ours = reply.error != 0;
      send_reply(answer_fd ? answer_fd.get() : fd, reply);
    }
  }
  const std::lock_guard lock(mutex_);
  if (ours) {
    connections_.erase(fd);
    ::close(fd);
  }
  if (--threads_ == 0) no_threads_.notify_all();
}

void Server::serve_channel(int fd) {
  const SharedMemory memory;
  Reply welcome;
  if (!memory.ok()) welcome.error = ENOMEM;
  if (!send_reply(fd, welcome, memory.ok() ? memory.fd() : -1) || !memory.ok()) return;
  Request request;
  while (receive(fd, request)) {
    Reply reply;
    std::int64_t delay_us = 0;
    answer(request, memory.bytes(), reply, delay_us);
    if (delay_us > 0) {
      // Waits without holding the drive; a stop of the daemon shuts the connection down and so ends the wait.
      pollfd end{fd, POLLRDHUP, 0};
      const timespec wait{delay_us / 1000000, delay_us % 1000000 * 1000};
      ppoll(&end, 1, &wait, nullptr);
    }
    if (!send_reply(fd, reply)) return;
    if (request.op == Op::admin && reply.value == kStopAsked) stop();  // not before the answer is on its way
  }
}

std::shared_ptr<Handle> Server::find_handle(std::uint64_t inode) {
  const std::lock_guard lock(mutex_);
  const auto it = handles_.find(inode);
  return it == handles_.end() ? nullptr : it->second;
}

Drive* Server::find_drive(int number) {
  for (const auto& drive : drives_)
    if (drive->number() == number) return drive.get();
  return nullptr;
}

void Server::open_handle(int fd, const Request& request, Reply& reply) {
  drop_closed_handles();  // what was closed before this open must not stand in its way
  Drive* const drive = find_drive(request.drive);
  if (!drive) {
    reply.error = ENXIO;
    return;
  }
  auto handle = std::make_shared<Handle>();
  handle->inode = request.handle;
  handle->drive = request.drive;
  handle->node = request.node == Node::sg ? Node::sg : request.node == Node::scd ? Node::scd : Node::sr;
  handle->flags = request.flags;
  handle->fd = fd;
  reply.error = drive->open(*handle);
  if (reply.error != 0) return;
  const std::lock_guard lock(mutex_);
  if (handles_.contains(handle->inode)) {
    drive->close(*handle);
    reply.error = EINVAL;  // a client that lies about its inode number
    return;
  }
  epoll_event event{.events = EPOLLRDHUP, .data = {.fd = fd}};
  epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event);
  connections_.erase(fd);
  handles_[handle->inode] = handle;
}

void Server::drop_closed_handles() {
  std::vector<std::shared_ptr<Handle>> closed;
  {
    const std::lock_guard lock(mutex_);
    for (auto it = handles_.begin(); it != handles_.end();) {
      pollfd end{it->second->fd, POLLRDHUP, 0};
      if (poll(&end, 1, 0) == 1 && (end.revents & (POLLRDHUP | POLLHUP | POLLERR))) {
        closed.push_back(it->second);
        it = handles_.erase(it);
      } else {
        ++it;
      }
    }
  }
  for (const auto& handle : closed) {
    if (Drive* const drive = find_drive(handle->drive)) drive->close(*handle);
    ::close(handle->fd);
  }
}

void Server::answer(const Request& request, std::span<std::byte> shared, Reply& reply, std::int64_t& delay_us) {
  if (request.op == Op::admin) {
    const std::string text(reinterpret_cast<const char*>(shared.data()),
                           std::min<std::size_t>(request.length, shared.size()));
    bool ok = true;
    std::string result = admin_command(text, drives_, ok);
    if (result.size() > shared.size()) result.resize(shared.size());
    std::memcpy(shared.data(), result.data(), result.size());
    reply.length = static_cast<std::uint32_t>(result.size());
    reply.status = ok ? 0 : 1;
    if (text == "stop") reply.value = kStopAsked;
    return;
  }
  const auto handle = find_handle(request.handle);
  Drive* const drive = handle ? find_drive(handle->drive) : nullptr;
  if (!drive) {
    reply.error = ENODEV;
    return;
  }
  reply.drive = static_cast<std::uint8_t>(handle->drive);
  reply.node = handle->node;
  reply.flags = handle->flags;
  switch (request.op) {
    case Op::scsi: drive->scsi(*handle, request, shared, reply, delay_us); break;
    case Op::read: drive->read(*handle, request, shared, reply, delay_us); break;
    case Op::write: drive->write(*handle, request, shared, reply, delay_us); break;
    case Op::seek: drive->seek(*handle, request, reply); break;
    case Op::sync: drive->sync(*handle, reply, delay_us); break;
    case Op::ioctl: drive->ioctl(*handle, request, reply); break;
    case Op::query: break;
    default: reply.error = EINVAL;
  }
}

void Server::close_down() {
  listener_.reset();
  {
    std::unique_lock lock(mutex_);
    for (const int fd : connections_) shutdown(fd, SHUT_RDWR);
    no_threads_.wait(lock, [this] { return threads_ == 0; });
  }
  for (const auto& drive : drives_) drive->shut_down();
  drives_.clear();
  for (const auto& [inode, handle] : handles_) ::close(handle->fd);
  handles_.clear();
}

}  // namespace vburn
